const BRANCH = 16;

/** Lowest and highest value of any range of columns, in logarithmic time: extremes of 16, 256, … neighbours. */
export class RangeExtremes {
  private readonly lows: Float64Array[];
  private readonly highs: Float64Array[];

  constructor(low: Float64Array, high: Float64Array) {
    this.lows = pyramid(low, false);
    this.highs = pyramid(high, true);
  }

  /** Of bars from ≤ i < to; Infinity of none. */
  lowest(from: number, to: number): number {
    return reduce(this.lows, from, to, false);
  }

  /** Of bars from ≤ i < to; -Infinity of none. */
  highest(from: number, to: number): number {
    return reduce(this.highs, from, to, true);
  }
}

/** A branch on what is asked for: a function passed in would be called for every bar, with its numbers as objects. */
function extreme(a: number, b: number, highest: boolean): number {
  return highest ? Math.max(a, b) : Math.min(a, b);
}

function pyramid(values: Float64Array, highest: boolean): Float64Array[] {
  const levels = [values];
  for (let below = values; below.length > BRANCH; below = levels[levels.length - 1]) {
    const above = new Float64Array(Math.ceil(below.length / BRANCH));
    for (let k = 0; k < above.length; k++) {
      const end = Math.min(below.length, (k + 1) * BRANCH);
      let best = below[k * BRANCH];
      for (let i = k * BRANCH + 1; i < end; i++) best = extreme(best, below[i], highest);
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
  highest: boolean,
): number {
  let best = highest ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  let left = from;
  let right = to;
  for (let level = 0; left < right; level++) {
    const values = levels[level];
    const top = level === levels.length - 1;
    while (left < right && (top || left % BRANCH !== 0))
      best = extreme(best, values[left++], highest);
    while (left < right && right % BRANCH !== 0) best = extreme(best, values[--right], highest);
    left /= BRANCH;
    right /= BRANCH;
  }
  return best;
}
