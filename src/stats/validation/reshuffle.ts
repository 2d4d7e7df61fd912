import { sortedQuantile } from "../analysis/quantile.ts";
import { Random, shuffle } from "./random.ts";
import {
  percentileInterval,
  type ResampledInterval,
  type ResamplingOptions,
  resampling,
} from "./resampling.ts";

export interface ReshuffleOptions extends ResamplingOptions {
  readonly cash: number;
  /** Draw trades with replacement, a bootstrap, instead of reordering them. */
  readonly replace?: boolean;
  /** `money`: a trade adds its profit; `fraction`: it multiplies equity by 1 + its share of equity. */
  readonly unit?: "money" | "fraction";
  /** Ruin is equity at or below this share of the starting cash; 0 unless given. */
  readonly ruinLevel?: number;
  /** Points of the equity bands, at most 1,000; 50 unless given. */
  readonly points?: number;
}

export interface Reshuffle {
  readonly resamples: number;
  readonly seed: number;
  readonly confidence: number;
  readonly final_equity: ResampledInterval;
  /** Over the trades' equity, the starting cash included. */
  readonly max_drawdown: ResampledInterval;
  /** Longest run of trades that lost. */
  readonly losing_streak: ResampledInterval;
  /** Share of the resampled sequences that were ruined on the way. */
  readonly probability_of_ruin: number;
  /** Equity after some trades: quantiles over the sequences. */
  readonly bands: readonly EquityBand[];
}

export interface EquityBand {
  /** Trades so far. */
  readonly trade: number;
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

const FINAL = 0;
const DEPTH = 1;
const STREAK = 2;
const RUINED = 3;
/** Far more than what rounding makes of a quotient of equity. */
const SLACK = 1e-12;

/**
 * Monte-Carlo reshuffling of a run's trades: their order, which was one of many, decides drawdown and streaks
 * (Pardo, The Evaluation and Optimization of Trading Strategies, 2008, chapter 12; resampling in random order after
 * Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 15).
 * @param results of the closed trades, money or fractions of equity (`unit`)
 * @returns null without trades, or where one is not finite
 */
export function reshuffleTrades(
  results: Float64Array,
  options: ReshuffleOptions,
): Reshuffle | null {
  const { resamples, seed, confidence } = resampling(options);
  const { points = 50, replace = false } = options;
  if (!(Number.isInteger(points) && points >= 1 && points <= 1000)) {
    throw new RangeError("the bands have from 1 to 1,000 points");
  }
  if (results.length === 0 || !results.every(Number.isFinite)) return null;
  const marks = marksOf(results.length, points);
  const fan = marks.map(() => new Float64Array(resamples));
  const found = [FINAL, DEPTH, STREAK].map(() => new Float64Array(resamples));
  const random = new Random(seed);
  const drawn = results.slice();
  let ruined = 0;
  for (let k = 0; k < resamples; k++) {
    draw(results, drawn, replace, random);
    const outcome = walk(
      drawn,
      options,
      (mark, equity) => {
        fan[mark][k] = equity;
      },
      marks,
    );
    for (const name of [FINAL, DEPTH, STREAK]) found[name][k] = outcome[name];
    ruined += outcome[RUINED];
  }
  const observed = walk(results, options, () => {}, []);
  const interval = (name: number) => percentileInterval(observed[name], found[name], confidence);
  const tail = (1 - confidence) / 2;
  return {
    resamples,
    seed,
    confidence,
    final_equity: interval(FINAL),
    max_drawdown: interval(DEPTH),
    losing_streak: interval(STREAK),
    probability_of_ruin: ruined / resamples,
    bands: marks.map((trade, mark) => bandOf(trade, fan[mark].sort(), tail)),
  };
}

/** Numbers of trades, evenly over the run, the last one included. */
function marksOf(trades: number, points: number): number[] {
  const count = Math.min(trades, points);
  return Array.from({ length: count }, (_, k) => Math.round(((k + 1) * trades) / count));
}

function bandOf(trade: number, sorted: Float64Array, tail: number): EquityBand {
  const at = (q: number) => sortedQuantile(sorted, q);
  return { trade, low: at(tail), median: at(0.5), high: at(1 - tail) };
}

function draw(from: Float64Array, into: Float64Array, replace: boolean, random: Random): void {
  if (replace) for (let i = 0; i < into.length; i++) into[i] = from[random.below(from.length)];
  else shuffle(into, random);
}

/** Final equity, depth, longest losing streak, and whether it was ruined. */
function walk(
  results: Float64Array,
  { cash, unit = "money", ruinLevel = 0 }: ReshuffleOptions,
  report: (mark: number, equity: number) => void,
  marks: readonly number[],
): [number, number, number, number] {
  const inMoney = unit === "money";
  const ruin = ruinLevel * cash;
  let equity = cash;
  let peak = cash;
  let depth = 0;
  let streak = 0;
  let longest = 0;
  let ruined = 0;
  let mark = 0;
  let next = marks[0] ?? 0;
  // Below it a drawdown may be the deepest: spares the others the division.
  let floor = (1 + SLACK) * peak;
  for (let i = 0; i < results.length; i++) {
    const result = results[i];
    equity += inMoney ? result : equity * result;
    if (equity > peak) {
      peak = equity;
      floor = (1 - depth + SLACK) * peak;
    } else if (equity < floor) {
      depth = Math.max(depth, 1 - equity / peak);
      floor = (1 - depth + SLACK) * peak;
    }
    // A mask in place of a branch: nothing foresees which trades lose.
    streak = (streak + 1) & -Number(result < 0);
    if (streak > longest) longest = streak;
    if (equity <= ruin) ruined = 1;
    if (i + 1 === next) {
      report(mark++, equity);
      next = marks[mark] ?? 0;
    }
  }
  return [equity, depth, longest, ruined];
}
