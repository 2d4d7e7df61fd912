export { type Alternative, binomialTest } from "./binomial-test.ts";
export type { BlockOptions, BootstrapScheme } from "./block-draw.ts";
export { type BlockLengths, optimalBlockLength } from "./block-length.ts";
export {
  type Bootstrap,
  type BootstrapOptions,
  bootstrap,
  type PathIntervals,
} from "./bootstrap.ts";
export { type Kelly, type KellyOptions, kellyFromTrades, kellyStake } from "./kelly.ts";
export {
  type Overfitting,
  type OverfittingOptions,
  overfittingProbability,
} from "./overfitting.ts";
export {
  type OrderTest,
  orderTest,
  type PermutationOptions,
  type PermutationTest,
  signTest,
} from "./permutation.ts";
export { Random, shuffle } from "./random.ts";
export type { ResampledInterval, Resampling, ResamplingOptions } from "./resampling.ts";
export {
  type EquityBand,
  type Reshuffle,
  type ReshuffleOptions,
  reshuffleTrades,
} from "./reshuffle.ts";
export type { Annual } from "./return-path.ts";
export { type Bet, type RuinTable, riskOfFall, riskOfRuin, ruinTable } from "./ruin.ts";
export {
  type DeflatedSharpe,
  deflatedSharpe,
  expectedMaximumSharpe,
  minimumTrackRecord,
  normalSharpeVariance,
  probabilisticSharpe,
  type SharpeEstimate,
  sharpeError,
  sharpeEstimate,
  varianceOfTrials,
} from "./sharpe-inference.ts";
export { binomialCdf, binomialPmf, binomialSurvival } from "./special/binomial.ts";
export { type BetaTails, betaTails } from "./special/incomplete-beta.ts";
export { logGamma } from "./special/log-gamma.ts";
export { normalCdf, normalDensity, normalQuantile, normalSurvival } from "./special/normal.ts";
export {
  type Neighbourhood,
  type ParameterStep,
  parameterStability,
  type Stability,
  type SweepSurface,
} from "./stability.ts";
export {
  type SuperiorAbility,
  type SuperiorAbilityOptions,
  superiorAbility,
} from "./superior-ability.ts";
export { type Interval, wilsonInterval } from "./wilson.ts";
