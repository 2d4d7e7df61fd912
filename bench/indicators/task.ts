import type { Shape } from "./shapes.ts";

/** What a worker is told to run. */
export interface Task {
  readonly indicator: string;
  readonly shape: Shape;
  readonly params?: readonly number[] | undefined;
}

/**
 * Ours into new columns, as the packages' results are; into columns that are used again; and that in dialect talib, to
 * stand beside TA-Lib, whose results the C library's allocator puts into the memory of the last ones.
 */
export const OURS = "swymc";
export const OURS_TALIB = "swymc, talib";
export const REUSED = "swymc, reused";
