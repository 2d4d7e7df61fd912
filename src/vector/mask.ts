/**
 * Packed truth values of a condition: bit `i & 31` of word `i >> 5` is set where bar `i` makes it true.
 * Bits past the last bar are 0.
 */
export type Mask = Uint32Array;

export function maskWords(bars: number): number {
  return (bars + 31) >>> 5;
}

export function maskBit(mask: Mask, bar: number): boolean {
  return ((mask[bar >>> 5] >>> (bar & 31)) & 1) === 1;
}
