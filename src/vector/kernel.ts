/**
 * A column kernel: fills every output (full length, na in front) from its sources. Allocates nothing per bar.
 * `params` are the numbers of the indicator's definition, in the order it declares them.
 */
export type Kernel = (
  sources: readonly Float64Array[],
  params: readonly number[],
  outputs: readonly Float64Array[],
) => void;

/** Kernels by `${indicator}` and dialect, handed to the planner so that `vector` never imports `indicators`. */
export type KernelTable = (indicator: string, dialect: Dialect) => Kernel;

/** Named conventions for seeds, averages and na (SEMANTICS §3); `tv` is TradingView's. */
export const DIALECTS = ["tv", "talib", "backtrader", "pandas", "vectorbt"] as const;
export type Dialect = (typeof DIALECTS)[number];
