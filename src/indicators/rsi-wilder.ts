import { firstDefined, firstNa, inChunks, isNa } from "../vector/rolling/index.ts";

/** RSI of two averages; `flat` where both are 0. */
export function strength(up: number, down: number, flat: number): number {
  if (down === 0) return up === 0 ? flat : 100;
  return 100 - 100 / (1 + up / down);
}

/**
 * RSI with Wilder's average, seeded with the means of the first n changes. Steps are `(prev·(n-1) + x)/n`, or as
 * backtrader writes them (`blend`) `prev·(1-1/n) + x·(1/n)`, where na also poisons the rest.
 */
export function wilderRsi(
  source: Float64Array,
  period: number,
  flat: number,
  blend: boolean,
  out: Float64Array,
): void {
  const seed = seedChanges(source, period, blend);
  out.fill(Number.NaN, 0, seed.bar);
  if (seed.bar === source.length) return;
  out[seed.bar] = strength(seed.up, seed.down, flat);
  const averages = Float64Array.of(seed.up, seed.down);
  const run = blend ? blends : steps;
  inChunks(seed.bar + 1, source.length, (from, to) => {
    run(source, from, to, period, flat, averages, out);
  });
  // na, once met, stays in the averages, so the last value tells of it.
  if (!isNa(out[out.length - 1])) return;
  if (blend) {
    out.fill(Number.NaN, firstNa(source, seed.bar));
  } else {
    stepsOverNa(source, seed, period, flat, out);
  }
}

interface ChangeSeed {
  /** The source's length where there are too few changes. */
  readonly bar: number;
  readonly up: number;
  readonly down: number;
}

/** Means of the first n rises and falls, summed with compensation; `strict`: none of them may be missing. */
export function seedChanges(source: Float64Array, period: number, strict: boolean): ChangeSeed {
  let up = 0;
  let upError = 0;
  let down = 0;
  let downError = 0;
  let count = 0;
  for (let i = firstDefined(source) + 1; i < source.length; i++) {
    const change = source[i] - source[i - 1];
    if (isNa(change)) {
      if (strict) break;
      continue;
    }
    const size = Math.abs(change);
    const rise = 0.5 * (size + change);
    let next = up + rise;
    let part = next - up;
    upError += up - (next - part) + (rise - part);
    up = next;
    const fall = 0.5 * (size - change);
    next = down + fall;
    part = next - down;
    downError += down - (next - part) + (fall - part);
    down = next;
    if (++count === period) {
      return { bar: i, up: (up + upError) / period, down: (down + downError) / period };
    }
  }
  return { bar: source.length, up: Number.NaN, down: Number.NaN };
}

// In the three loops rise and fall are ½(|c| ± c), which is exact: a branch on the sign of a price change
// is mispredicted every other bar.
function steps(
  source: Float64Array,
  from: number,
  to: number,
  period: number,
  flat: number,
  averages: Float64Array,
  out: Float64Array,
): void {
  const rest = period - 1;
  let up = averages[0];
  let down = averages[1];
  let last = source[from - 1];
  for (let i = from; i < to; i++) {
    const value = source[i];
    const change = value - last;
    const size = Math.abs(change);
    last = value;
    up = (up * rest + 0.5 * (size + change)) / period;
    down = (down * rest + 0.5 * (size - change)) / period;
    out[i] = down === 0 ? (up === 0 ? flat : 100) : 100 - 100 / (1 + up / down);
  }
  averages[0] = up;
  averages[1] = down;
}

function stepsOverNa(
  source: Float64Array,
  seed: ChangeSeed,
  period: number,
  flat: number,
  out: Float64Array,
): void {
  const rest = period - 1;
  let up = seed.up;
  let down = seed.down;
  for (let i = seed.bar + 1; i < source.length; i++) {
    const change = source[i] - source[i - 1];
    if (isNa(change)) {
      out[i] = Number.NaN;
      continue;
    }
    const size = Math.abs(change);
    up = (up * rest + 0.5 * (size + change)) / period;
    down = (down * rest + 0.5 * (size - change)) / period;
    out[i] = strength(up, down, flat);
  }
}

function blends(
  source: Float64Array,
  from: number,
  to: number,
  period: number,
  flat: number,
  averages: Float64Array,
  out: Float64Array,
): void {
  const alpha = 1 / period;
  const keep = 1 - alpha;
  let up = averages[0];
  let down = averages[1];
  let last = source[from - 1];
  for (let i = from; i < to; i++) {
    const value = source[i];
    const change = value - last;
    const size = Math.abs(change);
    last = value;
    up = up * keep + 0.5 * (size + change) * alpha;
    down = down * keep + 0.5 * (size - change) * alpha;
    out[i] = down === 0 ? (up === 0 ? flat : 100) : 100 - 100 / (1 + up / down);
  }
  averages[0] = up;
  averages[1] = down;
}
