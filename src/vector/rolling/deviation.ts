/**
 * How a standard deviation ends: `sqrt(v / divisor)` with v = n·Σd² - (Σd)², where v below `floor` is
 * replaced by `below`·|v|. Divisor n² is the population's (ddof 0), n·(n-1) the sample's (ddof 1).
 */
export interface DeviationForm {
  readonly divisor: (period: number) => number;
  /** As a variance, ÷ n². */
  readonly floor: number;
  readonly below: 0 | 1;
}

/**
 * Standard deviation of the last `period` values, from bar `from + period - 1` on; earlier bars of `out` stay.
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
  const sums = new Float64Array(period);
  const squares = new Float64Array(period);
  const divisor = form.divisor(period);
  const floor = form.floor * period * period;
  const below = form.below;
  let zero = 0;
  for (let start = from + period; start <= source.length; start += period) {
    const pivot = source[start - 1];
    sumTails(source, start - period, period, pivot, sums, squares);
    const v = period * squares[0] - sums[0] * sums[0];
    out[start - 1] = Math.sqrt((v >= floor ? v : Math.abs(v) * below) / divisor);
    const bars = Math.min(period - 1, source.length - start);
    const head = joinHeads(
      source,
      start,
      bars,
      period,
      pivot,
      sums,
      squares,
      out,
      divisor,
      floor,
      below,
    );
    zero += 0 * (period * (head + squares[0]));
  }
  return zero;
}

function sumTails(
  source: Float64Array,
  start: number,
  period: number,
  pivot: number,
  sums: Float64Array,
  squares: Float64Array,
): void {
  let sum = 0;
  let square = 0;
  let i = start + period;
  for (let left = period - 1; left >= 0; left--) {
    i--;
    const d = source[i] - pivot;
    sum += d;
    square += d * d;
    sums[left] = sum;
    squares[left] = square;
  }
}

function joinHeads(
  source: Float64Array,
  start: number,
  bars: number,
  period: number,
  pivot: number,
  sums: Float64Array,
  squares: Float64Array,
  out: Float64Array,
  divisor: number,
  floor: number,
  below: number,
): number {
  let sum = 0;
  let square = 0;
  let i = start;
  for (let left = 1; left <= bars; left++) {
    const d = source[i] - pivot;
    sum += d;
    square += d * d;
    const s = sum + sums[left];
    const v = period * (square + squares[left]) - s * s;
    out[i] = Math.sqrt((v >= floor ? v : Math.abs(v) * below) / divisor);
    i++;
  }
  return square;
}
