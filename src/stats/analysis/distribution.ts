import { sortedQuantile } from "./quantile.ts";

/** How values spread. */
export interface Distribution {
  readonly count: number;
  readonly mean: number;
  /** With ddof 1; null for one value. */
  readonly deviation: number | null;
  /** Of the population; null where values do not vary. */
  readonly skewness: number | null;
  /** Raw (3 for a normal distribution), of the population; null where values do not vary. */
  readonly kurtosis: number | null;
  readonly min: number;
  readonly p05: number;
  readonly p25: number;
  readonly median: number;
  readonly p75: number;
  readonly p95: number;
  readonly max: number;
  readonly histogram: Histogram;
}

/** Counts between edges of equal distance; a bin holds its lower edge, the last one both. */
export interface Histogram {
  /** One more than the counts. */
  readonly edges: Float64Array;
  readonly counts: Int32Array;
}

const MAX_BINS = 1000;

/**
 * Moments, quantiles and histogram of finite values; null without one.
 * @param bins from 1 to 1,000; by the rule of Freedman and Diaconis (1981), at most 100, unless given
 */
export function distributionOf(values: Float64Array, bins?: number): Distribution | null {
  if (bins !== undefined && !(Number.isInteger(bins) && bins >= 1 && bins <= MAX_BINS)) {
    throw new RangeError(`a histogram has from 1 to ${MAX_BINS} bins, not ${bins}`);
  }
  const sorted = values.filter(Number.isFinite).sort();
  const count = sorted.length;
  if (count === 0) return null;
  const at = (q: number) => sortedQuantile(sorted, q);
  const [p25, p75] = [at(0.25), at(0.75)];
  return {
    count,
    ...momentsOf(sorted),
    min: sorted[0],
    p05: at(0.05),
    p25,
    median: at(0.5),
    p75,
    p95: at(0.95),
    max: sorted[count - 1],
    histogram: histogram(sorted, bins ?? defaultBins(sorted, p75 - p25)),
  };
}

function momentsOf(sorted: Float64Array) {
  const n = sorted.length;
  const mean = sorted.reduce((sum, x) => sum + x, 0) / n;
  const power = (k: number) => sorted.reduce((sum, x) => sum + (x - mean) ** k, 0) / n;
  const variance = power(2);
  const varies = sorted[0] < sorted[n - 1] && variance > 0;
  return {
    mean,
    deviation: n < 2 ? null : Math.sqrt((variance * n) / (n - 1)),
    skewness: varies ? power(3) / variance ** 1.5 : null,
    kurtosis: varies ? power(4) / variance ** 2 : null,
  };
}

function defaultBins(sorted: Float64Array, quartiles: number): number {
  const width = (2 * quartiles) / Math.cbrt(sorted.length);
  const range = sorted[sorted.length - 1] - sorted[0];
  return width > 0 ? Math.min(100, Math.max(1, Math.ceil(range / width))) : 1;
}

function histogram(sorted: Float64Array, bins: number): Histogram {
  const low = sorted[0];
  const range = sorted[sorted.length - 1] - low;
  const edges = Float64Array.from({ length: bins + 1 }, (_, k) => low + (range * k) / bins);
  edges[bins] = sorted[sorted.length - 1];
  const counts = new Int32Array(bins);
  let bin = 0;
  for (const value of sorted) {
    while (bin < bins - 1 && value >= edges[bin + 1]) bin++;
    counts[bin]++;
  }
  return { edges, counts };
}
