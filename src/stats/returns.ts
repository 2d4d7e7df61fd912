import { BLOCK, BlockSum } from "./block-sum.ts";

/** Sums over the bar returns r of an equity curve, and their excess x = r - rf. */
export interface ReturnSums {
  readonly count: number;
  /** Σ r */
  readonly sum: number;
  /** Σ r² */
  readonly squares: number;
  /** Σ max(x, 0) */
  readonly gains: number;
  /** Σ max(-x, 0) */
  readonly losses: number;
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
  const sum = new BlockSum();
  const squares = new BlockSum();
  const gains = new BlockSum();
  const losses = new BlockSum();
  const downside = new BlockSum();
  const sums = [sum, squares, gains, losses, downside];
  const { length } = equity;
  let previous = cash;
  let ruined = false;

  for (let from = 0; from < length && !ruined; ) {
    const to = Math.min(length, from + BLOCK - ((firstBar + from) % BLOCK));
    let flat = 0;
    for (let i = from; i < to; i++) {
      const now = equity[i];
      if (now === previous) {
        flat++;
        continue;
      }
      if (now <= 0) {
        ruined = true;
        break;
      }
      const r = (now - previous) / previous;
      previous = now;
      const x = r - rf;
      const size = Math.abs(x);
      // Halves of x ± |x| are max and min without a branch, and exact.
      const loss = (size - x) * 0.5;
      sum.add(r);
      squares.add(r * r);
      gains.add((size + x) * 0.5);
      losses.add(loss);
      downside.add(loss * loss);
    }
    // A flat bar's excess is -rf: added once per block, so that who skips flat bars gets the same bits.
    if (rf > 0) {
      losses.add(flat * rf);
      downside.add(flat * (rf * rf));
    } else if (rf < 0) {
      gains.add(flat * -rf);
    }
    for (const each of sums) each.join();
    from = to;
  }
  return {
    count: length,
    sum: sum.total,
    squares: squares.total,
    gains: gains.total,
    losses: losses.total,
    downside: downside.total,
    ruined,
  };
}
