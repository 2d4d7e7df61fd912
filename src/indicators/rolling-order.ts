import { firstNa, inChunks } from "../vector/rolling/index.ts";
import { type ChunkRanks, overRanks } from "./chunk-ranks.ts";
import { rankAbove, rankAt, rankBelow, toggleRank } from "./rank-bits.ts";
import { exchange } from "./sorted-window.ts";

/** Longest window that is cheaper to keep in order itself. */
const SHORT = 24;

/**
 * Of the last `period` values the one at place `k` in order of size, from 0 on, into `out`, and the one behind it into
 * `behind` if that is given; from bar `from + period - 1` on. -0 is 0, for which of the two stands first would be an
 * accident. Returns 0, or NaN when a value from `from` on is na; the outputs are then meaningless.
 *
 * A short window is kept in order; in a long one, a set of ranks, the place moves by one value per bar at most.
 */
export function rollingOrder(
  source: Float64Array,
  from: number,
  period: number,
  k: number,
  out: Float64Array,
  behind?: Float64Array,
): number {
  if (firstNa(source, from) < source.length) return Number.NaN;
  if (period > SHORT) {
    overRanks(source, from, period, (chunk, start, bar, end) => {
      inRanks(chunk, start, bar, end, k, out, behind);
    });
    return 0;
  }
  const sorted = new Float64Array(period).fill(Number.POSITIVE_INFINITY);
  inChunks(from, source.length, (start, end) => {
    for (let i = start; i < end; i++) {
      const seen = i - from;
      const old = seen < period ? Number.POSITIVE_INFINITY : source[i - period];
      exchange(sorted, 0, period, old, source[i] + 0);
      if (seen < period - 1) continue;
      out[i] = sorted[k];
      if (behind !== undefined) behind[i] = sorted[k + 1];
    }
  });
  return 0;
}

function inRanks(
  { sorted, ranks, bits }: ChunkRanks,
  start: number,
  bar: number,
  end: number,
  k: number,
  out: Float64Array,
  behind: Float64Array | undefined,
): void {
  const before = bar - start;
  for (let j = 0; j <= before; j++) toggleRank(bits, ranks[j]);
  let place = rankAt(bits, k);
  for (let i = bar; i < end; i++) {
    if (i > bar) {
      const newest = ranks[i - start];
      const oldest = ranks[i - start - before - 1];
      toggleRank(bits, newest);
      toggleRank(bits, oldest);
      if (newest < place) {
        if (oldest >= place) place = rankBelow(bits, place);
      } else if (oldest <= place) place = rankAbove(bits, place);
    }
    out[i] = sorted[place];
    if (behind !== undefined) behind[i] = sorted[rankAbove(bits, place)];
  }
}
