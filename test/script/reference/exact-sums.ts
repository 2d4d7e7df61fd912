import { exactColumn, nearest, nearestRoot } from "../../reference/exact.ts";

const total = (xs: readonly bigint[]): bigint => xs.reduce((sum, x) => sum + x, 0n);

/** The correctly rounded sum. */
export function exactSum(window: readonly number[]): number {
  const { integers, denominator } = exactColumn(window);
  return nearest(total(integers), denominator);
}

/** The population's standard deviation, rounded once. */
export function exactDeviation(window: readonly number[]): number {
  const { integers, denominator } = exactColumn(window);
  const n = BigInt(window.length);
  const spread = n * total(integers.map((x) => x * x)) - total(integers) ** 2n;
  return nearestRoot(spread, (n * denominator) ** 2n);
}
