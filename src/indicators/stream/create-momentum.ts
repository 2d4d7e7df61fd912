import { cciDefinition } from "../cci.ts";
import { changeDefinition } from "../change.ts";
import { cmoDefinition } from "../cmo.ts";
import { macdDefinition } from "../macd.ts";
import { mfiDefinition } from "../mfi.ts";
import { momDefinition } from "../mom.ts";
import { obvDefinition } from "../obv.ts";
import { rocDefinition } from "../roc.ts";
import { stochDefinition } from "../stoch.ts";
import { stochrsiDefinition } from "../stochrsi.ts";
import { trixDefinition } from "../trix.ts";
import { tsiDefinition } from "../tsi.ts";
import { wprDefinition } from "../wpr.ts";
import type { ValueStream } from "./create.ts";
import { createStream } from "./create-stream.ts";
import type { BarValue, IndicatorStream } from "./indicator-stream.ts";
import type { BarStream, OutputValues, StreamNumbers } from "./shapes.ts";

/** Moving average convergence divergence, bar by bar; 12, 26 and 9 unless given. */
export function createMacd(
  options: StreamNumbers<never, "fastPeriod" | "slowPeriod" | "signalPeriod"> = {},
): IndicatorStream<BarValue, OutputValues<"macd" | "signal" | "histogram">> {
  return createStream(macdDefinition, { ...options });
}

/** Change of a triple EMA of the logarithm, in hundredths of a percent, bar by bar; `period` 18 unless given. */
export function createTrix(options: StreamNumbers<never, "period"> = {}): ValueStream {
  return createStream(trixDefinition, { ...options });
}

/** The source less its value `period` (10) bars ago, bar by bar. */
export function createMom(options: StreamNumbers<never, "period"> = {}): ValueStream {
  return createStream(momDefinition, { ...options });
}

/** The source less its value `period` (1) bars ago, bar by bar. */
export function createChange(options: StreamNumbers<never, "period"> = {}): ValueStream {
  return createStream(changeDefinition, { ...options });
}

/** Rate of change over `period` (10) bars in percent, bar by bar. */
export function createRoc(options: StreamNumbers<never, "period"> = {}): ValueStream {
  return createStream(rocDefinition, { ...options });
}

/** Stochastic oscillator of `{ source, high, low }`, bar by bar; `period` 14 unless given. */
export function createStoch(
  options: StreamNumbers<never, "period"> = {},
): BarStream<"source" | "high" | "low"> {
  return createStream(stochDefinition, { ...options });
}

/** Stochastic RSI, bar by bar; 14, 14, 3 and 3 unless given. */
export function createStochrsi(
  options: StreamNumbers<never, "rsiPeriod" | "stochPeriod" | "kPeriod" | "dPeriod"> = {},
): IndicatorStream<BarValue, OutputValues<"k" | "d">> {
  return createStream(stochrsiDefinition, { ...options });
}

/** Commodity channel index, bar by bar; `period` 20 unless given, from 2. */
export function createCci(options: StreamNumbers<never, "period"> = {}): ValueStream {
  return createStream(cciDefinition, { ...options });
}

/** Money flow index of `{ source, volume }`, bar by bar; `period` 14 unless given. */
export function createMfi(
  options: StreamNumbers<never, "period"> = {},
): BarStream<"source" | "volume"> {
  return createStream(mfiDefinition, { ...options });
}

/** Chande momentum oscillator, bar by bar; `period` 9 unless given. */
export function createCmo(options: StreamNumbers<never, "period"> = {}): ValueStream {
  return createStream(cmoDefinition, { ...options });
}

/** True strength index, bar by bar; `shortPeriod` 13, `longPeriod` 25 unless given. */
export function createTsi(
  options: StreamNumbers<never, "shortPeriod" | "longPeriod"> = {},
): ValueStream {
  return createStream(tsiDefinition, { ...options });
}

/** Williams %R of `{ high, low, close }`, bar by bar; `period` 14 unless given. */
export function createWpr(
  options: StreamNumbers<never, "period"> = {},
): BarStream<"high" | "low" | "close"> {
  return createStream(wprDefinition, { ...options });
}

/** On-balance volume of `{ close, volume }`, bar by bar. */
export function createObv(options: StreamNumbers<never> = {}): BarStream<"close" | "volume"> {
  return createStream(obvDefinition, { ...options });
}
