import type { Simulation } from "../backtest/simulation.ts";
import type { Dataset } from "../data/index.ts";
import { type Diagnostic, diagnose, fail } from "../diagnostics/index.ts";
import type { RunDescription } from "../report/index.ts";
import { runScript, type ScriptRun, type ScriptRunOptions } from "../script/run-script.ts";
import type { MetricsResult } from "../stats/metrics.ts";
import type { RunOptions } from "./options.ts";
import type { ScriptProgram } from "./script-program.ts";

/** What a run gave, and what the result says of the strategy and its settings. */
export interface Outcome {
  readonly run: MetricsResult & { readonly simulation: Simulation };
  readonly told: Pick<
    RunDescription,
    | "strategyId"
    | "settings"
    | "riskFreeReturn"
    | "dialect"
    | "params"
    | "script"
    | "documentInterval"
    | "paperRun"
    | "warnings"
  >;
}

export interface ScriptOptions extends Omit<RunOptions, "params"> {
  readonly warmup?: boolean;
  readonly params?: Readonly<Record<string, number | boolean | string>>;
}

/** One run of a script over a dataset, with the settings that were in force. Throws as `backtest`. */
export function runScriptBars(
  program: ScriptProgram,
  dataset: Dataset,
  options: ScriptOptions,
): Outcome {
  const { params, riskFreeReturn = 0 } = options;
  const run = runScript(program.code(), dataset.bars, {
    ...scriptRunOptions(dataset, options),
    placeOf: program.placeOf,
  });
  return {
    run,
    told: {
      strategyId: program.strategyId(params),
      ...settingsOf(run.settings, program.core.version),
      riskFreeReturn,
      dialect: "tv",
      params: program.bind(params),
      documentInterval: null,
      paperRun: null,
      warnings: [...program.warnings, ...(options.warmup ? endlessWarmup(program, params) : [])],
    },
  };
}

/** Why all earlier bars are read for the warm-up, where they are. */
function endlessWarmup(program: ScriptProgram, params: ScriptOptions["params"]): Diagnostic[] {
  return program
    .endlessWarmup(params)
    .map(({ what, span }) => diagnose("script_warmup", { what }, program.placeOf(span)));
}

/** What a script is run with over a dataset, as plain data. Throws where an option has no meaning for scripts. */
export function scriptRunOptions(
  { symbol, exchange, interval }: Pick<Dataset, "symbol" | "exchange" | "interval">,
  options: ScriptOptions,
): ScriptRunOptions {
  const { params, slippage, tick, start = 0, riskFreeReturn = 0 } = options;
  if (slippage !== undefined && slippage !== 0) fail("script_slippage", {});
  refuseExecution(options);
  const chart = {
    ...(tick === undefined ? {} : { mintick: tick }),
    ...(symbol === null ? {} : { symbol }),
    ...(exchange === null ? {} : { exchange }),
    ...(interval === null ? {} : { interval }),
  };
  const { cash, commission, fill, calendar, stepMs } = options;
  return {
    ...(cash === undefined ? {} : { cash }),
    ...(commission === undefined ? {} : { commission }),
    ...(fill === undefined ? {} : { fill }),
    ...(calendar === undefined ? {} : { calendar }),
    ...(stepMs === undefined ? {} : { stepMs }),
    ...(params === undefined ? {} : { inputs: params }),
    chart,
    start,
    riskFreeReturn,
  };
}

function settingsOf(broker: ScriptRun["settings"], version: number) {
  const percent = broker.commission_type === "percent";
  return {
    settings: {
      cash: broker.initial_capital,
      commission: percent ? broker.commission_value / 100 : 0,
      slippage: 0,
      fill: broker.process_orders_on_close ? ("close" as const) : ("next_open" as const),
      delay: 0,
      start: broker.start,
    },
    script: {
      version,
      default_qty_type: broker.default_qty_type,
      default_qty_value: broker.default_qty_value,
      pyramiding: broker.pyramiding,
      commission_type: broker.commission_type,
      commission_value: broker.commission_value,
      slippage: broker.slippage,
      tick: broker.tick,
      process_orders_on_close: broker.process_orders_on_close,
      close_entries_rule: broker.close_entries_rule,
      margin_long: broker.margin_long,
      margin_short: broker.margin_short,
    },
  };
}

function refuseExecution({ execution = {}, latencyMs, delay }: ScriptOptions): void {
  const given = { ...execution, latencyMs, delay };
  const names = Object.entries(given).filter(([, value]) => value !== undefined);
  if (names.length > 0) fail("script_execution", { names: names.map(([name]) => name) });
}
