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
import { nearDeviations } from "./near-deviation.ts";
import { rankBelow, rankFrom, toggleRank } from "./rank-bits.ts";

/** Longest window that is cheaper to sum on every bar. */
export const SHORT_DEVIATION = 256;

/**
 * Mean of |x - mean| over the last `period` values into `out`, and x - mean of the last one into `distances`, from bar
 * `from + period - 1` on. Returns 0, or NaN when a value from `from` on is na; the outputs are then meaningless. They may
 * be one array up to SHORT_DEVIATION, for the first alone.
 *
 * A short window is summed twice: prices far from 0 differ by little more than the last place of their mean, so that what
 * it lacks is taken from the distances from it. In a long one the mean, as it is rounded, passes few values on its way
 * from bar to bar, and only these move from one sum to another.
 */
export function rollingMeanDeviation(
  source: Float64Array,
  from: number,
  period: number,
  distances: Float64Array,
  out: Float64Array,
): number {
  const means = distances;
  let zero = rollingMean(source, from, period, means);
  if (period <= SHORT_DEVIATION) return zero + summed(source, from, period, means, out);
  if (firstNa(source, from) < source.length) return Number.NaN;
  const sums = new Float64Array(DEVIATION_SUMS);
  overRanks(source, from, period, (chunk, start, bar, end) => {
    follow(chunk, source, start, bar, end, from, sums, means, out);
    for (let i = bar; i < end; i++) {
      zero += 0 * out[i];
      distances[i] = source[i] - means[i];
    }
  });
  return zero;
}

function summed(
  source: Float64Array,
  from: number,
  period: number,
  distances: Float64Array,
  out: Float64Array,
): number {
  // The first window has no value before it that it has left.
  summedUpTo(source, from + period - 1, from + period, period, distances, out);
  let zero = 0 * out[from + period - 1];
  for (let at = from + period; at < source.length; ) {
    const done = nearDeviations(source, at, period, distances, out);
    const end = Math.min(source.length, done + 2 * period);
    zero += summedUpTo(source, done, end, period, distances, out);
    at = end;
  }
  return zero;
}

function summedUpTo(
  source: Float64Array,
  first: number,
  end: number,
  period: number,
  distances: Float64Array,
  out: Float64Array,
): number {
  let zero = 0;
  for (let i = first; i < end; i++) {
    const mean = distances[i];
    const rest = restOfMean(source, i, period, mean);
    distances[i] = source[i] - mean - rest;
    out[i] = meanDistance(source, i, period, mean, rest);
    zero += 0 * out[i];
  }
  return zero;
}

// Two sums at a time: the additions of one wait for each other.

/** What the rounded mean of the `period` values up to `last` lacks. */
export function restOfMean(
  values: Float64Array,
  last: number,
  period: number,
  mean: number,
): number {
  const first = last - period + 1;
  let one = 0;
  let other = 0;
  let j = last;
  for (; j > first; j -= 2) {
    one += values[j] - mean;
    other += values[j - 1] - mean;
  }
  if (j === first) one += values[j] - mean;
  return (one + other) / period;
}

/** Mean distance of these values from `mean + rest`. */
export function meanDistance(
  values: Float64Array,
  last: number,
  period: number,
  mean: number,
  rest: number,
): number {
  const first = last - period + 1;
  let one = 0;
  let other = 0;
  let j = last;
  for (; j > first; j -= 2) {
    one += Math.abs(values[j] - mean - rest);
    other += Math.abs(values[j - 1] - mean - rest);
  }
  if (j === first) one += Math.abs(values[j] - mean - rest);
  return (one + other) / period;
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
