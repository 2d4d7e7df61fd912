import { BLOCK, BlockSums } from "./block-sum.ts";

/** Sums over the bar returns r of an equity curve, and their excess x = r - rf. */
export interface ReturnSums {
  readonly count: number;
  /** Σ x, exact to the last bit or two: it is small beside the terms that cancel in it. */
  readonly excess: number;
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
  const sums = new BlockSums(5);
  let ruined = false;
  for (let from = 0; from < length && !ruined; ) {
    const to = Math.min(length, from + BLOCK - ((firstBar + from) % BLOCK));
    ruined = !addBlock(sums, equity, from, to, from === 0 ? cash : equity[from - 1], rf);
    from = to;
  }
  const [excess, gains, losses, squares, downside] = sums.totals();
  return { count: length, excess, gains, losses, squares, downside, ruined };
}

/**
 * One block. Σ x is compensated (TwoSum) in locals: fields would box every number. The other sums have no
 * negative terms and lose less than 1,024 roundings.
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
  let excess = 0;
  let excessLow = 0;
  let gains = 0;
  let losses = 0;
  let squares = 0;
  let downside = 0;
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
    const sum = excess + x;
    const b = sum - excess;
    excessLow += excess - (sum - b) + (x - b);
    excess = sum;
    // Half of |x| - x is max(-x, 0) without a branch, and exact.
    const loss = (Math.abs(x) - x) * 0.5;
    gains += x + loss;
    losses += loss;
    squares += r * r;
    downside += loss * loss;
  }
  const loss = Math.max(rf, 0);
  sums.join(0, excess, excessLow - flat * rf);
  sums.join(1, gains, flat * (loss - rf));
  sums.join(2, losses, flat * loss);
  sums.join(3, squares, 0);
  sums.join(4, downside, flat * (loss * loss));
  return i === to;
}
