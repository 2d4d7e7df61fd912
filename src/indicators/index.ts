export { DIALECTS, type Dialect } from "../vector/kernel.ts";
export {
  type Bands,
  type BollingerOptions,
  bollinger,
  ema,
  highest,
  lowest,
  rsi,
  sma,
  stdDev,
  type WindowOptions,
} from "./batch.ts";
export {
  alma,
  cum,
  dema,
  hma,
  kama,
  linreg,
  rma,
  sum,
  swma,
  tema,
  vwma,
  wma,
} from "./batch-averages.ts";
export {
  aroon,
  cci,
  change,
  cmo,
  dmi,
  falling,
  macd,
  mfi,
  mom,
  obv,
  rising,
  roc,
  stoch,
  stochrsi,
  trix,
  tsi,
  wpr,
} from "./batch-momentum.ts";
export {
  atr,
  bbw,
  donchian,
  kc,
  kcw,
  pivothigh,
  pivotlow,
  sar,
  supertrend,
  tr,
} from "./batch-ranges.ts";
export {
  dev,
  highestbars,
  lowestbars,
  median,
  mode,
  percentileLinearInterpolation,
  percentileNearestRank,
  percentrank,
  range,
  variance,
} from "./batch-statistics.ts";
export { type CrossOptions, crossover, crossunder } from "./crossing.ts";
export type { IndicatorDefinition, IndicatorParam } from "./definition.ts";
export { IndicatorError } from "./refuse.ts";
export { indicator, indicators, kernelOf } from "./registry.ts";
export type { Columns, Numbers, OneResult, Results, SeveralResults } from "./run-batch.ts";
export type { ArrowVector, Source } from "./source.ts";
export {
  type BandValues,
  type BarValue,
  type BollingerStreamOptions,
  createBollinger,
  createEma,
  createHighest,
  createLowest,
  createRsi,
  createSma,
  createStdDev,
  createStream,
  type IndicatorStream,
  type PlainNumber,
  type StreamOptions,
  type StreamSnapshot,
  type ValueStream,
  type WindowStreamOptions,
} from "./stream/index.ts";
