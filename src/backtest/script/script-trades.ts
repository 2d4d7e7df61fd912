import { TradeLog } from "../trades.ts";
import type { RunMemory } from "./run-memory.ts";
import { TradeNotes } from "./trade-notes.ts";

/** Sums over the closed trades, after commission. */
export class ScriptTrades {
  readonly log: TradeLog;
  /** Of each trade of the log. */
  readonly notes: TradeNotes;
  profit = 0;
  won = 0;
  /** Positive. */
  lost = 0;
  wins = 0;
  losses = 0;
  evens = 0;
  /** Sums of profit over what the entry cost. */
  ratios = 0;
  winningRatios = 0;
  losingRatios = 0;

  constructor(memory: RunMemory | null) {
    this.log = memory?.log ?? new TradeLog();
    this.notes = memory?.notes ?? new TradeNotes();
  }

  /** `cost`: value and commission of the entry. */
  settle(pnl: number, cost: number): void {
    const ratio = cost > 0 ? pnl / cost : 0;
    this.profit += pnl;
    this.ratios += ratio;
    if (pnl > 0) {
      this.wins++;
      this.won += pnl;
      this.winningRatios += ratio;
    } else if (pnl < 0) {
      this.losses++;
      this.lost -= pnl;
      this.losingRatios += ratio;
    } else {
      this.evens++;
    }
  }
}
