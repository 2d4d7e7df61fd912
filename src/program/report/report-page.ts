import { inlineText } from "../../ir/inline-text.ts";
import { packRun, reportData } from "../../report/html/collect.ts";
import { deflate } from "../../report/html/deflate.ts";
import { reportPage } from "../../report/html/page.ts";
import type { SignalNote } from "../../report/html/report-data.ts";
import { type ValidationOptions, validateRun } from "../../report/validation/validate-run.ts";
import type { GivenInputs } from "../../script/run/inputs.ts";
import { barReturns } from "../../stats/analysis/index.ts";
import type { Backtest } from "../backtest.ts";
import type { ParamValues, Program } from "../program.ts";
import { isScriptProgram, type ScriptProgram } from "../script-program.ts";
import type { Logic } from "./logic.ts";
import { signalFunnel } from "./signal-funnel.ts";
import { usedIndicators } from "./used-indicators.ts";

export interface ReportOptions {
  readonly title: string;
  /** The strategy as it was written. */
  readonly text: string;
  readonly version: string;
  /** What repeats the run, as a shell command. */
  readonly command?: string;
  readonly validation?: ValidationOptions;
}

/**
 * A backtest that found bars as one self-contained page: see `reportPage`. Its columns are compressed by another thread
 * while this one draws the samples of the validation.
 */
export async function backtestPage(
  program: Program | ScriptProgram,
  { result, run, bars, simulation, benchmark }: Backtest,
  options: ReportOptions,
): Promise<string> {
  const { logic, signals } = logicOf(program, result.settings.params);
  const fillsAtClose = result.settings.fill === "close";
  const returns = barReturns(run.equity, run.cash);
  const columns = {
    bars,
    run,
    returns,
    fillsAtClose,
    benchmark: benchmark?.result.name === "buy_and_hold" ? null : benchmark,
    indicators: logic === null ? [] : usedIndicators(logic, bars),
  };
  const packed = packRun(columns);
  const deflated = deflate(packed.bytes);
  const data = reportData(
    {
      ...columns,
      title: options.title,
      version: options.version,
      command: options.command ?? null,
      strategy: { language: isScriptProgram(program) ? "text" : "json", text: options.text },
      result,
      validation: validateRun(run, options.validation, returns),
      funnel: logic === null ? [] : signalFunnel(logic, bars, simulation, fillsAtClose, inlineText),
      signals,
    },
    packed,
  );
  return reportPage(data, await deflated, result);
}

/** The rules that a run went by; of a script those that say the same, where there are any. */
function logicOf(
  program: Program | ScriptProgram,
  params: GivenInputs,
): { logic: Logic | null; signals: SignalNote } {
  if (!isScriptProgram(program)) {
    const values = program.bind(params as ParamValues);
    return { logic: { ir: program.ir, values }, signals: { of: "rules", because: [] } };
  }
  const { ir, obstacles, differences } = program.asRules(params);
  const texts = (list: typeof obstacles) => list.map(({ message }) => message);
  if (ir === undefined) {
    return { logic: null, signals: { of: "none", because: texts(obstacles) } };
  }
  const bound = program.bind(params);
  const values = ir.params.map(({ name }) => Number(bound[name]));
  return { logic: { ir, values }, signals: { of: "script", because: texts(differences) } };
}
