export {
  type BandValues,
  type BollingerStreamOptions,
  createBollinger,
  createEma,
  createHighest,
  createLowest,
  createRsi,
  createSma,
  createStdDev,
  type ValueStream,
  type WindowStreamOptions,
} from "./create.ts";
export {
  createAlma,
  createCum,
  createDema,
  createHma,
  createKama,
  createLinreg,
  createRma,
  createSum,
  createSwma,
  createTema,
  createVwma,
  createWma,
} from "./create-averages.ts";
export { createHeikinAshi, createIchimoku, createVwap } from "./create-bars.ts";
export {
  createCci,
  createChange,
  createCmo,
  createMacd,
  createMfi,
  createMom,
  createObv,
  createRoc,
  createStoch,
  createStochrsi,
  createTrix,
  createTsi,
  createWpr,
} from "./create-momentum.ts";
export {
  createBarssince,
  createCorrelation,
  createCross,
  createCrossover,
  createCrossunder,
  createValuewhen,
  type TruthValue,
} from "./create-pairs.ts";
export {
  createAroon,
  createAtr,
  createBbw,
  createDmi,
  createDonchian,
  createKc,
  createKcw,
  createPivothigh,
  createPivotlow,
  createSar,
  createSupertrend,
  createTr,
} from "./create-ranges.ts";
export {
  createDev,
  createFalling,
  createHighestbars,
  createLowestbars,
  createMedian,
  createMode,
  createPercentileLinearInterpolation,
  createPercentileNearestRank,
  createPercentrank,
  createRange,
  createRising,
  createVariance,
} from "./create-statistics.ts";
export {
  camelCase,
  createStream,
  type StreamOptions,
} from "./create-stream.ts";
export type { BarValue, IndicatorStream } from "./indicator-stream.ts";
export type { BarStream, BarValues, OutputValues, StreamNumbers } from "./shapes.ts";
export type { PlainNumber, StreamSnapshot } from "./snapshot.ts";
