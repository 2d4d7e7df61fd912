import { firstNa, inChunks } from "../vector/rolling/index.ts";
import { type ChunkRanks, overRanks } from "./chunk-ranks.ts";
import { bitCount } from "./rank-bits.ts";

/** Longest window that is cheaper to look through. */
const SHORT = 40;

/**
 * How many of the `period` values before a bar are not above its own, from bar `from + period` on.
 * Returns 0, or NaN when a value from `from` on is na; `out` is then meaningless.
 */
export function rollingRank(
  source: Float64Array,
  from: number,
  period: number,
  out: Float64Array,
): number {
  if (firstNa(source, from) < source.length) return Number.NaN;
  if (period <= SHORT) {
    inChunks(from + period, source.length, (start, end) => count(source, start, end, period, out));
    return 0;
  }
  // Counts of the words of bits, summed as a Fenwick tree.
  let sums = new Int32Array(0);
  let tops = new Int32Array(0);
  overRanks(source, from, period + 1, (chunk, start, bar, end) => {
    if (sums.length === 0) sums = new Int32Array(chunk.bits.length + 1);
    if (tops.length === 0) tops = new Int32Array(chunk.size);
    inRanks(chunk, start, bar, end, sums.fill(0), tops, out);
  });
  return 0;
}

function count(
  source: Float64Array,
  start: number,
  end: number,
  period: number,
  out: Float64Array,
): void {
  for (let i = start; i < end; i++) {
    const value = source[i];
    let below = 0;
    for (let j = i - period; j < i; j++) below += Number(source[j] <= value);
    out[i] = below;
  }
}

function inRanks(
  { sorted, ranks, bits, size }: ChunkRanks,
  start: number,
  bar: number,
  end: number,
  sums: Int32Array,
  tops: Int32Array,
  out: Float64Array,
): void {
  lastOfEquals(sorted, size, tops);
  const before = bar - start;
  for (let j = 0; j < before; j++) add(bits, sums, ranks[j]);
  for (let i = bar; i < end; i++) {
    const newest = ranks[i - start];
    out[i] = countTo(bits, sums, tops[newest]);
    add(bits, sums, newest);
    remove(bits, sums, ranks[i - start - before]);
  }
}

/** By rank, the last rank of the same value. */
function lastOfEquals(sorted: Float64Array, size: number, tops: Int32Array): void {
  for (let r = size - 1; r >= 0; r--) {
    tops[r] = r + 1 < size && sorted[r + 1] === sorted[r] ? tops[r + 1] : r;
  }
}

function add(bits: Int32Array, sums: Int32Array, rank: number): void {
  bits[rank >>> 5] |= 1 << (rank & 31);
  for (let at = (rank >>> 5) + 1; at < sums.length; at += at & -at) sums[at]++;
}

function remove(bits: Int32Array, sums: Int32Array, rank: number): void {
  bits[rank >>> 5] &= ~(1 << (rank & 31));
  for (let at = (rank >>> 5) + 1; at < sums.length; at += at & -at) sums[at]--;
}

/** How many ranks of the set are up to `rank`. */
function countTo(bits: Int32Array, sums: Int32Array, rank: number): number {
  // All bits up to the rank's own: -2 << 31 is 0.
  let sum = bitCount(bits[rank >>> 5] & ~(-2 << (rank & 31)));
  for (let at = rank >>> 5; at > 0; at &= at - 1) sum += sums[at];
  return sum;
}
