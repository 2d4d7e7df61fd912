import type { ScriptSimulation } from "../../backtest/script/create-script-broker.ts";
import { type BarData, type Dataset, datasetFrom } from "../../data/index.ts";
import type { ExplainedBar, Explanation } from "../../report/explanation.ts";
import type { Bars } from "../../vector/columns.ts";
import { intervalMs } from "../../vector/interval.ts";
import { isoTime } from "../../vector/iso-time.ts";
import { modalStep } from "../../vector/modal-step.ts";
import { type BacktestOptions, backtest, loadOptionsOf } from "../backtest.ts";
import type { ParamValues, Program } from "../program.ts";
import { scriptRunOptions } from "../run-script-bars.ts";
import { isScriptProgram, type ScriptProgram } from "../script-program.ts";
import { explainRules } from "./explain-rules.ts";
import { explainScript } from "./explain-script.ts";
import { findBar } from "./find-bar.ts";
import { outcomesOf, positionAt } from "./position.ts";

export interface ExplainOptions extends BacktestOptions {
  /** Opening time of the bar, or a moment in it: ISO 8601 or epoch ms; `last` is the last one. */
  readonly bar: string | number;
}

/**
 * What a strategy sees and does on one bar of a backtest with these options: the value of every sub-expression, and for each
 * rule or order why it was or was not placed.
 *
 *     backtest → position at the bar → values at the bar → causes
 *
 * Throws SwymcError as `backtest`, and where there is no such bar.
 */
export function explain(
  program: Program | ScriptProgram,
  data: Dataset | BarData,
  options: ExplainOptions,
): Explanation {
  const { bar: wanted, ...rest } = options;
  const dataset =
    "state" in data ? (data as Dataset) : datasetFrom(data, loadOptionsOf(program, rest));
  const { bars, interval } = dataset;
  const stepMs =
    (interval === null ? dataset.stepMs : intervalMs(interval)) ?? modalStep(bars.time) ?? 1;
  const bar = findBar(wanted, bars.time, dataset.warmup, stepMs);
  const { simulation, result } = backtest(program, dataset, rest);
  const position = positionAt(simulation, bar, result.settings.fill);
  const numbers = rest.params as ParamValues | undefined;
  const told = isScriptProgram(program)
    ? {
        language: "script" as const,
        rules: null,
        statements: explainScript(program, bars, bar, rest.params, {
          ...scriptRunOptions(dataset, { ...rest, start: dataset.warmup }),
          placeOf: program.placeOf,
        }),
      }
    : {
        language: "rules" as const,
        rules: explainRules(program, bars, bar, position, numbers),
        statements: null,
      };
  return {
    state: "ok",
    strategy_id: result.strategy_id,
    ...told,
    bar: barAt(bars, bar),
    position,
    params: result.settings.params,
    outcomes: outcomesOf(simulation, bars.time, bar, namesOf(simulation)),
  };
}

function barAt(bars: Bars, index: number): ExplainedBar {
  const value = (column: Float64Array) => (Number.isNaN(column[index]!) ? null : column[index]!);
  return {
    index,
    time: isoTime(bars.time[index]),
    open: value(bars.open),
    high: value(bars.high),
    low: value(bars.low),
    close: value(bars.close),
    volume: value(bars.volume),
  };
}

/** Orders of scripts have names. */
function namesOf(simulation: object): (trade: number) => { entry: string; exit: string } {
  const labels = (simulation as Partial<ScriptSimulation>).labels;
  return (trade) => ({
    entry: labels?.entryId[trade] ?? "",
    exit: labels?.exitId[trade] ?? "",
  });
}
