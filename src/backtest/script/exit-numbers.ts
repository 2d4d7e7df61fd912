/** The numbers of a call of `strategy.exit`, na where one is not given, in the order in which they stand in its array. */
export const EXIT_NUMBERS = [
  "qty",
  "qty_percent",
  "profit",
  "limit",
  "loss",
  "stop",
  "trail_price",
  "trail_points",
  "trail_offset",
] as const;

export const QTY = 0;
export const QTY_PERCENT = 1;
export const PROFIT = 2;
export const LIMIT = 3;
export const LOSS = 4;
export const STOP = 5;
export const TRAIL_PRICE = 6;
export const TRAIL_POINTS = 7;
export const TRAIL_OFFSET = 8;

/** Whether two calls give the same number at a place, as `Object.is` has it. */
export function sameNumber(a: readonly number[], b: Float64Array, at: number): boolean {
  const x = a[at];
  const y = b[at];
  return x === y ? x !== 0 || Object.is(x, y) : Number.isNaN(x) && Number.isNaN(y);
}
