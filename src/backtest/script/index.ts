export { createScriptBroker } from "./create-script-broker.ts";
export type { ScriptBroker } from "./script-broker.ts";
export type { ScriptSimulation } from "./script-simulation.ts";
export { BROKER_DEFAULTS, LOT_STEP, type ScriptBrokerSettings } from "./settings.ts";
export { SimulatedBroker } from "./simulated-broker.ts";
export type { TradeLabels } from "./trade-texts.ts";
