import { type ExecutionModels, NO_MODELS } from "./execution-models.ts";
import type { RunSettings, Signals, Sizing } from "./orders.ts";

const PLAIN_SIZES: ReadonlySet<Sizing["kind"]> = new Set([
  "quantity",
  "percent_of_equity",
  "cash",
  "close",
]);

/** Models that change nothing by themselves: latency is in the delay, and without exits no bar hits two levels. */
const INERT: ReadonlySet<keyof ExecutionModels> = new Set(["latencyMs", "bothHit"]);

/**
 * Whether a run needs no more than commission by value, slippage, delay and the plain sizes, so that the event-jump
 * simulator (and engines that mirror it) may run it.
 */
export function isPlainExecution(signals: Signals, settings: RunSettings): boolean {
  return (
    signals.exits === undefined &&
    signals.rules.every(({ sizing }) => PLAIN_SIZES.has(sizing.kind)) &&
    (settings.execution === undefined || isInert(settings.execution))
  );
}

function isInert(models: ExecutionModels): boolean {
  return (Object.keys(NO_MODELS) as (keyof ExecutionModels)[]).every(
    (name) => INERT.has(name) || models[name] === NO_MODELS[name],
  );
}
