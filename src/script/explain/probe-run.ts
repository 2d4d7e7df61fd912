import { createScriptBroker } from "../../backtest/script/create-script-broker.ts";
import type { Bars } from "../../vector/columns.ts";
import { brokerSettings } from "../broker-settings.ts";
import { compileScript } from "../compile-script.ts";
import { runWithBroker, type ScriptRunOptions } from "../run-script.ts";
import { PROBE_MARK, type ProbedScript } from "./instrument.ts";

/** Values of the probes on one bar, by number; the last where the script came by more than once. */
export type ProbedValues = ReadonlyMap<number, number | boolean | string>;

/** Runs an instrumented script and listens on one bar. The orders of its probes reach nobody. */
export function probeRun(
  { core }: ProbedScript,
  bars: Bars,
  bar: number,
  options: ScriptRunOptions,
): ProbedValues {
  const { start = 0, chart } = options;
  const broker = createScriptBroker(bars, brokerSettings(core, options, chart?.mintick, start));
  const values = new Map<number, number | boolean | string>();
  let now = -1;
  const openBar = broker.openBar.bind(broker);
  broker.openBar = (opened) => {
    now = opened;
    openBar(opened);
  };
  const order = broker.order.bind(broker);
  broker.order = (id, direction, qty, limit, stop, ocaName, ocaType, comment) => {
    if (!id.startsWith(PROBE_MARK)) {
      order(id, direction, qty, limit, stop, ocaName, ocaType, comment);
    } else if (now === bar) values.set(Number(id.slice(1)), comment === "" ? qty : comment);
  };
  runWithBroker(compileScript(core), bars, broker, options);
  return values;
}
