/** Bars per block of a reduction; blocks start at multiples of it, counted from the dataset's first bar. */
export const BLOCK = 1024;

/**
 * Compensated sums (TwoSum: Knuth, The Art of Computer Programming 2, §4.2.2, theorem B) of blocks, joined in order.
 * Whoever adds the same terms in the same blocks gets the same bits, and terms of 0 may be left out.
 */
export class BlockSums {
  private readonly high: Float64Array;
  private readonly low: Float64Array;

  constructor(count: number) {
    this.high = new Float64Array(count);
    this.low = new Float64Array(count);
  }

  /** Adds a block's own sum and its error term to sum `k`. */
  join(k: number, high: number, low: number): void {
    const a = this.high[k];
    const sum = a + high;
    const b = sum - a;
    this.low[k] += a - (sum - b) + (high - b) + low;
    this.high[k] = sum;
  }

  /** Rounded once. */
  totals(): number[] {
    return Array.from(this.high, (high, k) => high + this.low[k]);
  }
}
