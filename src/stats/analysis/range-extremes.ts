const BRANCH = 16;

/** Lowest and highest value of any range of columns, in logarithmic time: extremes of 16, 256, … neighbours. */
export class RangeExtremes {
  private readonly lows: Float64Array[];
  private readonly highs: Float64Array[];

  constructor(low: Float64Array, high: Float64Array) {
    this.lows = pyramid(low, Math.min);
    this.highs = pyramid(high, Math.max);
  }

  /** Of bars from ≤ i < to; Infinity of none. */
  lowest(from: number, to: number): number {
    return reduce(this.lows, from, to, Math.min, Number.POSITIVE_INFINITY);
  }

  /** Of bars from ≤ i < to; -Infinity of none. */
  highest(from: number, to: number): number {
    return reduce(this.highs, from, to, Math.max, Number.NEGATIVE_INFINITY);
  }
}

type Choose = (a: number, b: number) => number;

function pyramid(values: Float64Array, choose: Choose): Float64Array[] {
  const levels = [values];
  for (let below = values; below.length > BRANCH; below = levels[levels.length - 1]) {
    const above = new Float64Array(Math.ceil(below.length / BRANCH));
    for (let k = 0; k < above.length; k++) {
      const end = Math.min(below.length, (k + 1) * BRANCH);
      let best = below[k * BRANCH];
      for (let i = k * BRANCH + 1; i < end; i++) best = choose(best, below[i]);
      above[k] = best;
    }
    levels.push(above);
  }
  return levels;
}

function reduce(
  levels: readonly Float64Array[],
  from: number,
  to: number,
  choose: Choose,
  none: number,
): number {
  let best = none;
  let left = from;
  let right = to;
  for (let level = 0; left < right; level++) {
    const values = levels[level];
    const top = level === levels.length - 1;
    while (left < right && (top || left % BRANCH !== 0)) best = choose(best, values[left++]);
    while (left < right && right % BRANCH !== 0) best = choose(best, values[--right]);
    left /= BRANCH;
    right /= BRANCH;
  }
  return best;
}
