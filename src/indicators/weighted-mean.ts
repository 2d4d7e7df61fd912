import { firstDefined, inChunks, isNa } from "../vector/rolling/index.ts";

/**
 * pandas' `ewm(alpha, adjust=False, min_periods).mean()`: starts at the first value; over na the mean is carried
 * and its weight decays by 1 - alpha per bar. A value equal to the mean leaves its bits alone, as in pandas.
 * Source: pandas/_libs/window/aggregations.pyx, `ewm`.
 */
export function weightedMean(
  source: Float64Array,
  alpha: number,
  minPeriods: number,
  out: Float64Array,
): void {
  const from = firstDefined(source);
  out.fill(Number.NaN, 0, from);
  if (from === source.length) return;
  out[from] = source[from];
  inChunks(from + 1, source.length, (start, end) => blends(source, start, end, alpha, out));
  if (isNa(out[out.length - 1])) blendsOverNa(source, from, alpha, minPeriods, out);
  else out.fill(Number.NaN, from, from + minPeriods - 1);
}

function blends(
  source: Float64Array,
  from: number,
  to: number,
  alpha: number,
  out: Float64Array,
): void {
  const keep = 1 - alpha;
  let mean = out[from - 1];
  for (let i = from; i < to; i++) {
    const value = source[i];
    if (value !== mean) mean = keep * mean + alpha * value;
    out[i] = mean;
  }
}

function blendsOverNa(
  source: Float64Array,
  from: number,
  alpha: number,
  minPeriods: number,
  out: Float64Array,
): void {
  let mean = source[from];
  let weight = 1;
  let seen = 0;
  for (let i = from; i < source.length; i++) {
    const value = source[i];
    if (i > from) weight *= 1 - alpha;
    if (!isNa(value)) {
      seen++;
      if (value !== mean) mean = (weight * mean + alpha * value) / (weight + alpha);
      weight = 1;
    }
    out[i] = seen >= minPeriods && !isNa(mean) ? mean : Number.NaN;
  }
}
