import { almaDefinition } from "../alma.ts";
import { cumDefinition } from "../cum.ts";
import { demaDefinition } from "../dema.ts";
import { hmaDefinition } from "../hma.ts";
import { kamaDefinition } from "../kama.ts";
import { linregDefinition } from "../linreg.ts";
import { rmaDefinition } from "../rma.ts";
import { sumDefinition } from "../sum.ts";
import { swmaDefinition } from "../swma.ts";
import { temaDefinition } from "../tema.ts";
import { vwmaDefinition } from "../vwma.ts";
import { wmaDefinition } from "../wma.ts";
import type { ValueStream } from "./create.ts";
import { createStream } from "./create-stream.ts";
import type { BarStream, StreamNumbers } from "./shapes.ts";

/** Wilder's moving average, bar by bar. */
export function createRma(options: StreamNumbers<"period">): ValueStream {
  return createStream(rmaDefinition, { ...options });
}

/** Linearly weighted moving average, bar by bar. */
export function createWma(options: StreamNumbers<"period">): ValueStream {
  return createStream(wmaDefinition, { ...options });
}

/** Hull moving average, bar by bar; `period` from 2. */
export function createHma(options: StreamNumbers<"period">): ValueStream {
  return createStream(hmaDefinition, { ...options });
}

/** Volume-weighted moving average of `{ source, volume }`, bar by bar. */
export function createVwma(options: StreamNumbers<"period">): BarStream<"source" | "volume"> {
  return createStream(vwmaDefinition, { ...options });
}

/** Symmetrically weighted moving average of 4 values, bar by bar. */
export function createSwma(options: StreamNumbers<never> = {}): ValueStream {
  return createStream(swmaDefinition, { ...options });
}

/** Arnaud Legoux moving average, bar by bar; `center` 0.85 and `sigma` 6 unless given. */
export function createAlma(options: StreamNumbers<"period", "center" | "sigma">): ValueStream {
  return createStream(almaDefinition, { ...options });
}

/** Double exponential moving average, bar by bar. */
export function createDema(options: StreamNumbers<"period">): ValueStream {
  return createStream(demaDefinition, { ...options });
}

/** Triple exponential moving average, bar by bar. */
export function createTema(options: StreamNumbers<"period">): ValueStream {
  return createStream(temaDefinition, { ...options });
}

/** Kaufman's adaptive moving average, bar by bar; `period` 10, `fastPeriod` 2, `slowPeriod` 30 unless given. */
export function createKama(
  options: StreamNumbers<never, "period" | "fastPeriod" | "slowPeriod"> = {},
): ValueStream {
  return createStream(kamaDefinition, { ...options });
}

/** Least-squares line through the last `period` (from 2) values, read `shift` (0) bars ago, bar by bar. */
export function createLinreg(options: StreamNumbers<"period", "shift">): ValueStream {
  return createStream(linregDefinition, { ...options });
}

/** Sum of the last `period` values, bar by bar. */
export function createSum(options: StreamNumbers<"period">): ValueStream {
  return createStream(sumDefinition, { ...options });
}

/** Sum of all values so far, bar by bar. */
export function createCum(options: StreamNumbers<never> = {}): ValueStream {
  return createStream(cumDefinition, { ...options });
}
