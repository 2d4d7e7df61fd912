import {
  BROKER_DEFAULTS,
  type ScriptBrokerSettings,
} from "../../../src/backtest/script/settings.ts";
import type { Script } from "../../../src/dsl/text/ast.ts";
import { type SlowBars, SlowBroker } from "./broker.ts";
import { declaredSettings } from "./declared-settings.ts";
import { Activation, Scope } from "./environment.ts";
import { type Inputs, Interpreter } from "./interpreter.ts";
import type { SlowFill, SlowOrder, SlowTrade } from "./orders.ts";
import type { Chart } from "./site.ts";

export interface SlowOptions {
  readonly inputs?: Inputs;
  readonly chart?: Partial<Chart>;
  /** What the script leaves open; it overrules the rest. */
  readonly settings?: Partial<ScriptBrokerSettings>;
}

export interface SlowRun {
  /** Closed, then open. */
  readonly trades: readonly SlowTrade[];
  readonly closed: number;
  readonly equity: readonly number[];
  readonly fills: readonly SlowFill[];
  /** The calls of strategy.*, in the order of the script. */
  readonly orders: readonly SlowOrder[];
  readonly rejections: number;
  readonly settings: ScriptBrokerSettings;
}

const CHART: Chart = { ticker: "TEST", timezone: "UTC", tick: 0.01, timeframe: "60" };

/** Text of a script, parsed, run on bars by walking its tree: the oracle of everything that is generated. */
export function interpretScript(
  script: Script,
  bars: SlowBars,
  options: SlowOptions = {},
): SlowRun {
  const chart = { ...CHART, ...options.chart };
  const inputs = options.inputs ?? {};
  const reader = new Interpreter(script, bars, chart, null, inputs);
  const declared = declaredSettings(script, ({ value }) =>
    reader.evaluate(value, { scope: new Scope(), activation: new Activation("") }),
  );
  const margin = script.version >= 6 ? 100 : 0;
  const settings: ScriptBrokerSettings = {
    ...BROKER_DEFAULTS,
    initial_capital: script.version > 4 ? 1e6 : 1e5,
    margin_long: margin,
    margin_short: margin,
    tick: chart.tick,
    ...options.settings,
    ...declared,
  };
  const broker = new SlowBroker(bars, settings);
  const interpreter = new Interpreter(script, bars, chart, broker, inputs);
  for (let bar = 0; bar < bars.time.length; bar++) {
    broker.openBar(bar);
    if (bar >= settings.start) interpreter.runBar(bar);
    broker.closeBar(bar);
  }
  return {
    trades: [...broker.trades, ...broker.openTrades()],
    closed: broker.trades.length,
    equity: broker.equityCurve,
    fills: broker.fills,
    orders: broker.calls,
    rejections: broker.rejections,
    settings,
  };
}
