import { BLOCK, BlockSums } from "./block-sum.ts";

/** Sums over the bar returns r of an equity curve, and their excess x = r - rf. */
export interface ReturnSums {
  readonly count: number;
  /** Σ max(x, 0) */
  readonly gains: number;
  /** Σ max(-x, 0) */
  readonly losses: number;
  /** Σ r² */
  readonly squares: number;
  /** Σ min(x, 0)² */
  readonly downside: number;
  /** Whether equity fell to 0 or below; the sums then end there. */
  readonly ruined: boolean;
}

/**
 * Reduces equity, one value per bar, to the sums that the ratios are made of; r of the first bar is against `cash`.
 * Σ x is gains - losses.
 * @param firstBar dataset index of `equity[0]`, which decides where blocks begin
 * @param rf risk-free return per bar
 */
export function sumReturns(
  equity: Float64Array,
  cash: number,
  firstBar: number,
  rf: number,
): ReturnSums {
  const { length } = equity;
  const sums = new BlockSums(4);
  let ruined = false;
  for (let from = 0; from < length && !ruined; ) {
    const to = Math.min(length, from + BLOCK - ((firstBar + from) % BLOCK));
    ruined = !addBlock(sums, equity, from, to, from === 0 ? cash : equity[from - 1], rf);
    from = to;
  }
  const [gains, losses, squares, downside] = sums.totals();
  return { count: length, gains, losses, squares, downside, ruined };
}

/**
 * One block, each sum compensated (TwoSum) in locals: fields would box every number.
 * A flat bar's excess is -rf; the flat ones are added once, so that who skips flat bars gets the same bits.
 * @returns false where equity is gone
 */
function addBlock(
  sums: BlockSums,
  equity: Float64Array,
  from: number,
  to: number,
  before: number,
  rf: number,
): boolean {
  let gains = 0;
  let gainsLow = 0;
  let losses = 0;
  let lossesLow = 0;
  let squares = 0;
  let squaresLow = 0;
  let downside = 0;
  let downsideLow = 0;
  let flat = 0;
  let previous = before;
  let i = from;
  for (; i < to; i++) {
    const now = equity[i];
    if (now === previous) {
      flat++;
      continue;
    }
    if (now <= 0) break;
    const r = (now - previous) / previous;
    previous = now;
    const x = r - rf;
    const size = Math.abs(x);
    // Halves of |x| ± x are max and min without a branch, and exact.
    const gain = (size + x) * 0.5;
    const loss = (size - x) * 0.5;
    const square = r * r;
    const lossSquare = loss * loss;

    let sum = gains + gain;
    let b = sum - gains;
    gainsLow += gains - (sum - b) + (gain - b);
    gains = sum;

    sum = losses + loss;
    b = sum - losses;
    lossesLow += losses - (sum - b) + (loss - b);
    losses = sum;

    sum = squares + square;
    b = sum - squares;
    squaresLow += squares - (sum - b) + (square - b);
    squares = sum;

    sum = downside + lossSquare;
    b = sum - downside;
    downsideLow += downside - (sum - b) + (lossSquare - b);
    downside = sum;
  }
  if (rf < 0) gainsLow -= flat * rf;
  else {
    lossesLow += flat * rf;
    downsideLow += flat * (rf * rf);
  }
  sums.join(0, gains, gainsLow);
  sums.join(1, losses, lossesLow);
  sums.join(2, squares, squaresLow);
  sums.join(3, downside, downsideLow);
  return i === to;
}
