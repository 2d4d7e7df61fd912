import { heikinAshiDefinition } from "../heikin-ashi.ts";
import { ichimokuDefinition } from "../ichimoku.ts";
import { vwapDefinition } from "../vwap.ts";
import { createStream } from "./create-stream.ts";
import type { IndicatorStream } from "./indicator-stream.ts";
import type { BarValues, OutputValues, StreamNumbers } from "./shapes.ts";

/** Volume-weighted average price of `{ source, volume, time }` since the session began, and bands, bar by bar. */
export function createVwap(
  options: StreamNumbers<
    never,
    "sessionMinutes" | "sessionMonths" | "sessionStart" | "numStdDev"
  > = {},
): IndicatorStream<
  BarValues<"source" | "volume" | "time">,
  OutputValues<"value" | "upper" | "lower">
> {
  return createStream(vwapDefinition, { ...options });
}

/** Ichimoku lines of `{ high, low }`, bar by bar; 9, 26, 52 and 26 unless given. */
export function createIchimoku(
  options: StreamNumbers<
    never,
    "conversionPeriod" | "basePeriod" | "spanPeriod" | "displacement"
  > = {},
): IndicatorStream<
  BarValues<"high" | "low">,
  OutputValues<"conversion" | "base" | "lead_a" | "lead_b">
> {
  return createStream(ichimokuDefinition, { ...options });
}

/** Heikin-Ashi bars of `{ open, high, low, close }`, bar by bar. */
export function createHeikinAshi(
  options: StreamNumbers<never> = {},
): IndicatorStream<
  BarValues<"open" | "high" | "low" | "close">,
  OutputValues<"open" | "high" | "low" | "close">
> {
  return createStream(heikinAshiDefinition, { ...options });
}
