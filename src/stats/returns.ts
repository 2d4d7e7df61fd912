import { AssetReturns, DOWNSIDE, EXCESS, GAINS, LOSSES, SQUARES, SUMS } from "./asset-returns.ts";
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

/** Stretches of bars on which equity is wholly in the asset, and so has its returns. */
export interface Invested {
  /** Close per bar of the dataset. */
  readonly close: Float64Array;
  /** Dataset bars `from`, `to` (exclusive) of one stretch after the other, in order. */
  readonly stretches: Int32Array;
}

/**
 * Reduces equity, one value per bar, to the sums that the ratios are made of; r of the first bar is against `cash`.
 *
 *     blocks of 1,024 dataset bars: stretches invested (differences of running sums) | other bars (one by one) → joined by TwoSum
 *
 * @param firstBar dataset index of `equity[0]`, which decides where blocks begin
 * @param rf risk-free return per bar
 */
export function sumReturns(
  equity: Float64Array,
  cash: number,
  firstBar: number,
  rf: number,
  invested: Invested | null = null,
): ReturnSums {
  const { length } = equity;
  const end = firstBar + length;
  const block = new BlockReturns(equity, cash, firstBar, rf);
  const asset = invested === null ? null : new AssetReturns(invested.close, rf);
  const stretches = invested?.stretches ?? NONE;
  let next = 0;
  let ruined = false;
  for (let from = firstBar; from < end && !ruined; ) {
    const number = Math.floor(from / BLOCK);
    const to = Math.min(end, (number + 1) * BLOCK);
    let bar = from;
    for (; next < stretches.length && stretches[next] < to && !ruined; next += 2) {
      const first = Math.max(bar, stretches[next]);
      const last = Math.min(to, stretches[next + 1]);
      ruined = !block.scan(bar, first);
      if (!ruined) {
        if (asset?.enter(number)) block.addStretch(asset, first, last);
        else ruined = !block.scan(first, last);
      }
      bar = last;
      if (stretches[next + 1] > to) break;
    }
    ruined ||= !block.scan(bar, to);
    block.join();
    from = to;
  }
  const [excess, gains, losses, squares, downside] = block.sums.totals();
  return { count: length, excess, gains, losses, squares, downside, ruined };
}

const NONE = new Int32Array(0);

/**
 * The sums of one block. Σ x is compensated (TwoSum). The other sums have no negative terms and lose less than
 * 1,024 roundings. A flat bar's excess is -rf; the flat ones are added once, so that who skips flat bars gets
 * the same bits.
 */
class BlockReturns {
  readonly sums = new BlockSums(SUMS);
  /** The block's sums, then the error term of Σ x, the count of flat bars and the equity before what is added next. */
  private readonly block = new Float64Array(SUMS + 3);

  constructor(
    private readonly equity: Float64Array,
    private readonly cash: number,
    private readonly firstBar: number,
    private readonly rf: number,
  ) {}

  /** Adds the dataset bars `from` to before `to` one by one; false where equity is gone. */
  scan(from: number, to: number): boolean {
    if (from >= to) return true;
    const { block, equity, firstBar } = this;
    block[BEFORE] = from === firstBar ? this.cash : equity[from - firstBar - 1];
    return addBars(block, equity, from - firstBar, to - firstBar, this.rf);
  }

  addStretch(asset: AssetReturns, from: number, to: number): void {
    const { block } = this;
    const x = asset.over(EXCESS, from, to);
    const sum = block[EXCESS] + x;
    const b = sum - block[EXCESS];
    block[LOW] += block[EXCESS] - (sum - b) + (x - b);
    block[EXCESS] = sum;
    for (let k = GAINS; k <= DOWNSIDE; k++) block[k] += asset.over(k, from, to);
  }

  /** Ends the block. */
  join(): void {
    const { block, sums, rf } = this;
    const flat = block[FLAT];
    const loss = Math.max(rf, 0);
    sums.join(EXCESS, block[EXCESS], block[LOW] - flat * rf);
    sums.join(GAINS, block[GAINS], flat * (loss - rf));
    sums.join(LOSSES, block[LOSSES], flat * loss);
    sums.join(SQUARES, block[SQUARES], 0);
    sums.join(DOWNSIDE, block[DOWNSIDE], flat * (loss * loss));
    block.fill(0);
  }
}

const LOW = SUMS;
const FLAT = SUMS + 1;
const BEFORE = SUMS + 2;

/** In locals: fields would be read and written per bar, and a number from one would be boxed on each. */
function addBars(
  block: Float64Array,
  equity: Float64Array,
  from: number,
  to: number,
  rf: number,
): boolean {
  let excess = block[EXCESS];
  let excessLow = block[LOW];
  let gains = block[GAINS];
  let losses = block[LOSSES];
  let squares = block[SQUARES];
  let downside = block[DOWNSIDE];
  let flat = 0;
  let previous = block[BEFORE];
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
  block[EXCESS] = excess;
  block[LOW] = excessLow;
  block[GAINS] = gains;
  block[LOSSES] = losses;
  block[SQUARES] = squares;
  block[DOWNSIDE] = downside;
  block[FLAT] += flat;
  return i === to;
}
