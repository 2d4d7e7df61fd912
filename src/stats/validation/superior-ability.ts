import { type BlockOptions, BlockSequence, blockLengthOf } from "./block-draw.ts";
import { lengthOf } from "./overfitting.ts";
import { Random } from "./random.ts";
import { type ResamplingOptions, resampling } from "./resampling.ts";

export interface SuperiorAbilityOptions extends ResamplingOptions, BlockOptions {}

export interface SuperiorAbility {
  readonly trials: number;
  readonly bars: number;
  readonly resamples: number;
  readonly seed: number;
  readonly block_length: number;
  /** Index of the trial with the greatest studentised mean. */
  readonly best: number;
  /** Probability that the best of trials without skill has a mean as great (White). */
  readonly reality_check: number;
  /** The same, studentised (Hansen): conservative, consistent and liberal choice of the trials that count. */
  readonly spa: { readonly upper: number; readonly consistent: number; readonly lower: number };
}

const NEGLIGIBLE = 1e-10;

/**
 * White's reality check (A Reality Check for Data Snooping, Econometrica 68, 2000) and Hansen's test of superior
 * predictive ability (A Test for Superior Predictive Ability, Journal of Business & Economic Statistics 23, 2005)
 * of the hypothesis that no trial beats the benchmark. A trial whose excess does not vary is left out.
 * @param excess return over the benchmark's, one series per trial, of one length
 * @returns null where fewer than two bars or no trial that varies is left, or one is na
 */
export function superiorAbility(
  excess: readonly Float64Array[],
  options: SuperiorAbilityOptions = {},
): SuperiorAbility | null {
  const { resamples, seed } = resampling(options);
  const bars = lengthOf(excess);
  if (bars < 2) return null;
  const length = blockLengthOf(options, () => averageOf(excess, bars), bars);
  const weights = lagWeights(bars, length);
  const known = excess.map((series, trial) => ({ trial, ...momentsOf(series, weights) }));
  if (!known.every(({ mean, deviation }) => Number.isFinite(mean + deviation))) return null;
  const varying = known.filter(({ deviation }) => deviation > 0);
  if (varying.length === 0) return null;
  const sums = new CircularSums(varying.map(({ trial }) => excess[trial]));
  const blocks = new BlockSequence(options.scheme ?? "stationary", length, bars);
  const tally = new Tally(varying, bars);
  const random = new Random(seed);
  for (let k = 0; k < resamples; k++) {
    sums.start();
    blocks.draw(random);
    for (let b = 0; b < blocks.count; b++) sums.add(blocks.starts[b], blocks.lengths[b]);
    tally.take(sums.totals);
  }
  return {
    trials: excess.length,
    bars,
    resamples,
    seed,
    block_length: length,
    best: varying[tally.best].trial,
    ...tally.pValues(resamples),
  };
}

interface Moments {
  readonly mean: number;
  /** Of √n · mean under the bootstrap. */
  readonly deviation: number;
}

function averageOf(series: readonly Float64Array[], bars: number): Float64Array {
  const average = new Float64Array(bars);
  for (const each of series) for (let i = 0; i < bars; i++) average[i] += each[i] / series.length;
  return average;
}

/** Mean, and its deviation under the stationary bootstrap. */
function momentsOf(series: Float64Array, weights: ReadonlyMap<number, number>): Moments {
  const mean = series.reduce((sum, x) => sum + x, 0) / series.length;
  const off = series.map((x) => x - mean);
  let variance = lagged(off, 0);
  const floor = 1e-24 * mean * mean;
  for (const [lag, weight] of weights) variance += 2 * weight * lagged(off, lag);
  return { mean, deviation: variance > floor ? Math.sqrt(variance) : 0 };
}

/** What each autocovariance counts for in that deviation, if anything (Politis and Romano 1994, lemma 1). */
function lagWeights(n: number, length: number): Map<number, number> {
  const keep = 1 - 1 / length;
  const weights = new Map<number, number>();
  for (let lag = 1; lag < n; lag++) {
    const weight = ((n - lag) * keep ** lag + lag * keep ** (n - lag)) / n;
    if (weight > NEGLIGIBLE) weights.set(lag, weight);
  }
  return weights;
}

function lagged(off: Float64Array, lag: number): number {
  let sum = 0;
  for (let i = lag; i < off.length; i++) sum += off[i] * off[i - lag];
  return sum / off.length;
}

/** Sums of all series over stretches of a circle of bars: rows of running sums, so that a stretch is two rows. */
class CircularSums {
  readonly totals: Float64Array;
  private readonly running: Float64Array;
  private readonly width: number;
  private readonly bars: number;

  constructor(series: readonly Float64Array[]) {
    this.width = series.length;
    this.bars = series[0].length;
    this.totals = new Float64Array(this.width);
    this.running = new Float64Array(this.width * (this.bars + 1));
    for (let i = 0; i < this.bars; i++) {
      const row = i * this.width;
      for (let k = 0; k < this.width; k++) {
        this.running[row + this.width + k] = this.running[row + k] + series[k][i];
      }
    }
  }

  start(): void {
    this.totals.fill(0);
  }

  add(start: number, length: number): void {
    const end = start + length;
    if (end <= this.bars) {
      this.span(start, end);
    } else {
      this.span(start, this.bars);
      this.span(0, end - this.bars);
    }
  }

  private span(from: number, to: number): void {
    const { width, running, totals } = this;
    const a = from * width;
    const b = to * width;
    for (let k = 0; k < width; k++) totals[k] += running[b + k] - running[a + k];
  }
}

/** Compares the greatest statistic of each resample with that of the data. */
class Tally {
  readonly best: number;
  private readonly observed: { readonly plain: number; readonly studentised: number };
  private readonly counts = { plain: 0, upper: 0, consistent: 0, lower: 0 };
  /** What is taken off each resampled mean. */
  private readonly centres: readonly { upper: number; consistent: number; lower: number }[];

  constructor(
    private readonly moments: readonly Moments[],
    private readonly bars: number,
  ) {
    const root = Math.sqrt(bars);
    const t = moments.map(({ mean, deviation }) => (root * mean) / deviation);
    this.best = t.reduce((best, value, k) => (value > t[best] ? k : best), 0);
    this.observed = {
      plain:
        root * moments.reduce((most, { mean }) => Math.max(most, mean), Number.NEGATIVE_INFINITY),
      studentised: Math.max(0, t[this.best]),
    };
    const threshold = -Math.sqrt(2 * Math.log(Math.log(Math.max(bars, 3))));
    this.centres = moments.map(({ mean }, k) => ({
      upper: mean,
      consistent: t[k] >= threshold ? mean : 0,
      lower: Math.max(0, mean),
    }));
  }

  take(totals: Float64Array): void {
    const root = Math.sqrt(this.bars);
    let plain = Number.NEGATIVE_INFINITY;
    let upper = 0;
    let consistent = 0;
    let lower = 0;
    for (let k = 0; k < totals.length; k++) {
      const mean = totals[k] / this.bars;
      const centre = this.centres[k];
      const scale = root / this.moments[k].deviation;
      plain = Math.max(plain, root * (mean - centre.upper));
      upper = Math.max(upper, scale * (mean - centre.upper));
      consistent = Math.max(consistent, scale * (mean - centre.consistent));
      lower = Math.max(lower, scale * (mean - centre.lower));
    }
    const { counts, observed } = this;
    if (plain >= observed.plain) counts.plain++;
    if (upper >= observed.studentised) counts.upper++;
    if (consistent >= observed.studentised) counts.consistent++;
    if (lower >= observed.studentised) counts.lower++;
  }

  /** The data counts as one more resample. */
  pValues(resamples: number): Pick<SuperiorAbility, "reality_check" | "spa"> {
    const p = (count: number) => (count + 1) / (resamples + 1);
    const { plain, upper, consistent, lower } = this.counts;
    return {
      reality_check: p(plain),
      spa: { upper: p(upper), consistent: p(consistent), lower: p(lower) },
    };
  }
}
