/** Splits of the bars, and so C(16, 8) = 12,870 ways to choose half of them. */
const DEFAULT_SPLITS = 16;
const MAX_SPLITS = 20;

export interface OverfittingOptions {
  /** Even number of parts of the sample, from 2 to 20; 16 unless given. */
  readonly splits?: number;
}

export interface Overfitting {
  readonly trials: number;
  readonly splits: number;
  readonly combinations: number;
  /** Probability that the trial which is best in sample is below the median out of sample. */
  readonly probability: number;
  /** Logit of its relative rank out of sample, for each combination. */
  readonly logits: Float64Array;
  /** Sharpe ratio per bar of the best in sample, there and out of sample, for each combination. */
  readonly in_sample: Float64Array;
  readonly out_of_sample: Float64Array;
  /** Of the regression out of sample on in sample; null where in sample does not vary. */
  readonly degradation: { readonly slope: number; readonly intercept: number } | null;
  /** Share of the combinations whose best in sample lost money out of sample. */
  readonly probability_of_loss: number;
}

/**
 * Probability of backtest overfitting by combinatorially symmetric cross-validation
 * (Bailey, Borwein, López de Prado and Zhu, The Probability of Backtest Overfitting, Journal of Computational
 * Finance 20, 2017, §2), with the Sharpe ratio as performance. Bars that do not fill a part are left out at the
 * start. Trials that are equal out of sample share their ranks.
 * @param returns one series per trial, of one length
 * @returns null for fewer than two trials, fewer than two bars per part, or na among the returns
 * @throws RangeError where splits is not an even number in range, or the lengths differ
 */
export function overfittingProbability(
  returns: readonly Float64Array[],
  options: OverfittingOptions = {},
): Overfitting | null {
  const { splits = DEFAULT_SPLITS } = options;
  if (!(Number.isInteger(splits / 2) && splits >= 2 && splits <= MAX_SPLITS)) {
    throw new RangeError(`splits is an even number from 2 to ${MAX_SPLITS}, not ${splits}`);
  }
  const bars = lengthOf(returns);
  const size = Math.floor(bars / splits);
  if (returns.length < 2 || size < 2) return null;
  const halves = new HalfSums(returns, splits, size);
  if (!halves.finite) return null;
  return crossValidate(halves, returns.length, splits, (size * splits) / 2);
}

/** @throws RangeError where they differ */
export function lengthOf(series: readonly Float64Array[]): number {
  const length = series[0]?.length ?? 0;
  if (series.some((each) => each.length !== length)) {
    throw new RangeError("the trials' returns differ in length");
  }
  return length;
}

function crossValidate(
  halves: HalfSums,
  trials: number,
  splits: number,
  bars: number,
): Overfitting {
  const subsets = halvesOf(splits);
  const column = () => new Float64Array(subsets.length);
  const [logits, inSample, outOfSample] = [column(), column(), column()];
  const scores = new Float64Array(trials);
  const all = 2 ** splits - 1;
  subsets.forEach((subset, k) => {
    halves.sharpes(subset, bars, scores);
    const best = indexOfMax(scores);
    inSample[k] = scores[best];
    halves.sharpes(all ^ subset, bars, scores);
    outOfSample[k] = scores[best];
    const rank = relativeRank(scores, best);
    logits[k] = Math.log(rank / (1 - rank));
  });
  const share = (values: Float64Array, holds: (value: number) => boolean) =>
    values.reduce((count, value) => count + (holds(value) ? 1 : 0), 0) / values.length;
  return {
    trials,
    splits,
    combinations: subsets.length,
    probability: share(logits, (logit) => logit <= 0),
    logits,
    in_sample: inSample,
    out_of_sample: outOfSample,
    degradation: regression(inSample, outOfSample),
    probability_of_loss: share(outOfSample, (value) => value < 0),
  };
}

/** Every way to choose half of the parts, as bits, ascending. */
function halvesOf(splits: number): number[] {
  const subsets: number[] = [];
  for (let bits = 0; bits < 2 ** splits; bits++) {
    if (countOfBits(bits) === splits / 2) subsets.push(bits);
  }
  return subsets;
}

function countOfBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

function indexOfMax(values: Float64Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

/** Rank over trials + 1, from the worst; strictly between 0 and 1. */
function relativeRank(scores: Float64Array, trial: number): number {
  let below = 0;
  let equal = 0;
  for (const score of scores) {
    if (score < scores[trial]) below++;
    else if (score === scores[trial]) equal++;
  }
  return (below + (equal + 1) / 2) / (scores.length + 1);
}

function regression(x: Float64Array, y: Float64Array): Overfitting["degradation"] {
  const mean = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const xx = x.reduce((sum, value) => sum + (value - mx) ** 2, 0);
  if (!(xx > 1e-24 * mx * mx * x.length)) return null;
  const slope = x.reduce((sum, value, i) => sum + (value - mx) * (y[i] - my), 0) / xx;
  return { slope, intercept: my - slope * mx };
}

/**
 * Σ r and Σ r² of every trial over any choice of parts, by two look-ups: all choices among the first and among the
 * second half of the parts are summed beforehand.
 */
class HalfSums {
  readonly finite: boolean;
  private readonly low: number;
  /** Per trial, pairs of sums for each subset of the parts of a half. */
  private readonly tables: readonly [Float64Array, Float64Array];

  private readonly trials: number;

  constructor(returns: readonly Float64Array[], splits: number, size: number) {
    this.low = splits / 2;
    this.trials = returns.length;
    const first = returns[0].length - size * splits;
    const parts = returns.map((r) => partSums(r, first, size, splits));
    this.finite = parts.every((sums) => sums.every(Number.isFinite));
    const middle = 2 * this.low;
    this.tables = [
      subsetSums(parts.map((sums) => sums.subarray(0, middle))),
      subsetSums(parts.map((sums) => sums.subarray(middle))),
    ];
  }

  /** Writes the Sharpe ratio per bar of each trial over the chosen parts; 0 where returns do not vary. */
  sharpes(subset: number, bars: number, into: Float64Array): void {
    const { trials } = this;
    const mask = 2 ** this.low - 1;
    const [first, second] = this.tables;
    const a = 2 * trials * (subset & mask);
    const b = 2 * trials * (subset >>> this.low);
    for (let k = 0; k < trials; k++) {
      const sum = first[a + 2 * k] + second[b + 2 * k];
      const squares = first[a + 2 * k + 1] + second[b + 2 * k + 1];
      const mean = sum / bars;
      const variation = squares - bars * mean * mean;
      into[k] = variation > 1e-12 * squares ? mean / Math.sqrt(variation / (bars - 1)) : 0;
    }
  }
}

/** Σ r and Σ r² of each part. */
function partSums(r: Float64Array, first: number, size: number, splits: number): Float64Array {
  const sums = new Float64Array(2 * splits);
  for (let i = first; i < r.length; i++) {
    const part = Math.floor((i - first) / size);
    sums[2 * part] += r[i];
    sums[2 * part + 1] += r[i] * r[i];
  }
  return sums;
}

/** For each subset of parts, then each trial: the pair of sums. */
function subsetSums(parts: readonly Float64Array[]): Float64Array {
  const trials = parts.length;
  const count = parts[0].length / 2;
  const table = new Float64Array(2 * trials * 2 ** count);
  for (let subset = 1; subset < 2 ** count; subset++) {
    const lowest = 31 - Math.clz32(subset & -subset);
    const from = 2 * trials * (subset & (subset - 1));
    const to = 2 * trials * subset;
    for (let k = 0; k < trials; k++) {
      table[to + 2 * k] = table[from + 2 * k] + parts[k][2 * lowest];
      table[to + 2 * k + 1] = table[from + 2 * k + 1] + parts[k][2 * lowest + 1];
    }
  }
  return table;
}
