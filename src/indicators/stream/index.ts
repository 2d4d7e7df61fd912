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
  camelCase,
  createStream,
  type StreamOptions,
} from "./create-stream.ts";
export type { BarValue, IndicatorStream } from "./indicator-stream.ts";
export type { PlainNumber, StreamSnapshot } from "./snapshot.ts";
