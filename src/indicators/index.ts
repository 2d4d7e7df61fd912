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
export { type CrossOptions, crossover, crossunder } from "./crossing.ts";
export type { IndicatorDefinition, IndicatorParam } from "./definition.ts";
export { IndicatorError } from "./refuse.ts";
export { indicator, indicators, kernelOf } from "./registry.ts";
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
