import { type Annualisation, computeMetrics } from "../backtest/compute-metrics.ts";
import {
  createScriptBroker,
  type ScriptSimulation,
} from "../backtest/script/create-script-broker.ts";
import { RunMemory } from "../backtest/script/run-memory.ts";
import type { ScriptBroker } from "../backtest/script/script-broker.ts";
import type { ScriptBrokerSettings } from "../backtest/script/settings.ts";
import type { Place } from "../diagnostics/index.ts";
import type { Span } from "../dsl/text/ast.ts";
import { barsPerYear } from "../stats/annualisation.ts";
import type { MetricsResult } from "../stats/metrics.ts";
import type { Bars } from "../vector/columns.ts";
import { modalStep } from "../vector/modal-step.ts";
import { brokerSettings, type MoneyOptions } from "./broker-settings.ts";
import type { CompiledScript } from "./compile-script.ts";
import type { ColumnShare } from "./run/column-share.ts";
import { bindInputs, type GivenInputs } from "./run/inputs.ts";
import { runUnit } from "./run/run-unit.ts";
import { type Chart, type ChartOptions, chartOf } from "./runtime/chart.ts";

export interface ScriptRunOptions extends MoneyOptions {
  /** Values of inputs by the names of their variables; the others keep their defaults. */
  readonly inputs?: GivenInputs;
  /** What is known of the symbol. */
  readonly chart?: ChartOptions;
  /** First bar on which the strategy acts; earlier ones only run the script; 0. */
  readonly start?: number;
  /** Annual fraction for Sharpe and Sortino; 0. */
  readonly riskFreeReturn?: number;
  /** Trading days per year; by default every day of 365 counts. */
  readonly calendar?: number;
  /** Length of a bar in ms for annualisation; the most common step where not given. */
  readonly stepMs?: number;
  /** Where a span of the text is, for messages. */
  readonly placeOf?: (span: Span) => Place;
}

export interface ScriptRun extends MetricsResult {
  readonly simulation: ScriptSimulation;
  readonly settings: ScriptBrokerSettings;
}

/**
 * A script over bars.
 *
 *     inputs → constants of the run → columns → bar loop ⇄ broker → simulation → metrics
 */
export function runScript(
  script: CompiledScript,
  bars: Bars,
  options: ScriptRunOptions = {},
): ScriptRun {
  return scriptRuns(script, bars, options, null)(options.inputs);
}

/**
 * Runs that differ in their inputs alone. Where `shared` holds columns for several, what a run gives beside its metrics holds
 * until the next.
 */
export function scriptRuns(
  script: CompiledScript,
  bars: Bars,
  options: Omit<ScriptRunOptions, "inputs">,
  shared: ColumnShare | null,
): (inputs?: GivenInputs) => ScriptRun {
  const { start = 0 } = options;
  const settings = brokerSettings(script.core, options, options.chart?.mintick, start);
  const money = {
    cash: settings.initial_capital,
    commission: 0,
    slippage: 0,
    fill: "next_open",
    ...{ delay: 0, start },
  } as const;
  const step = stepOf(bars);
  const chart = chartOf(bars, options.chart ?? {}, undefined, step);
  const year = annual(bars, options, step);
  const memory = shared === null ? script.memory : new RunMemory(true);
  return (inputs) => {
    const broker = createScriptBroker(bars, settings, script.unit.ledger, memory);
    runOnChart(script, bars, chart, broker, { ...options, ...(inputs && { inputs }) }, shared);
    const simulation = broker.finish();
    return { simulation, settings, ...computeMetrics(bars, simulation, money, year) };
  };
}

/** The script's part of a run: its orders go to the broker given. */
export function runWithBroker(
  script: CompiledScript,
  bars: Bars,
  broker: ScriptBroker,
  options: ScriptRunOptions = {},
): void {
  runOnChart(script, bars, chartOf(bars, options.chart ?? {}), broker, options, null);
}

function runOnChart(
  { core, unit, indicators, pool }: CompiledScript,
  bars: Bars,
  chart: Chart,
  broker: ScriptBroker,
  options: ScriptRunOptions,
  shared: ColumnShare | null,
): void {
  const { chart: chartOptions = {}, start = 0, placeOf = () => ({}) } = options;
  const inputs = bindInputs(core.inputs, options.inputs);
  const { version } = core;
  const same = { version, bars, chart, chartOptions, inputs, placeOf, indicators };
  runUnit(unit, { ...same, broker, start, pool, shared }, null);
}

/** The most common step between bars in ms, looked for when it is first asked for. */
function stepOf(bars: Bars): () => number {
  let step: number | null = null;
  return () => {
    step ??= modalStep(bars.time) ?? 86_400_000;
    return step;
  };
}

function annual(bars: Bars, options: ScriptRunOptions, step: () => number): Annualisation {
  const { start = 0, riskFreeReturn = 0, calendar } = options;
  const interval = options.stepMs ?? step();
  const calendarOption = calendar === undefined ? {} : { calendar };
  return {
    barsPerYear: barsPerYear(bars.time.subarray(start), { interval, ...calendarOption }),
    riskFreeReturn,
  };
}
