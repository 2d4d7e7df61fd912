import type { PathIntervals } from "./bootstrap.ts";
import { Random, shuffle } from "./random.ts";
import {
  exceedance,
  percentileInterval,
  type ResampledInterval,
  type Resampling,
  type ResamplingOptions,
  resampling,
} from "./resampling.ts";
import {
  type Annual,
  isPath,
  measurePath,
  type PathStatistics,
  pathStatistics,
} from "./return-path.ts";

export interface PermutationOptions extends ResamplingOptions, Annual {}

/** Where a run's figures lie among those that its returns give by chance; the intervals are those of chance. */
export interface PermutationTest extends PathIntervals {
  /** Probability of a result at least as good under the null hypothesis. */
  readonly p_values: {
    readonly total_return: number;
    readonly sharpe: number;
    readonly max_drawdown: number;
  };
}

/** Writes returns of the null hypothesis. */
type Scramble = (into: Float64Array, random: Random) => void;

/**
 * Randomisation test by random signs (Fisher, The Design of Experiments, 1935, §21): under the null hypothesis each
 * bar's return is as likely as its opposite. It takes the bars for independent: where returns depend on each other
 * over many bars, give it daily ones.
 * @returns null where there are fewer than two returns, or one is not between -1 and 1
 */
export function signTest(
  returns: Float64Array,
  options: PermutationOptions,
): PermutationTest | null {
  if (!returns.every((r) => r < 1)) return null;
  // Looked up, since nothing foresees a branch on a random bit.
  const signed = new Float64Array(2 * returns.length);
  returns.forEach((r, i) => {
    signed[2 * i] = r;
    signed[2 * i + 1] = -r;
  });
  return permutationTest(returns, options, (into, random) => {
    let bits = 0;
    for (let i = 0; i < into.length; i++) {
      if ((i & 31) === 0) bits = random.bits();
      into[i] = signed[2 * i + (bits & 1)];
      bits >>>= 1;
    }
  });
}

export interface OrderTest extends Resampling {
  readonly max_drawdown: ResampledInterval;
  /** Probability of a drawdown no deeper in a random order. */
  readonly p_value: number;
}

/**
 * Interval of the drawdown when the bars come in random order: how much of it was the luck of the sequence. Total
 * return and Sharpe ratio do not depend on the order (Good 2005, §3.2).
 * @returns null where there are fewer than two returns, or one is not above -1
 */
export function orderTest(returns: Float64Array, options: PermutationOptions): OrderTest | null {
  const test = permutationTest(returns, options, (into, random) => {
    into.set(returns);
    shuffle(into, random);
  });
  if (test === null) return null;
  const { resamples, seed, confidence, max_drawdown, p_values } = test;
  return { resamples, seed, confidence, max_drawdown, p_value: p_values.max_drawdown };
}

function permutationTest(
  returns: Float64Array,
  options: PermutationOptions,
  scramble: Scramble,
): PermutationTest | null {
  const { resamples, seed, confidence } = resampling(options);
  if (!isPath(returns)) return null;
  const observed = pathStatistics(1);
  measurePath(returns, observed, 0, options);
  const found = pathStatistics(resamples);
  const random = new Random(seed);
  const drawn = new Float64Array(returns.length);
  for (let k = 0; k < resamples; k++) {
    scramble(drawn, random);
    measurePath(drawn, found, k, options);
  }
  const calm = found.max_drawdown.map((depth) => -depth);
  const interval = (name: keyof PathStatistics) =>
    percentileInterval(observed[name][0], found[name], confidence);
  return {
    resamples,
    seed,
    confidence,
    p_values: {
      total_return: exceedance(found.total_return, observed.total_return[0]),
      sharpe: exceedance(found.sharpe, observed.sharpe[0]),
      max_drawdown: exceedance(calm, -observed.max_drawdown[0]),
    },
    total_return: interval("total_return"),
    sharpe: interval("sharpe"),
    max_drawdown: interval("max_drawdown"),
  };
}
