import type { Trades } from "./trades.ts";

/** What a run did, as columns and totals. Money is in the quote asset. */
export interface Simulation {
  /** Bar index that `equity[0]` belongs to: `settings.start`. */
  readonly start: number;
  readonly trades: Trades;
  /** Cash + signed quantity × close per bar from `start` on; a bar's own fills are in it. */
  readonly equity: Float64Array;
  /** Cash at the end. */
  readonly cash: number;
  /** Signed quantity at the end. */
  readonly position: number;
  readonly fills: number;
  /** Commission of every fill. */
  readonly commission: number;
  /** Sum of quantity × price over every fill. */
  readonly traded: number;
  /** Bars with a position at the close. */
  readonly barsInPosition: number;
  /**
   * Bars `from`, `to` (exclusive), stretch after stretch, on which a long account was wholly in the asset
   * (|cash| at most 2^-40 of the position's value) since an earlier bar: equity there has the asset's returns.
   */
  readonly invested: Int32Array;
  readonly rejections: Rejections;
  /** Absent where execution was plain. */
  readonly realism?: Realism;
  /** Orders that were placed and neither filled nor cancelled when the data ended. */
  readonly pending: readonly Order[];
}

/** An order on its way to a fill. */
export interface Order {
  /** Index into the rules of the signals. */
  readonly rule: number;
  readonly side: "buy" | "sell";
  /** Bar on whose close it was placed. */
  readonly signalBar: number;
  /** First bar on which it may fill. */
  readonly firstBar: number;
  /** na for a market order. */
  readonly limit: number;
}

/** What execution cost beside commission, in money (positive: paid), and what it cut short. */
export interface Realism {
  /** Half the spread of every market and stop fill. */
  readonly spread: number;
  /** Of market and stop fills, with what rounding to the tick added. */
  readonly slippage: number;
  readonly impact: number;
  /** Paid by longs and received by shorts where positive. */
  readonly funding: number;
  readonly borrow: number;
  /** Orders filled up to the available share of the bar's volume. */
  readonly partialFills: number;
  readonly marginCalls: number;
}

/** Why an order was refused. */
export type RejectionReason =
  /** The account could not pay for it (SEMANTICS §5.9). */
  | "cash"
  /** It was above the available share of the bar's volume. */
  | "liquidity"
  /** It was smaller than a lot. */
  | "lot"
  /** The volatility that its size follows from was not known. */
  | "volatility"
  /** Kelly's formula bets nothing. */
  | "kelly"
  /** The distance of an exit was not known. */
  | "exit";

/** Orders that were refused: how many, and the first 100. */
export interface Rejections {
  readonly count: number;
  readonly listed: readonly Rejection[];
}

export interface Rejection {
  readonly rule: number;
  readonly side: "buy" | "sell";
  readonly signalBar: number;
  /** Bar of the fill that did not happen. */
  readonly bar: number;
  readonly price: number;
  /** Of the whole order. 0 where a share of equity was asked for and no equity was left. */
  readonly quantity: number;
  /** Value plus commission of the part that would have increased the position. */
  readonly needed: number;
  readonly available: number;
  readonly reason: RejectionReason;
}
