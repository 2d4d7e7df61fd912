import { firstDefined, isNa } from "./na.ts";

/** Where a recursive average starts: the bar of its first value, and that value. */
export interface Seed {
  /** The source's length where there are too few values. */
  readonly bar: number;
  readonly value: number;
}

/**
 * Mean of the first `period` defined values, with the bits of `rollingMean` there. Under `require`, na between
 * them means that there is no seed.
 */
export function meanSeed(source: Float64Array, period: number, rule: "skip" | "require"): Seed {
  let sum = 0;
  let error = 0;
  let count = 0;
  for (let i = firstDefined(source); i < source.length; i++) {
    const value = source[i];
    if (isNa(value)) {
      if (rule === "require") break;
      continue;
    }
    const next = sum + value;
    const part = next - sum;
    error += sum - (next - part) + (value - part);
    sum = next;
    if (++count === period) return { bar: i, value: (sum + error) / period };
  }
  return { bar: source.length, value: Number.NaN };
}
