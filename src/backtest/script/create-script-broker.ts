import type { Bars } from "../../vector/columns.ts";
import { EXTREMES } from "./extremes.ts";
import type { RunMemory } from "./run-memory.ts";
import type { ScriptBrokerSettings } from "./settings.ts";
import { SimulatedBroker } from "./simulated-broker.ts";

export type { ScriptSimulation } from "./script-simulation.ts";

/**
 * The broker of scripts (SEMANTICS §5) over `bars`. `calc_on_order_fills` it does not know.
 *
 * @param ledger fields that are read by `ledger`; extremes that are not among them are not kept
 * @param memory where the run is kept, unless in memory of its own
 */
export function createScriptBroker(
  bars: Bars,
  settings: ScriptBrokerSettings,
  ledger: Iterable<string> = EXTREMES,
  memory: RunMemory | null = null,
): SimulatedBroker {
  memory?.begin();
  return new SimulatedBroker(bars, settings, ledger, memory);
}
