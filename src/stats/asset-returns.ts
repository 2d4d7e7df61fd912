import { BLOCK } from "./block-sum.ts";

/** Sums over bar returns r and their excess x = r - rf, in the order of `ReturnSums`. */
export const SUMS = 5;
export const EXCESS = 0;
export const GAINS = 1;
export const LOSSES = 2;
export const SQUARES = 3;
export const DOWNSIDE = 4;

/**
 * Running sums of the asset's own bar returns (mark - mark before) / mark before, one block of 1,024 absolute
 * bars at a time; mark: the last defined close. An account that is wholly in the asset has these returns, so
 * that its sums over a stretch of bars are two differences.
 */
export class AssetReturns {
  /** Sum `k` over the block's bars before its bar `j` is at k × (BLOCK + 1) + j. */
  readonly running = new Float64Array(SUMS * (BLOCK + 1));
  private readonly close: Float64Array;
  private readonly rf: number;
  private block = -1;
  private usable = false;

  /** @param rf risk-free return per bar */
  constructor(close: Float64Array, rf: number) {
    this.close = close;
    this.rf = rf;
  }

  /**
   * Makes the running sums those of a block.
   * @returns false where the block holds a mark that is not positive, and so no return
   */
  enter(block: number): boolean {
    if (block === this.block) return this.usable;
    this.block = block;
    const from = block * BLOCK;
    const { close } = this;
    const before = lastDefined(close, from - 1);
    const to = Math.min(close.length, from + BLOCK);
    this.usable = addRunning(this.running, close, from, to, before, this.rf);
    return this.usable;
  }

  /** Sum `k` over the bars `from` to before `to` of the block entered, absolute. */
  over(k: number, from: number, to: number): number {
    const at = k * (BLOCK + 1) - this.block * BLOCK;
    return this.running[at + to] - this.running[at + from];
  }
}

/** The last defined value up to `bar`, NaN where there is none. */
function lastDefined(close: Float64Array, bar: number): number {
  let at = bar;
  while (at >= 0 && Number.isNaN(close[at])) at--;
  return at < 0 ? Number.NaN : close[at];
}

/** The running sum of x is compensated (TwoSum), as it is small beside the terms that cancel in it. */
function addRunning(
  running: Float64Array,
  close: Float64Array,
  from: number,
  to: number,
  before: number,
  rf: number,
): boolean {
  const width = BLOCK + 1;
  let mark = before;
  let excess = 0;
  let excessLow = 0;
  let gains = 0;
  let losses = 0;
  let squares = 0;
  let downside = 0;
  let positive = true;
  for (let i = from; i < to; i++) {
    const price = close[i];
    let r = 0;
    if (!Number.isNaN(price)) {
      // Nothing is held before the first mark.
      if (!Number.isNaN(mark)) r = (price - mark) / mark;
      mark = price;
      if (price <= 0) positive = false;
    }
    const x = r - rf;
    const sum = excess + x;
    const b = sum - excess;
    excessLow += excess - (sum - b) + (x - b);
    excess = sum;
    const loss = (Math.abs(x) - x) * 0.5;
    gains += x + loss;
    losses += loss;
    squares += r * r;
    downside += loss * loss;
    const at = i - from + 1;
    running[EXCESS * width + at] = excess + excessLow;
    running[GAINS * width + at] = gains;
    running[LOSSES * width + at] = losses;
    running[SQUARES * width + at] = squares;
    running[DOWNSIDE * width + at] = downside;
  }
  return positive && !(before <= 0);
}
