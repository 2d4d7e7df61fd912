import type { Dialect } from "../ir/dialect.ts";

export { DIALECTS, type Dialect } from "../ir/dialect.ts";

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
