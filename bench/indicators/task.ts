import type { Shape } from "./shapes.ts";

/** What a worker is told to run. */
export interface Task {
  readonly indicator: string;
  readonly shape: Shape;
  readonly params?: readonly number[] | undefined;
}

/** Ours into new columns, as the others' results are; that in dialect talib; and into columns used again. */
export const OURS = "swymc";
export const OURS_TALIB = "swymc, talib";
export const REUSED = "swymc, reused";
