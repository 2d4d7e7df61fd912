import { sortedQuantile } from "../analysis/quantile.ts";
import { Random } from "./random.ts";
import { type ResamplingOptions, resampling } from "./resampling.ts";
import { type Interval, wilsonInterval } from "./wilson.ts";

/** Share of the full Kelly stake that is bet unless another is asked for. */
const DEFAULT_FRACTION = 0.25;

export interface KellyOptions extends ResamplingOptions {
  /** Share of the full Kelly stake to bet, above 0; a quarter unless given. */
  readonly fraction?: number;
}

export interface Kelly {
  readonly trades: number;
  readonly win_rate: number;
  /** Mean win over mean loss. */
  readonly payoff: number;
  /** Full Kelly stake: what a lost trade may cost, as a share of equity. Not above 0 without an edge. */
  readonly kelly: number;
  /** Of `kelly`, from Wilson's interval of the win rate, the payoff taken as it was observed. */
  readonly interval: Interval;
  /** Of `kelly`, from trades drawn with replacement, so with the uncertainty of the payoff. */
  readonly bootstrap: Interval;
  readonly fraction: number;
  /** fraction · max(0, kelly). */
  readonly stake: number;
}

/**
 * The stake that makes equity grow fastest, p - (1 - p)/b, from observed trades
 * (Kelly, A New Interpretation of Information Rate, Bell System Technical Journal 35, 1956; its fraction after
 * MacLean, Thorp and Ziemba, The Kelly Capital Growth Investment Criterion, 2011). Trades that end at 0 count as lost.
 * @param results of the closed trades, in money or as returns
 * @returns null without a winning and a losing trade
 */
export function kellyFromTrades(results: Float64Array, options: KellyOptions = {}): Kelly | null {
  const { resamples, seed, confidence } = resampling(options);
  const { fraction = DEFAULT_FRACTION } = options;
  if (!(fraction > 0 && Number.isFinite(fraction))) {
    throw new RangeError(`a fraction of Kelly is above 0, not ${fraction}`);
  }
  const counts = countOf(results);
  const { wins, win_rate, payoff } = counts;
  if (!(payoff > 0 && payoff < Number.POSITIVE_INFINITY)) return null;
  const kelly = kellyStake(win_rate, payoff);
  const chance = wilsonInterval(wins, results.length, confidence)!;
  const found = resampledStakes(results, resamples, new Random(seed)).sort();
  const tail = (1 - confidence) / 2;
  return {
    trades: results.length,
    win_rate,
    payoff,
    kelly,
    interval: { low: kellyStake(chance.low, payoff), high: kellyStake(chance.high, payoff) },
    bootstrap: { low: sortedQuantile(found, tail), high: sortedQuantile(found, 1 - tail) },
    fraction,
    stake: fraction * Math.max(0, kelly),
  };
}

/**
 * Kelly's stake for a bet that wins `payoff` times what it loses. 1 where nothing is ever lost, and -1 where a win
 * brings nothing: the limits of a sample, not advice.
 */
export function kellyStake(winRate: number, payoff: number): number {
  if (winRate === 1) return 1;
  return Math.max(-1, winRate - (1 - winRate) / payoff);
}

/** Kelly's stake of as many results drawn with replacement, each time anew. */
function resampledStakes(results: Float64Array, resamples: number, random: Random): Float64Array {
  const n = results.length;
  const drawn = new Int32Array(n);
  const found = new Float64Array(resamples);
  for (let k = 0; k < resamples; k++) {
    random.fillBelow(drawn, n);
    let wins = 0;
    let gain = 0;
    let loss = 0;
    for (let i = 0; i < n; i++) {
      const result = results[drawn[i]];
      // Without a branch on the sign of a result, which no processor can foresee; halves are exact.
      const size = Math.abs(result);
      wins += Number(result > 0);
      gain += 0.5 * (size + result);
      loss += 0.5 * (size - result);
    }
    const odds = oddsOf(n, wins, gain, loss);
    found[k] = kellyStake(odds.win_rate, odds.payoff);
  }
  return found;
}

function countOf(results: Float64Array) {
  let wins = 0;
  let won = 0;
  let lost = 0;
  for (let i = 0; i < results.length; i++) {
    const result = results[i];
    if (result > 0) {
      wins++;
      won += result;
    } else lost -= result;
  }
  return { wins, ...oddsOf(results.length, wins, won, lost) };
}

/** Of trades of which some won `gain` together, and the others lost `loss`. */
function oddsOf(trades: number, wins: number, gain: number, loss: number) {
  const payoff = wins === 0 ? 0 : gain / wins / (loss / (trades - wins));
  return { win_rate: wins / trades, payoff };
}
