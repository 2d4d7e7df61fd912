export {
  createScriptBroker,
  type ScriptSimulation,
  SimulatedBroker,
} from "./create-script-broker.ts";
export type { ScriptBroker } from "./script-broker.ts";
export type { TradeLabels } from "./script-trades.ts";
export { BROKER_DEFAULTS, LOT_STEP, type ScriptBrokerSettings } from "./settings.ts";
