import { CHUNK } from "../vector/rolling/index.ts";

/** Of a state: the two factors, and 0, or NaN after na. */
const A = 0;
const B = 1;
const ZERO = 2;

/**
 * pivot + a·Σd + b·Σj·d over the last `period` values, d = x - pivot, j = 0 for the oldest; earlier bars of `out` stay as
 * they are. Weighted averages and regressions are such sums.
 *
 * Block sums as in `rollingDeviation`: the pivot is the last value of the earlier block, both sums are those of a tail and
 * a head, so the cost per bar does not depend on the period and nothing drifts.
 *
 * Returns 0, or NaN when a value from `from` on is na or a result too large; `out` is then meaningless.
 */
export function rollingLine(
  source: Float64Array,
  from: number,
  period: number,
  a: number,
  b: number,
  out: Float64Array,
): number {
  const tails = new Float64Array(2 * period);
  const state = Float64Array.of(a, b, 0);
  const blocks = Math.ceil(CHUNK / period) * period;
  for (let start = from + period; start <= source.length; start += blocks) {
    const end = Math.min(source.length + 1, start + blocks);
    joinBlocks(source, start, end, period, state, tails, out);
  }
  return state[ZERO];
}

/** The windows that end in the blocks from `start` on, and on the last bar before each; two bars a turn, as there. */
function joinBlocks(
  source: Float64Array,
  start: number,
  end: number,
  period: number,
  state: Float64Array,
  tails: Float64Array,
  out: Float64Array,
): void {
  const a = state[A];
  const b = state[B];
  let zero = state[ZERO];
  for (let block = start; block < end; block += period) {
    sumTails(source, block, period, tails);
    const pivot = source[block - 1];
    const last = Math.min(source.length, block + period - 1);
    let value = pivot + (a * tails[0] + b * tails[1]);
    zero += value - value;
    out[block - 1] = value;
    let sum = 0;
    let moment = 0;
    let left = 1;
    let i = block;
    for (; i < last - 1; i += 2) {
      const d = source[i] - pivot;
      sum += d;
      moment += (left - 1) * d;
      let whole = tails[2 * left + 1] + (moment + (period - left) * sum);
      value = pivot + (a * (sum + tails[2 * left]) + b * whole);
      const e = source[i + 1] - pivot;
      sum += e;
      moment += left * e;
      whole = tails[2 * left + 3] + (moment + (period - left - 1) * sum);
      const next = pivot + (a * (sum + tails[2 * left + 2]) + b * whole);
      zero += value - value + (next - next);
      out[i] = value;
      out[i + 1] = next;
      left += 2;
    }
    if (i < last) {
      const d = source[i] - pivot;
      sum += d;
      moment += (left - 1) * d;
      const whole = tails[2 * left + 1] + (moment + (period - left) * sum);
      value = pivot + (a * (sum + tails[2 * left]) + b * whole);
      zero += value - value;
      out[i] = value;
    }
  }
  state[ZERO] = zero;
}

/**
 * Both sums, in turn, over the block before `end` without its first values: none of them, one, two … Moments count from the
 * first that is left.
 */
function sumTails(source: Float64Array, end: number, period: number, tails: Float64Array): void {
  const pivot = source[end - 1];
  let sum = 0;
  let moment = 0;
  let at = 2 * period - 2;
  let i = end - 1;
  for (; at > 0; at -= 4) {
    moment += sum;
    sum += source[i] - pivot;
    tails[at] = sum;
    tails[at + 1] = moment;
    moment += sum;
    sum += source[i - 1] - pivot;
    tails[at - 2] = sum;
    tails[at - 1] = moment;
    i -= 2;
  }
  if (at === 0) {
    tails[1] = moment + sum;
    tails[0] = sum + (source[i] - pivot);
  }
}
