import { loadDataset } from "../../data/index.ts";
import { fail, SwymcError } from "../../diagnostics/index.ts";
import { type Backtest, backtest, loadOptionsOf } from "../../program/backtest.ts";
import { count } from "../../report/format.ts";
import { type RunValidation, validateRun } from "../../report/validation/validate-run.ts";
import { RESULT_FORMATS } from "../../sweep/rows/write-results.ts";
import type { SweepValidation } from "../../validate/index.ts";
import { compileStrategy } from "../compile-document.ts";
import type { Context } from "../context.ts";
import { documentName } from "../read-document.ts";
import { reportDiagnostics } from "../report-errors.ts";
import { runOptionsOf } from "../run-options.ts";
import { sweepProgress } from "../sweep/sweep-progress.ts";
import type { ValidateOptions } from "../validate.ts";
import { validationText } from "./text.ts";

/** What is given of a run; a sweep's results have it in themselves. */
const OF_VERDICT = new Set(["trials", "sample", "resamples", "confidence", "seed", "json"]);

/** Runs a strategy, or the best trial of results, and prints what can be said for and against it. */
export async function runValidate(
  subject: string,
  options: ValidateOptions,
  context: Context,
): Promise<void> {
  const results = RESULT_FORMATS.some((ending) => subject.toLowerCase().endsWith(ending));
  return results
    ? validateResults(subject, options, context)
    : validateStrategy(subject, options, context);
}

async function validateStrategy(
  path: string,
  options: ValidateOptions,
  context: Context,
): Promise<void> {
  const { io } = context;
  const { data, param, sample, ...rest } = options;
  if (data === undefined) {
    return fail("validate_option", {
      option: "--data",
      reason: "is missing: a strategy needs bars to run on",
    });
  }
  if (sample !== undefined) {
    return fail("validate_option", { option: "--sample", reason: "is for the results of a sweep" });
  }
  const json = options.json === true;
  const compiled = await compileStrategy(path, { json, warn: false }, context);
  if (compiled === null) return;
  const { program } = compiled;
  const runOptions = { ...runOptionsOf(rest), ...(param === undefined ? {} : { params: param }) };
  const dataset = await loadDataset(data, loadOptionsOf(program, runOptions));
  if (dataset.state !== "ok" && dataset.reason !== null) throw new SwymcError([dataset.reason]);
  const run = backtest(program, dataset, runOptions);
  const found = validateRun(run.run, settingsOf(options));
  const name = documentName(path);
  reportDiagnostics(run.result.warnings, undefined, io);
  if (json) io.out.write(`${JSON.stringify(validationObject(name, run, found, null))}\n`);
  else {
    const about = `${name} on ${dataset.source}`;
    io.out.write(validationText(found, run.result, about, { color: io.outColor }));
  }
}

async function validateResults(
  path: string,
  options: ValidateOptions,
  { io }: Context,
): Promise<void> {
  const [foreign] = Object.keys(options).filter((name) => !OF_VERDICT.has(name));
  if (foreign !== undefined) {
    const option = `--${foreign.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return fail("validate_option", { option, reason: "is kept in the results of a sweep" });
  }
  const { validateSweep } = await import("../../validate-results.ts");
  let progress: ReturnType<typeof sweepProgress> | undefined;
  const validated = await validateSweep(path, {
    ...settingsOf(options),
    ...(options.sample === undefined ? {} : { sample: options.sample }),
    onProgress: (done, of) => {
      progress ??= sweepProgress(io, { trials: of, exact: true });
      progress.step({ trials: done, share: done / of, stored: 0 });
    },
  }).finally(() => progress?.end());
  const { best, rerun, found } = validated;
  if (options.json) {
    io.out.write(`${JSON.stringify(validationObject(best.strategy, rerun, found, best))}\n`);
  } else {
    const params = Object.entries(best.params).map(([name, value]) => `${name} = ${value}`);
    const about = `${best.strategy} with ${params.join(", ")}, the best of ${count(found.trials, "trial")} by ${best.objective.text}, trial ${best.trial} of ${path}`;
    io.out.write(validationText(found, rerun.result, about, { color: io.outColor }));
  }
}

function settingsOf({ trials, resamples, confidence, seed }: ValidateOptions) {
  return {
    ...(trials === undefined ? {} : { trials }),
    ...(resamples === undefined ? {} : { resamples }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(seed === undefined ? {} : { seed }),
  };
}

function validationObject(
  strategy: string,
  { result }: Backtest,
  found: RunValidation,
  best: SweepValidation["best"] | null,
) {
  const { verdict, ...figures } = found;
  const { strategy_id, dataset, settings, metrics } = result;
  return {
    state: "ok",
    verdict,
    strategy,
    strategy_id,
    best,
    ...figures,
    metrics,
    dataset,
    settings,
  };
}
