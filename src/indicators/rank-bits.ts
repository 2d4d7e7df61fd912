/** Puts a rank into the set if it is not there, and takes it out if it is. */
export function toggleRank(bits: Int32Array, rank: number): void {
  bits[rank >>> 5] ^= 1 << (rank & 31);
}

/** First rank of the set above `rank`; there must be one. */
export function rankAbove(bits: Int32Array, rank: number): number {
  let at = rank >>> 5;
  let word = bits[at] & (-2 << (rank & 31));
  while (word === 0) word = bits[++at];
  return (at << 5) + 31 - Math.clz32(word & -word);
}

/** First rank of the set that is `rank` or above it; there must be one. */
export function rankFrom(bits: Int32Array, rank: number): number {
  let at = rank >>> 5;
  let word = bits[at] & (-1 << (rank & 31));
  while (word === 0) word = bits[++at];
  return (at << 5) + 31 - Math.clz32(word & -word);
}

/** Last rank of the set below `rank`; there must be one. */
export function rankBelow(bits: Int32Array, rank: number): number {
  let at = rank >>> 5;
  let word = bits[at] & ((1 << (rank & 31)) - 1);
  while (word === 0) word = bits[--at];
  return (at << 5) + 31 - Math.clz32(word);
}

/** The rank that `k` ranks of the set are below; there must be one. */
export function rankAt(bits: Int32Array, k: number): number {
  let at = 0;
  let left = k;
  let count = bitCount(bits[0]);
  while (left >= count) {
    left -= count;
    count = bitCount(bits[++at]);
  }
  let word = bits[at];
  for (; left > 0; left--) word &= word - 1;
  return (at << 5) + 31 - Math.clz32(word & -word);
}

/** Number of bits that are set. */
export function bitCount(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
