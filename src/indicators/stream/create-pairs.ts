import { barssinceDefinition } from "../barssince.ts";
import { correlationDefinition } from "../correlation.ts";
import { crossDefinition } from "../cross.ts";
import { crossoverDefinition } from "../crossover.ts";
import { crossunderDefinition } from "../crossunder.ts";
import { valuewhenDefinition } from "../valuewhen.ts";
import { createStream } from "./create-stream.ts";
import type { BarValue, IndicatorStream } from "./indicator-stream.ts";
import type { BarStream, StreamNumbers } from "./shapes.ts";

/** Truth value of a bar: a boolean, or a number, of which all but 0 and na are true. */
export type TruthValue = BarValue | boolean;

/** Correlation of `{ source, other }`, bar by bar; `period` from 2. */
export function createCorrelation(options: StreamNumbers<"period">): BarStream<"source" | "other"> {
  return createStream(correlationDefinition, { ...options });
}

/** 1 on a bar where `source` of `{ source, other }` crosses above the other, else 0. */
export function createCrossover(options: StreamNumbers<never> = {}): BarStream<"source" | "other"> {
  return createStream(crossoverDefinition, { ...options });
}

/** 1 on a bar where `source` of `{ source, other }` crosses below the other, else 0. */
export function createCrossunder(
  options: StreamNumbers<never> = {},
): BarStream<"source" | "other"> {
  return createStream(crossunderDefinition, { ...options });
}

/** 1 on a bar where `source` of `{ source, other }` crosses the other in either direction, else 0. */
export function createCross(options: StreamNumbers<never> = {}): BarStream<"source" | "other"> {
  return createStream(crossDefinition, { ...options });
}

/** Number of bars since a condition was true, bar by bar. */
export function createBarssince(
  options: StreamNumbers<never> = {},
): IndicatorStream<TruthValue, number> {
  return createStream(barssinceDefinition, { ...options });
}

/** `source` of `{ condition, source }` on the last bar where the condition was true; `occurrence` 0 unless given. */
export function createValuewhen(
  options: StreamNumbers<never, "occurrence"> = {},
): IndicatorStream<{ readonly condition: TruthValue; readonly source: BarValue }, number> {
  return createStream(valuewhenDefinition, { ...options });
}
