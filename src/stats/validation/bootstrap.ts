import { type BlockOptions, BlockSequence, blockLengthOf } from "./block-draw.ts";
import { Random } from "./random.ts";
import {
  percentileInterval,
  type ResampledInterval,
  type ResamplingOptions,
  resampling,
} from "./resampling.ts";
import { type Annual, isPath, pathStatistics, ReturnPath } from "./return-path.ts";

export interface BootstrapOptions extends ResamplingOptions, BlockOptions, Annual {}

/** Intervals of what a run came to, from resampled runs of the same length. */
export interface PathIntervals {
  readonly resamples: number;
  readonly seed: number;
  readonly confidence: number;
  readonly total_return: ResampledInterval;
  /** Annualised. */
  readonly sharpe: ResampledInterval;
  readonly max_drawdown: ResampledInterval;
}

export interface Bootstrap extends PathIntervals {
  /** Mean length of the blocks in bars. */
  readonly block_length: number;
  /** Share of resampled runs that lost money. */
  readonly probability_of_loss: number;
}

/**
 * Percentile intervals of total return, Sharpe ratio and maximum drawdown by the stationary or the circular block
 * bootstrap (see `BootstrapScheme`), which keep short dependence between bars. Takes bars · resamples steps: for minutes
 * over years give it daily returns (`returnsByPeriod`).
 * @param returns one per bar
 * @returns null where there are fewer than two returns, or one is not above -1
 */
export function bootstrap(returns: Float64Array, options: BootstrapOptions): Bootstrap | null {
  const { resamples, seed, confidence } = resampling(options);
  if (!isPath(returns)) return null;
  const n = returns.length;
  const length = blockLengthOf(options, () => returns, n);
  const blocks = new BlockSequence(options.scheme ?? "stationary", length, n);
  const random = new Random(seed);
  const path = new ReturnPath(returns);
  const found = pathStatistics(resamples);
  for (let k = 0; k < resamples; k++) {
    blocks.draw(random);
    path.measure(blocks, found, k, options);
  }
  const observed = pathStatistics(1);
  const whole = { count: 1, starts: Int32Array.of(0), lengths: Int32Array.of(n) };
  path.measure(whole, observed, 0, options);
  const losses = found.total_return.reduce((count, value) => count + (value < 0 ? 1 : 0), 0);
  const interval = (name: keyof typeof found) =>
    percentileInterval(observed[name][0], found[name], confidence);
  return {
    resamples,
    seed,
    confidence,
    block_length: length,
    probability_of_loss: losses / resamples,
    total_return: interval("total_return"),
    sharpe: interval("sharpe"),
    max_drawdown: interval("max_drawdown"),
  };
}
