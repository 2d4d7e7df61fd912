import { aroonDefinition } from "../aroon.ts";
import { atrDefinition } from "../atr.ts";
import { bbwDefinition } from "../bbw.ts";
import { dmiDefinition } from "../dmi.ts";
import { donchianDefinition } from "../donchian.ts";
import { kcDefinition } from "../kc.ts";
import { kcwDefinition } from "../kcw.ts";
import { pivothighDefinition } from "../pivothigh.ts";
import { pivotlowDefinition } from "../pivotlow.ts";
import { sarDefinition } from "../sar.ts";
import { supertrendDefinition } from "../supertrend.ts";
import { trDefinition } from "../tr.ts";
import type { BandValues, ValueStream } from "./create.ts";
import { createStream } from "./create-stream.ts";
import type { IndicatorStream } from "./indicator-stream.ts";
import type { BarStream, BarValues, OutputValues, StreamNumbers } from "./shapes.ts";

/** True range, bar by bar; `handleNa` 1 (high - low on the first bar) unless given. */
export function createTr(
  options: StreamNumbers<never, "handleNa"> = {},
): BarStream<"high" | "low" | "close"> {
  return createStream(trDefinition, { ...options });
}

/** Average true range, bar by bar; `period` 14 unless given. */
export function createAtr(
  options: StreamNumbers<never, "period"> = {},
): BarStream<"high" | "low" | "close"> {
  return createStream(atrDefinition, { ...options });
}

/** Distance of the Bollinger bands in percent of the middle, bar by bar; 20 and 2 unless given. */
export function createBbw(options: StreamNumbers<never, "period" | "numStdDev"> = {}): ValueStream {
  return createStream(bbwDefinition, { ...options });
}

/** Keltner channels, bar by bar; `period` 20, `multiplier` 2, `useTrueRange` 1 unless given. */
export function createKc(
  options: StreamNumbers<never, "period" | "multiplier" | "useTrueRange"> = {},
): IndicatorStream<BarValues<"source" | "high" | "low" | "close">, BandValues> {
  return createStream(kcDefinition, { ...options });
}

/** Width of the Keltner channels as a fraction of the middle, bar by bar; options as {@link createKc}. */
export function createKcw(
  options: StreamNumbers<never, "period" | "multiplier" | "useTrueRange"> = {},
): BarStream<"source" | "high" | "low" | "close"> {
  return createStream(kcwDefinition, { ...options });
}

/** Donchian channels, bar by bar; `period` 20 unless given. */
export function createDonchian(
  options: StreamNumbers<never, "period"> = {},
): IndicatorStream<BarValues<"high" | "low">, BandValues> {
  return createStream(donchianDefinition, { ...options });
}

/** SuperTrend and its direction (-1 up, 1 down), bar by bar; `period` 10, `factor` 3 unless given. */
export function createSupertrend(
  options: StreamNumbers<never, "period" | "factor"> = {},
): IndicatorStream<BarValues<"high" | "low" | "close">, OutputValues<"value" | "direction">> {
  return createStream(supertrendDefinition, { ...options });
}

/** Parabolic SAR, bar by bar; `start` 0.02, `increment` 0.02, `maximum` 0.2 unless given. */
export function createSar(
  options: StreamNumbers<never, "start" | "increment" | "maximum"> = {},
): BarStream<"high" | "low" | "close"> {
  return createStream(sarDefinition, { ...options });
}

/** Directional movement, bar by bar; `period` and `smoothing` 14 unless given. */
export function createDmi(
  options: StreamNumbers<never, "period" | "smoothing"> = {},
): IndicatorStream<BarValues<"high" | "low" | "close">, OutputValues<"plus" | "minus" | "adx">> {
  return createStream(dmiDefinition, { ...options });
}

/** Aroon, bar by bar; `period` 14 unless given. */
export function createAroon(
  options: StreamNumbers<never, "period"> = {},
): IndicatorStream<BarValues<"high" | "low">, OutputValues<"up" | "down">> {
  return createStream(aroonDefinition, { ...options });
}

/** Pivot highs, on the bar that confirms them: `right` bars after the pivot. */
export function createPivothigh(options: StreamNumbers<"left" | "right">): ValueStream {
  return createStream(pivothighDefinition, { ...options });
}

/** Pivot lows, on the bar that confirms them: `right` bars after the pivot. */
export function createPivotlow(options: StreamNumbers<"left" | "right">): ValueStream {
  return createStream(pivotlowDefinition, { ...options });
}
