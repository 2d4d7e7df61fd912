/** Bars that are ranked together with the window before them, at least. */
const FEWEST = 4096;
/** Bits of a digit, of which a double has six. */
const BITS = 11;
const DIGIT = (1 << BITS) - 1;
/** Steps between the smallest and the largest value: two digits. */
const STEPS = 2 ** (2 * BITS) - 1;
/** Moves per value after which values are taken to be crowded in a few steps. */
const PATIENCE = 4;

/**
 * A stretch of a column in order of size. Windows inside of it are then sets of small whole numbers, for which there are
 * structures of constant or logarithmic cost. What is picked from a window depends on its values alone, so stretches
 * may be cut anywhere.
 */
export interface ChunkRanks {
  /** The values from the smallest on; -0 has become 0. */
  readonly sorted: Float64Array;
  /** By place in the stretch: the rank of the value, from 0 on. Of equal values the earlier ranks lower. */
  readonly ranks: Int32Array;
  readonly size: number;
  /** An empty set of ranks, a bit for each, for the caller to use. */
  readonly bits: Int32Array;
}

/** Has the window of `bar`, which begins at `start`, and the bars after it up to `end` looked at by their ranks. */
export type RanksRun = (chunk: ChunkRanks, start: number, bar: number, end: number) => void;

/**
 * Calls `run` on consecutive stretches, which overlap by a window, so that every bar from `from + period - 1` on is in
 * one of them together with its window. Radix sort: a constant cost per bar.
 */
export function overRanks(source: Float64Array, from: number, period: number, run: RanksRun): void {
  const length = Math.max(FEWEST, 2 * period);
  const capacity = Math.min(length + period, source.length - from);
  const sorter = new RadixSorter(capacity);
  for (let bar = from + period - 1; bar < source.length; bar += length) {
    const end = Math.min(source.length, bar + length);
    const start = bar - period + 1;
    sorter.sort(source, start, end);
    run(sorter, start, bar, end);
  }
}

class RadixSorter implements ChunkRanks {
  readonly sorted: Float64Array;
  readonly ranks: Int32Array;
  readonly bits: Int32Array;
  size = 0;
  readonly #values: Float64Array;
  readonly #words: Uint32Array;
  readonly #keys: Uint32Array;
  readonly #counts = new Int32Array(DIGIT + 1);
  #order: Int32Array;
  #next: Int32Array;

  constructor(capacity: number) {
    this.sorted = new Float64Array(capacity);
    this.ranks = new Int32Array(capacity);
    this.bits = new Int32Array((capacity >>> 5) + 1);
    this.#values = new Float64Array(capacity);
    this.#words = new Uint32Array(this.#values.buffer);
    this.#keys = new Uint32Array(capacity);
    this.#order = new Int32Array(capacity);
    this.#next = new Int32Array(capacity);
  }

  sort(source: Float64Array, start: number, end: number): void {
    const size = end - start;
    this.size = size;
    this.bits.fill(0);
    copy(source, start, size, this.#values, this.#order);
    toSteps(this.#values, size, this.#keys);
    this.#pass(0, size);
    this.#pass(BITS, size);
    if (!settled(this.#values, size, this.#order)) {
      for (const half of [0, 1]) {
        toKeys(this.#words, half, size, this.#keys);
        for (let shift = 0; shift < 32; shift += BITS) this.#pass(shift, size);
      }
    }
    rank(this.#values, this.#order, size, this.sorted, this.ranks);
  }

  #pass(shift: number, size: number): void {
    if (!count(this.#keys, shift, size, this.#counts)) return;
    scatter(this.#keys, shift, size, this.#counts, this.#order, this.#next);
    [this.#order, this.#next] = [this.#next, this.#order];
  }
}

function copy(
  source: Float64Array,
  start: number,
  size: number,
  values: Float64Array,
  order: Int32Array,
): void {
  for (let i = 0; i < size; i++) {
    values[i] = source[start + i] + 0;
    order[i] = i;
  }
}

/** Which of equal steps from the smallest value to the largest one a value is in: almost its place. */
function toSteps(values: Float64Array, size: number, keys: Uint32Array): void {
  let low = values[0];
  let high = values[0];
  for (let i = 1; i < size; i++) {
    const value = values[i];
    if (value < low) low = value;
    else if (value > high) high = value;
  }
  const scale = STEPS / (high - low);
  // Equal values and those that are too far apart are left to what comes after.
  if (!(scale > 0 && scale < Number.POSITIVE_INFINITY)) keys.fill(0, 0, size);
  else for (let i = 0; i < size; i++) keys[i] = (values[i] - low) * scale;
}

/** Puts almost sorted values in order; false if they are not almost sorted. */
function settled(values: Float64Array, size: number, order: Int32Array): boolean {
  let moves = PATIENCE * size;
  for (let i = 1; i < size; i++) {
    const place = order[i];
    const value = values[place];
    let at = i;
    for (; at > 0 && values[order[at - 1]] > value; at--) order[at] = order[at - 1];
    order[at] = place;
    moves -= i - at;
    if (moves < 0) return false;
  }
  return true;
}

/** The low (0) or high (1) halves of doubles, as numbers in the order of the doubles. */
function toKeys(words: Uint32Array, half: number, size: number, keys: Uint32Array): void {
  const top = half === 1 ? 0x80000000 : 0;
  for (let i = 0; i < size; i++) {
    const negative = words[2 * i + 1] >> 31;
    keys[i] = words[2 * i + half] ^ (negative | top);
  }
}

/** Where each digit begins; false if all digits are the same. */
function count(keys: Uint32Array, shift: number, size: number, counts: Int32Array): boolean {
  counts.fill(0);
  for (let i = 0; i < size; i++) counts[(keys[i] >>> shift) & DIGIT]++;
  if (counts[(keys[0] >>> shift) & DIGIT] === size) return false;
  let before = 0;
  for (let digit = 0; digit <= DIGIT; digit++) {
    const here = counts[digit];
    counts[digit] = before;
    before += here;
  }
  return true;
}

function scatter(
  keys: Uint32Array,
  shift: number,
  size: number,
  counts: Int32Array,
  order: Int32Array,
  next: Int32Array,
): void {
  for (let i = 0; i < size; i++) {
    const place = order[i];
    next[counts[(keys[place] >>> shift) & DIGIT]++] = place;
  }
}

function rank(
  values: Float64Array,
  order: Int32Array,
  size: number,
  sorted: Float64Array,
  ranks: Int32Array,
): void {
  for (let r = 0; r < size; r++) {
    const place = order[r];
    sorted[r] = values[place];
    ranks[place] = r;
  }
}
