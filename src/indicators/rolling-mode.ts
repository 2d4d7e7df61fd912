import { firstNa, inChunks } from "../vector/rolling/index.ts";
import { type ChunkRanks, overRanks } from "./chunk-ranks.ts";
import { exchange, mostFrequent } from "./sorted-window.ts";

/** Longest window that is cheaper to keep in order and to look through. */
const SHORT = 24;
/** More than the different values of a stretch: at most 3 · 100,000. */
const CLASSES = 2 ** 20;

/**
 * Most frequent of the last `period` values, the smallest of several, from bar `from + period - 1` on. -0 is 0.
 * Returns 0, or NaN when a value from `from` on is na; `out` is then meaningless.
 *
 * A short window is kept in order. For a long one, a tree of maxima over the different values, each at a leaf with its count:
 * O(log n) per bar.
 */
export function rollingMode(
  source: Float64Array,
  from: number,
  period: number,
  out: Float64Array,
): number {
  if (firstNa(source, from) < source.length) return Number.NaN;
  if (period <= SHORT) {
    inOrder(source, from, period, out);
    return 0;
  }
  let classes = new Int32Array(0);
  let tree = new Float64Array(0);
  let leaves = 1;
  overRanks(source, from, period, (chunk, start, bar, end) => {
    if (classes.length === 0) {
      while (leaves < chunk.size) leaves *= 2;
      classes = new Int32Array(chunk.size);
      tree = new Float64Array(2 * leaves);
    }
    inRanks(chunk, start, bar, end, classes, tree.fill(0), leaves, out);
  });
  return 0;
}

function inOrder(source: Float64Array, from: number, period: number, out: Float64Array): void {
  const sorted = new Float64Array(period).fill(Number.POSITIVE_INFINITY);
  inChunks(from, source.length, (start, end) => {
    for (let i = start; i < end; i++) {
      const seen = i - from;
      const old = seen < period ? Number.POSITIVE_INFINITY : source[i - period];
      exchange(sorted, 0, period, old, source[i] + 0);
      if (seen >= period - 1) out[i] = sorted[mostFrequent(sorted, 0, period)];
    }
  });
}

function inRanks(
  { sorted, ranks, size }: ChunkRanks,
  start: number,
  bar: number,
  end: number,
  classes: Int32Array,
  tree: Float64Array,
  leaves: number,
  out: Float64Array,
): void {
  firstOfEquals(sorted, size, classes);
  const before = bar - start;
  for (let j = 0; j < before; j++) change(tree, leaves, classes[ranks[j]], CLASSES);
  for (let i = bar; i < end; i++) {
    change(tree, leaves, classes[ranks[i - start]], CLASSES);
    out[i] = sorted[CLASSES - 1 - (tree[1] % CLASSES)];
    change(tree, leaves, classes[ranks[i - start - before]], -CLASSES);
  }
}

/** By rank, the first rank of the same value, which stands for the value. */
function firstOfEquals(sorted: Float64Array, size: number, classes: Int32Array): void {
  for (let r = 0; r < size; r++) {
    classes[r] = r > 0 && sorted[r - 1] === sorted[r] ? classes[r - 1] : r;
  }
}

/** A leaf holds count · CLASSES + CLASSES - 1 - class: of equal counts the smaller class is the larger number. */
function change(tree: Float64Array, leaves: number, kind: number, by: number): void {
  let at = leaves + kind;
  const old = tree[at];
  let top = (old === 0 ? CLASSES - 1 - kind : old) + by;
  tree[at] = top;
  while (at > 1) {
    top = Math.max(top, tree[at ^ 1]);
    at >>= 1;
    if (tree[at] === top) return;
    tree[at] = top;
  }
}
