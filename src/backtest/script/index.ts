export {
  createScriptBroker,
  type ScriptSimulation,
  SimulatedBroker,
} from "./create-script-broker.ts";
export type { ScriptBroker } from "./script-broker.ts";
export { BROKER_DEFAULTS, LOT_STEP, type ScriptBrokerSettings } from "./settings.ts";
export type { TradeLabels } from "./trade-notes.ts";
