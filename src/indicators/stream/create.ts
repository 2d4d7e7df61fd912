import type { Dialect } from "../../vector/kernel.ts";
import { bollingerDefinition } from "../bollinger.ts";
import { emaDefinition } from "../ema.ts";
import { highestDefinition } from "../highest.ts";
import { lowestDefinition } from "../lowest.ts";
import { rsiDefinition } from "../rsi.ts";
import { smaDefinition } from "../sma.ts";
import { stdDevDefinition } from "../std-dev.ts";
import { createStream } from "./create-stream.ts";
import type { BarValue, IndicatorStream } from "./indicator-stream.ts";

/** One number in and one out per bar. */
export type ValueStream = IndicatorStream<BarValue, number>;

/** The bands of a bar; the same object each time. */
export interface BandValues {
  readonly middle: number;
  readonly upper: number;
  readonly lower: number;
}

/** Options of a stream over one window. */
export interface WindowStreamOptions {
  /** Bars, a whole number from 1 to 100,000. */
  readonly period: number;
  /** The library whose conventions apply; `tv` (TradingView) unless given. */
  readonly dialect?: Dialect;
}

export interface BollingerStreamOptions {
  /** Bars, a whole number from 1 to 100,000; 20 unless given. */
  readonly period?: number;
  /** Distance of the bands from the middle in standard deviations, 0 to 1000; 2 unless given. */
  readonly numStdDev?: number;
  readonly dialect?: Dialect;
}

/** Exponential moving average, bar by bar. Throws {@link IndicatorError} for wrong arguments, as all here. */
export function createEma(options: WindowStreamOptions): ValueStream {
  return createStream(emaDefinition, { ...options });
}

/** Simple moving average, bar by bar. */
export function createSma(options: WindowStreamOptions): ValueStream {
  return createStream(smaDefinition, { ...options });
}

/** Relative strength index, bar by bar; `period` 14 unless given. */
export function createRsi(options: Partial<WindowStreamOptions> = {}): ValueStream {
  return createStream(rsiDefinition, { ...options });
}

/** Standard deviation, bar by bar. */
export function createStdDev(options: WindowStreamOptions): ValueStream {
  return createStream(stdDevDefinition, { ...options });
}

/** Highest of the last `period` values, bar by bar. */
export function createHighest(options: WindowStreamOptions): ValueStream {
  return createStream(highestDefinition, { ...options });
}

/** Lowest of the last `period` values, bar by bar. */
export function createLowest(options: WindowStreamOptions): ValueStream {
  return createStream(lowestDefinition, { ...options });
}

/** Bollinger bands, bar by bar. */
export function createBollinger(
  options: BollingerStreamOptions = {},
): IndicatorStream<BarValue, BandValues> {
  return createStream(bollingerDefinition, { ...options });
}
