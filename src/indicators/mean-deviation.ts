import { firstNa, rollingMean } from "../vector/rolling/index.ts";
import { type ChunkRanks, overRanks } from "./chunk-ranks.ts";
import {
  countBelow,
  cross,
  DEVIATION_SUMS,
  drop,
  enter,
  finish,
  lastMean,
  leave,
  spoilt,
  startAnew,
} from "./deviation-sums.ts";
import { rankBelow, rankFrom, toggleRank } from "./rank-bits.ts";

/** Longest window that is cheaper to sum on every bar. */
export const SHORT_DEVIATION = 256;

/**
 * Mean of |x - mean| over the last `period` values into `out`, their mean into `means`, from bar `from + period - 1` on.
 * Returns 0, or NaN when a value from `from` on is na; the outputs are then meaningless.
 *
 * A short window is summed. In a long one the mean passes few values on its way from bar to bar, and only these move
 * from one sum to another.
 */
export function rollingMeanDeviation(
  source: Float64Array,
  from: number,
  period: number,
  means: Float64Array,
  out: Float64Array,
): number {
  let zero = rollingMean(source, from, period, means);
  if (period <= SHORT_DEVIATION) return zero + summed(source, from, period, means, out);
  if (firstNa(source, from) < source.length) return Number.NaN;
  const sums = new Float64Array(DEVIATION_SUMS);
  overRanks(source, from, period, (chunk, start, bar, end) => {
    follow(chunk, source, start, bar, end, from, sums, means, out);
    for (let i = bar; i < end; i++) zero += 0 * out[i];
  });
  return zero;
}

function summed(
  source: Float64Array,
  from: number,
  period: number,
  means: Float64Array,
  out: Float64Array,
): number {
  let zero = 0;
  for (let i = from + period - 1; i < source.length; i++) {
    const mean = means[i];
    let sum = 0;
    for (let j = i; j > i - period; j--) sum += Math.abs(source[j] - mean);
    out[i] = sum / period;
    zero += 0 * sum;
  }
  return zero;
}

function follow(
  { sorted, ranks, bits, size }: ChunkRanks,
  source: Float64Array,
  start: number,
  bar: number,
  end: number,
  from: number,
  sums: Float64Array,
  means: Float64Array,
  out: Float64Array,
): void {
  const others = bar - start;
  const period = others + 1;
  for (let j = 0; j < others; j++) toggleRank(bits, ranks[j]);
  // Ranks of the set that are lower are below the mean, the others are not.
  let edge = 0;
  const followed = bar - from >= period;
  while (followed && edge < size && sorted[edge] < lastMean(sums, 0)) edge++;
  for (let i = bar; i < end; i++) {
    const mean = means[i];
    const value = source[i];
    let count = 0;
    if (i - from >= period) {
      leave(sums, 0, source[i - period]);
      count = countBelow(sums, 0);
    }
    for (; count < others; count++) {
      const rank = rankFrom(bits, edge);
      if (!(sorted[rank] < mean)) break;
      cross(sums, 0, sorted[rank]);
      edge = rank + 1;
    }
    for (; count > 0; count--) {
      const rank = rankBelow(bits, edge);
      if (sorted[rank] < mean) break;
      drop(sums, 0, sorted[rank]);
      edge = rank;
    }
    enter(sums, 0, value, mean);
    const newest = ranks[i - start];
    if (value < mean) edge = Math.max(edge, newest + 1);
    else edge = Math.min(edge, newest);
    const whole = (i - from + 1) % period === 0;
    if (!whole) out[i] = finish(sums, 0, period);
    if (whole || spoilt(sums, 0, out[i])) {
      startAnew(sums, 0);
      for (let j = i - others; j <= i; j++) enter(sums, 0, source[j], mean);
      out[i] = finish(sums, 0, period);
    }
    toggleRank(bits, newest);
    toggleRank(bits, ranks[i - start - others]);
  }
}
