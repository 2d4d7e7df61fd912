import {
  type DeflatedSharpe,
  deflatedSharpe,
  type Overfitting,
  overfittingProbability,
  parameterStability,
  type SharpeEstimate,
  type Stability,
  type SuperiorAbility,
  type SweepSurface,
  superiorAbility,
} from "../../stats/validation/index.ts";

/** The trials that a run was chosen from. */
export interface SelectionInput {
  /** Trials on the same bars that traded, the best among them. */
  readonly trials: number;
  /** Returns over the same blocks of bars of trials drawn at random, or of all. */
  readonly drawn: readonly Float64Array[];
  /** Those of the best trial, and of holding the asset. */
  readonly best: Float64Array;
  readonly hold: Float64Array;
  /** Parameters and objective of all trials; null where they are too many. */
  readonly surface: SweepSurface | null;
}

export interface SelectionOptions {
  readonly resamples: number;
  readonly seed: number;
  readonly confidence: number;
}

/** What choosing one of many trials does to its numbers. */
export interface Selection {
  readonly trials: number;
  /** How many of them were run again. */
  readonly drawn: number;
  /** Blocks of bars whose returns were compared. */
  readonly blocks: number;
  /** Mean correlation of their returns; null where they do not vary. */
  readonly correlation: number | null;
  /** Without the value of each combination. */
  readonly overfitting: Omit<Overfitting, "logits" | "in_sample" | "out_of_sample"> | null;
  /** Tests that no trial beats doing nothing, and holding the asset. */
  readonly superior: {
    readonly cash: SuperiorAbility | null;
    readonly hold: SuperiorAbility | null;
  };
  readonly stability: Stability | null;
}

/** Most resamples of the tests over all trials, which take trials · blocks steps each. */
const MOST_RESAMPLES = 1000;

/** Tests over the trials of a sweep. The best of all is among those of the superior ability, drawn or not. */
export function selectionOf(input: SelectionInput, options: SelectionOptions): Selection {
  const { trials, drawn, best, hold, surface } = input;
  const drawing = { ...options, resamples: Math.min(options.resamples, MOST_RESAMPLES) };
  const known = drawn.some((one) => same(one, best)) ? drawn : [best, ...drawn];
  const varied = known.filter((series) => series.every(Number.isFinite));
  const excess = varied.map((series) => series.map((r, k) => r - hold[k]!));
  return {
    trials,
    drawn: drawn.length,
    blocks: best.length,
    correlation: meanCorrelation(drawn),
    overfitting: withoutSplits(overfittingProbability(drawn, { splits: splitsFor(best.length) })),
    superior: {
      cash: superiorAbility(varied, drawing),
      hold: superiorAbility(excess, drawing),
    },
    stability: surface && parameterStability(surface),
  };
}

/**
 * The deflated Sharpe ratio with the number of trials that were independent, ρ + (1 - ρ) N for a mean correlation ρ (Bailey and
 * López de Prado, The Deflated Sharpe Ratio, 2014, appendix 3).
 */
export function deflatedByCorrelation(
  estimate: SharpeEstimate,
  { trials, variance, correlation }: { trials: number; variance: number; correlation: number },
): DeflatedSharpe {
  const shared = Math.max(0, correlation);
  return deflatedSharpe(estimate, shared + (1 - shared) * trials, variance);
}

/** 16 parts, fewer where they would be shorter than 4 blocks. */
function splitsFor(blocks: number): number {
  return Math.max(2, Math.min(16, 2 * Math.floor(blocks / 8)));
}

function withoutSplits(found: Overfitting | null): Selection["overfitting"] {
  if (found === null) return null;
  const { logits: _, in_sample: _in, out_of_sample: _out, ...rest } = found;
  return rest;
}

/**
 * Mean correlation of pairs of series, by the variance of the mean of their standardised values: (1 + (n - 1) ρ)/n.
 * Series that do not vary are left out; null for fewer than two.
 */
export function meanCorrelation(series: readonly Float64Array[]): number | null {
  const length = series[0]?.length ?? 0;
  const sum = new Float64Array(length);
  let n = 0;
  for (const one of series) {
    const mean = one.reduce((a, b) => a + b, 0) / length;
    const deviation = Math.sqrt(one.reduce((a, b) => a + (b - mean) ** 2, 0) / length);
    if (!(deviation > 1e-12 * Math.abs(mean))) continue;
    for (let i = 0; i < length; i++) sum[i] = sum[i]! + (one[i]! - mean) / deviation;
    n++;
  }
  if (n < 2) return null;
  const variance = sum.reduce((a, b) => a + (b / n) ** 2, 0) / length;
  return (n * variance - 1) / (n - 1);
}

function same(a: Float64Array, b: Float64Array): boolean {
  return a.every((value, k) => Object.is(value, b[k]));
}
