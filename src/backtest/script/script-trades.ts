import { TradeLog } from "../trades.ts";

/** Names and comments of the trades, aligned with their columns; "" for what is open or was not given. */
export interface TradeLabels {
  readonly entryId: string[];
  readonly entryComment: string[];
  readonly exitId: string[];
  readonly exitComment: string[];
}

/** Sums over the closed trades, after commission. */
export class ScriptTrades {
  readonly log = new TradeLog();
  readonly labels: TradeLabels = { entryId: [], entryComment: [], exitId: [], exitComment: [] };
  /** Where on the paths of their bars a trade was entered and left, two values each. */
  readonly stages: number[] = [];
  readonly entryCommissions: number[] = [];
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

  /** Counts what the log took in last. */
  count(entryId: string, entryComment: string, exitId: string, exitComment: string): void {
    const {
      entryId: ids,
      entryComment: comments,
      exitId: exits,
      exitComment: reasons,
    } = this.labels;
    ids.push(entryId);
    comments.push(entryComment);
    exits.push(exitId);
    reasons.push(exitComment);
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
