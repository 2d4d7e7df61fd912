/** Bars per block of a reduction; blocks start at multiples of it, counted from the dataset's first bar. */
export const BLOCK = 1024;

/**
 * A compensated sum (TwoSum: Knuth, The Art of Computer Programming 2, §4.2.2, theorem B) in two levels:
 * `add` within a block, `join` at its end. Whoever adds the same terms in the same blocks gets the same bits,
 * and terms of 0 may be left out.
 */
export class BlockSum {
  private blockHigh = 0;
  private blockLow = 0;
  private high = 0;
  private low = 0;

  add(x: number): void {
    const a = this.blockHigh;
    const sum = a + x;
    const b = sum - a;
    this.blockLow += a - (sum - b) + (x - b);
    this.blockHigh = sum;
  }

  join(): void {
    const a = this.high;
    const x = this.blockHigh;
    const sum = a + x;
    const b = sum - a;
    this.low += a - (sum - b) + (x - b) + this.blockLow;
    this.high = sum;
    this.blockHigh = 0;
    this.blockLow = 0;
  }

  /** Rounded once; of the joined blocks. */
  get total(): number {
    return this.high + this.low;
  }
}
