/**
 * pivot + a·Σd + b·Σj·d over the last `period` values, d = x - pivot, j = 0 for the oldest; earlier bars of `out` stay as
 * they are. Weighted averages and regressions are such sums.
 *
 * Block sums as in `rollingDeviation`: the pivot is the last value of the earlier block, both sums are those of a tail and
 * a head, so the cost per bar does not depend on the period and nothing drifts.
 *
 * Returns 0, or NaN when a value from `from` on is na; `out` is then meaningless.
 */
export function rollingLine(
  source: Float64Array,
  from: number,
  period: number,
  a: number,
  b: number,
  out: Float64Array,
): number {
  const sums = new Float64Array(period);
  const moments = new Float64Array(period);
  let zero = 0;
  for (let start = from + period; start <= source.length; start += period) {
    const pivot = source[start - 1];
    tails(source, start, period, pivot, sums, moments);
    out[start - 1] = pivot + (a * sums[0] + b * moments[0]);
    const bars = Math.min(period - 1, source.length - start);
    zero += 0 * (sums[0] + heads(source, start, bars, period, pivot, sums, moments, a, b, out));
  }
  return zero;
}

/** Sums of the block that ends before `end`, without its first `left` values; moments count from the first that is left. */
function tails(
  source: Float64Array,
  end: number,
  period: number,
  pivot: number,
  sums: Float64Array,
  moments: Float64Array,
): void {
  let sum = 0;
  let moment = 0;
  let i = end;
  for (let left = period - 1; left >= 0; left--) {
    i--;
    moment += sum;
    sum += source[i] - pivot;
    sums[left] = sum;
    moments[left] = moment;
  }
}

function heads(
  source: Float64Array,
  start: number,
  bars: number,
  period: number,
  pivot: number,
  sums: Float64Array,
  moments: Float64Array,
  a: number,
  b: number,
  out: Float64Array,
): number {
  let sum = 0;
  let moment = 0;
  for (let left = 1; left <= bars; left++) {
    const i = start + left - 1;
    const d = source[i] - pivot;
    sum += d;
    moment += (left - 1) * d;
    const wholeMoment = moments[left] + (moment + (period - left) * sum);
    out[i] = pivot + (a * (sum + sums[left]) + b * wholeMoment);
  }
  return sum;
}
