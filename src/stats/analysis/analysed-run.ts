import type { TradeColumns } from "../trade-stats.ts";

/** The columns of a trade list that analysis reads; bars are indices into the dataset. */
export interface AnalysedTrades extends TradeColumns {
  /** 1 long, -1 short. */
  readonly side: Int8Array;
  readonly entryBar: Int32Array;
  /** -1 while open. */
  readonly exitBar: Int32Array;
  /** na while open. */
  readonly exitPrice: Float64Array;
  /** Before costs; an open trade is marked at the last close. */
  readonly pnlGross: Float64Array;
  readonly commission: Float64Array;
}

/** A run with the bars it ran on. */
export interface AnalysedRun {
  readonly cash: number;
  /** One value per bar of the run. */
  readonly equity: Float64Array;
  /** Dataset index of `equity[0]`; the run goes to the dataset's last bar. */
  readonly firstBar: number;
  /** Columns of the whole dataset; `time` in epoch ms UTC. */
  readonly time: Float64Array;
  readonly close: Float64Array;
  readonly trades: AnalysedTrades;
  readonly barsPerYear: number;
  /** Annual fraction. */
  readonly riskFreeReturn: number;
}
