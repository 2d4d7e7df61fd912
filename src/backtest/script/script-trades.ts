import type { Lot } from "./lot.ts";
import type { RunMemory } from "./run-memory.ts";
import {
  ENTRY_BAR,
  ENTRY_COMMENT,
  ENTRY_ID,
  ENTRY_PRICE,
  ENTRY_SIGNAL,
  ENTRY_STAGE,
  TradeRows,
} from "./trade-rows.ts";
import { TradeTexts } from "./trade-texts.ts";

/** Sums over the closed trades, after commission. */
export class ScriptTrades {
  readonly rows: TradeRows;
  readonly texts = new TradeTexts();
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
    this.rows = memory?.rows ?? new TradeRows();
  }

  /** A row with what a trade has of its entry, and its page; the rest is left to the caller. */
  begin(lot: Lot): Float64Array {
    const { rows, texts } = this;
    const page = rows.add();
    const { place } = rows;
    page[place + ENTRY_SIGNAL] = lot.signalBar;
    page[place + ENTRY_BAR] = lot.bar;
    page[place + ENTRY_PRICE] = lot.price;
    page[place + ENTRY_STAGE] = lot.stage;
    page[place + ENTRY_ID] = texts.entryId.numberOf(lot.id);
    page[place + ENTRY_COMMENT] = texts.entryComment.numberOf(lot.comment);
    return page;
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
