import { inlineText } from "../../ir/inline-text.ts";
import { collect } from "../../report/html/collect.ts";
import { reportPage } from "../../report/html/page.ts";
import { type ValidationOptions, validateRun } from "../../report/validation/validate-run.ts";
import type { Backtest } from "../backtest.ts";
import type { Program } from "../program.ts";
import { isScriptProgram, type ScriptProgram } from "../script-program.ts";
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

/** A backtest that found bars as one self-contained page: see `reportPage`. */
export function backtestPage(
  program: Program | ScriptProgram,
  { result, run, bars, simulation }: Backtest,
  options: ReportOptions,
): string {
  const script = isScriptProgram(program);
  const params = result.settings.params as Readonly<Record<string, number>>;
  const { data, bytes } = collect({
    title: options.title,
    version: options.version,
    command: options.command ?? null,
    strategy: { language: script ? "text" : "json", text: options.text },
    result,
    bars,
    run,
    validation: validateRun(run, options.validation),
    indicators: script ? [] : usedIndicators(program, bars, params),
    funnel: script
      ? []
      : signalFunnel(
          program,
          bars,
          simulation,
          result.settings.fill === "close",
          inlineText,
          params,
        ),
  });
  return reportPage(data, bytes);
}
