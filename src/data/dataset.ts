import type { Diagnostic } from "../diagnostics/index.ts";
import type { Bars } from "../vector/columns.ts";
import type { Interval } from "../vector/interval.ts";
import type { BarsTable } from "./arrow-table.ts";

/** `ok`, or why there is nothing to run on; faulty data is an error, not a state. */
export type DatasetState = "ok" | "empty_dataset" | "symbol_not_found";

/** One series of bars that a source holds; times in epoch ms of its first and last bar. */
export interface AvailableSeries {
  readonly exchange: string | null;
  readonly mode: string | null;
  readonly product: string | null;
  readonly symbol: string | null;
  readonly interval: string | null;
  readonly bars: number;
  readonly from: number | null;
  readonly to: number | null;
}

/**
 * Checked bars, ready to run on: times strictly increasing, prices finite, high not below low.
 * `table` and `bars` are two views of the same price columns.
 */
export interface Dataset {
  readonly state: DatasetState;
  /** Why the state is not `ok`; null when it is. */
  readonly reason: Diagnostic | null;
  readonly table: BarsTable;
  readonly bars: Bars;
  /** The path as given, or "memory". */
  readonly source: string;
  readonly exchange: string | null;
  readonly mode: string | null;
  readonly product: string | null;
  readonly symbol: string | null;
  /** The series' interval; for a file the name of its most common step, null where that has none. */
  readonly interval: Interval | null;
  /** Most common step between bars in ms; null with fewer than two bars. */
  readonly stepMs: number | null;
  /** Time of the first and last bar of the window (warm-up not counted), epoch ms; null when empty. */
  readonly from: number | null;
  readonly to: number | null;
  /** Number of bars at the front that lie before the window. */
  readonly warmup: number;
  /** The series of the source, where it holds series by name; else empty. */
  readonly available: readonly AvailableSeries[];
  readonly warnings: readonly Diagnostic[];
}
