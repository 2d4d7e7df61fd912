import { CHUNK } from "./chunks.ts";
import { type Ending, simdDeviation } from "./deviation-simd.ts";

/**
 * How a deviation ends: v / divisor with v = n·Σd² - (Σd)², where v below `floor` is replaced by `below`·|v|, and the
 * square root of that where it is `rooted`. Divisor n² is the population's (ddof 0), n·(n-1) the sample's (ddof 1).
 */
export interface DeviationForm {
  readonly divisor: (period: number) => number;
  /** As a variance, ÷ n². */
  readonly floor: number;
  readonly below: 0 | 1;
  /** A standard deviation; else a variance. */
  readonly rooted: boolean;
}

/** Of a state: what a form comes to for a period, and 0, or NaN after na. */
const DIVISOR = 0;
const FLOOR = 1;
const BELOW = 2;
const ZERO = 3;

/**
 * Standard deviation or variance of the last `period` values, from bar `from + period - 1` on; earlier bars of `out` stay.
 *
 * Van Herk block sums of d = x - pivot and of d², the pivot being the last value of the earlier block and so a
 * value of every window that uses it: sums never mix levels, and 1e9 ± 0.001 or a long series loses nothing.
 * n·Σd² - (Σd)² is exact where prices are whole ticks.
 *
 * Returns 0, or NaN when a value from `from` on is na or squares overflow; `out` is then meaningless.
 */
export function rollingDeviation(
  source: Float64Array,
  from: number,
  period: number,
  out: Float64Array,
  form: DeviationForm,
): number {
  const divisor = form.divisor(period);
  if (divisor === 0) {
    // 0 / 0 is a NaN of the processor's.
    out.fill(Number.NaN, from + period - 1);
    return 0;
  }
  const { below, rooted } = form;
  const ending = { divisor, floor: form.floor * period * period, below, rooted };
  return (
    simdDeviation(source, from, period, out, ending) ??
    scalarDeviation(source, from, period, out, ending)
  );
}

/** The same bar by bar. */
export function scalarDeviation(
  source: Float64Array,
  from: number,
  period: number,
  out: Float64Array,
  { divisor, floor, below, rooted }: Ending,
): number {
  const tails = new Float64Array(2 * period);
  const state = Float64Array.of(divisor, floor, below, 0);
  const blocks = Math.ceil(CHUNK / period) * period;
  for (let start = from + period; start <= source.length; start += blocks) {
    const end = Math.min(source.length + 1, start + blocks);
    joinBlocks(source, start, end, period, rooted, state, tails, out);
  }
  return state[ZERO];
}

/**
 * The windows that end in the blocks from `start` on, and on the last bar before each. Two bars a turn, because a turn costs
 * as much as the sums; numbers in arrays, because a call would box them.
 */
function joinBlocks(
  source: Float64Array,
  start: number,
  end: number,
  period: number,
  rooted: boolean,
  state: Float64Array,
  tails: Float64Array,
  out: Float64Array,
): void {
  const divisor = state[DIVISOR];
  const floor = state[FLOOR];
  const below = state[BELOW];
  for (let block = start; block < end; block += period) {
    sumTails(source, block, period, tails);
    const pivot = source[block - 1];
    const last = Math.min(source.length, block + period - 1);
    let v = period * tails[1] - tails[0] * tails[0];
    if (!(v >= floor)) v = Math.abs(v) * below;
    out[block - 1] = rooted ? Math.sqrt(v / divisor) : v / divisor;
    let sum = 0;
    let square = 0;
    let at = 2;
    let i = block;
    for (; i < last - 1; i += 2) {
      const d = source[i] - pivot;
      sum += d;
      square += d * d;
      let s = sum + tails[at];
      v = period * (square + tails[at + 1]) - s * s;
      if (!(v >= floor)) v = Math.abs(v) * below;
      out[i] = rooted ? Math.sqrt(v / divisor) : v / divisor;
      const e = source[i + 1] - pivot;
      sum += e;
      square += e * e;
      s = sum + tails[at + 2];
      v = period * (square + tails[at + 3]) - s * s;
      if (!(v >= floor)) v = Math.abs(v) * below;
      out[i + 1] = rooted ? Math.sqrt(v / divisor) : v / divisor;
      at += 4;
    }
    if (i < last) {
      const d = source[i] - pivot;
      sum += d;
      square += d * d;
      const s = sum + tails[at];
      v = period * (square + tails[at + 1]) - s * s;
      if (!(v >= floor)) v = Math.abs(v) * below;
      out[i] = rooted ? Math.sqrt(v / divisor) : v / divisor;
    }
    state[ZERO] += 0 * (period * (square + tails[1]));
  }
}

/** Sums of d and of d², in turn, over the block before `end` without its first values: none of them, one, two … */
function sumTails(source: Float64Array, end: number, period: number, tails: Float64Array): void {
  const pivot = source[end - 1];
  let sum = 0;
  let square = 0;
  let at = 2 * period - 2;
  let i = end - 1;
  for (; at > 0; at -= 4) {
    const d = source[i] - pivot;
    sum += d;
    square += d * d;
    tails[at] = sum;
    tails[at + 1] = square;
    const e = source[i - 1] - pivot;
    sum += e;
    square += e * e;
    tails[at - 2] = sum;
    tails[at - 1] = square;
    i -= 2;
  }
  if (at === 0) {
    const d = source[i] - pivot;
    tails[0] = sum + d;
    tails[1] = square + d * d;
  }
}
