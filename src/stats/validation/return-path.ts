/** What a sequence of returns comes to. */
export interface PathStatistics {
  readonly total_return: Float64Array;
  /** Annualised, of the excess over the risk-free return; 0 where nothing varies. */
  readonly sharpe: Float64Array;
  readonly max_drawdown: Float64Array;
}

export interface Annual {
  readonly barsPerYear: number;
  /** Annual fraction, 0 unless given. */
  readonly riskFreeReturn?: number;
}

export function pathStatistics(count: number): PathStatistics {
  const column = () => new Float64Array(count);
  return { total_return: column(), sharpe: column(), max_drawdown: column() };
}

/** Whether every return is finite and above -1, and there are two of them: else there is no path to draw from. */
export function isPath(returns: Float64Array): boolean {
  for (let i = 0; i < returns.length; i++) {
    const r = returns[i];
    if (!(r > -1 && r < Number.POSITIVE_INFINITY)) return false;
  }
  return returns.length >= 2;
}

/** Stretches of a series that goes around: a stretch costs its length for the drawdown and one look-up for the sums. */
export class ReturnPath {
  private readonly logs: Float64Array;
  private readonly sums: Float64Array;
  private readonly squares: Float64Array;
  private readonly bars: number;

  constructor(returns: Float64Array) {
    const n = returns.length;
    this.bars = n;
    this.logs = new Float64Array(2 * n);
    this.sums = new Float64Array(2 * n + 1);
    this.squares = new Float64Array(2 * n + 1);
    for (let i = 0; i < 2 * n; i++) {
      const r = returns[i < n ? i : i - n];
      this.logs[i] = Math.log1p(r);
      this.sums[i + 1] = this.sums[i] + r;
      this.squares[i + 1] = this.squares[i] + r * r;
    }
  }

  /** Writes what blocks of the series, one after the other, come to at index k; none is longer than the series. */
  measure(blocks: Blocks, into: PathStatistics, k: number, annual: Annual): void {
    const { logs, sums, squares } = this;
    const { starts, lengths, count } = blocks;
    let level = 0;
    let peak = 0;
    let worst = 0;
    let sum = 0;
    let square = 0;
    for (let b = 0; b < count; b++) {
      const start = starts[b];
      const end = start + lengths[b];
      for (let i = start; i < end; i++) {
        level += logs[i];
        if (level > peak) peak = level;
        else if (peak - level > worst) worst = peak - level;
      }
      sum += sums[end] - sums[start];
      square += squares[end] - squares[start];
    }
    into.total_return[k] = Math.expm1(level);
    into.max_drawdown[k] = -Math.expm1(-worst);
    into.sharpe[k] = sharpeOf(sum, square, this.bars, annual);
  }
}

/** Of the first `count` blocks the first bar and the bars. */
interface Blocks {
  readonly count: number;
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
}

/** Writes what returns come to in their own order at index k. */
export function measurePath(
  returns: Float64Array,
  into: PathStatistics,
  k: number,
  annual: Annual,
): void {
  let equity = 1;
  let peak = 1;
  let kept = 1;
  let floor = 1;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < returns.length; i++) {
    const r = returns[i];
    equity *= 1 + r;
    sum += r;
    squares += r * r;
    if (equity > peak) {
      peak = equity;
      floor = kept * peak;
    } else if (equity < floor) {
      kept = equity / peak;
      floor = equity;
    }
  }
  into.total_return[k] = equity - 1;
  into.max_drawdown[k] = 1 - kept;
  into.sharpe[k] = sharpeOf(sum, squares, returns.length, annual);
}

/** Of Σ r², what rounding may leave of a variance that is none. */
const ROUNDING = 1e-12;

/** From Σ r and Σ r² of n returns. */
export function sharpeOf(sum: number, squares: number, n: number, annual: Annual): number {
  const mean = sum / n;
  const variation = squares - n * mean * mean;
  if (!(variation > ROUNDING * squares)) return 0;
  const excess = mean - (annual.riskFreeReturn ?? 0) / annual.barsPerYear;
  return (excess / Math.sqrt(variation / (n - 1))) * Math.sqrt(annual.barsPerYear);
}
