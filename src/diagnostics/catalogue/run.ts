import { error, warning } from "./entry.ts";

/** Diagnostics about a run: parameters, settings, orders. */
export const runDiagnostics = {
  unknown_param: error<{ name: string; known: readonly string[] }>(
    ({ name }) => `the strategy has no parameter "${name}"`,
    "A parameter given by name (--param or the params option) must be declared in the document's `params`.",
    ({ known }) =>
      known.length === 0 ? "this document declares no parameters" : `it has: ${known.join(", ")}`,
  ),
  param_not_a_number: error<{ name: string; value: string }>(
    ({ name, value }) => `parameter "${name}" needs a finite number, not ${value}`,
    "Parameters are finite numbers.",
  ),
  param_out_of_range: error<{ name: string; value: number; rule: string }>(
    ({ name, value, rule }) => `parameter "${name}" = ${value} is out of range: ${rule}`,
    "The value of a parameter must suit every place that uses it and the range the document declares.",
  ),
  unknown_template: error<{
    name: string;
    suggestion: string | undefined;
    known: readonly string[];
  }>(
    ({ name }) => `there is no template "${name}"`,
    "`swymc templates` lists the rule documents that can be printed.",
    ({ suggestion, known }) =>
      suggestion === undefined ? `there are: ${known.join(", ")}` : `did you mean "${suggestion}"?`,
  ),
  exit_without_tick: error<Record<never, never>>(
    () => "an exit is measured in ticks, and their size is not given",
    "`exits` in ticks need the smallest step of the price of what is traded.",
    () => "give it: --tick 0.01, or the tick option",
  ),
  script_execution: error<{ names: readonly string[] }>(
    ({ names }) => `scripts do not take ${names.join(", ")}`,
    "A script says its costs in strategy(…): commission, slippage in ticks, margin, pyramiding. Models of execution are for rule documents.",
  ),
  bad_run_setting: error<{ name: string; value: string; expected: string }>(
    ({ name, value, expected }) => `${name} = ${value}: expected ${expected}`,
    "Cash is a positive amount; commission and slippage are fractions of the price (0.001 is 0.1 %); `fill` is next_open or close.",
  ),
  benchmark_interval: error<{ name: string; seconds: number; own: number }>(
    ({ name, seconds, own }) =>
      `the benchmark "${name}" has a bar every ${seconds} s, the run one every ${own} s`,
    "A run is measured bar by bar against bars of the same interval. Bars are never resampled silently.",
    () => "resample its bars first (swymc data resample)",
  ),
  benchmark_unnamed: error<{ name: string; source: string }>(
    ({ name, source }) =>
      `"${name}" is no file, and ${source} holds one series without a name, the one that is run`,
    "`--benchmark` names a file of bars, buy_and_hold, or a symbol where the run's own source holds series by name.",
    () => "give the file that holds the benchmark, or buy_and_hold",
  ),
  benchmark_elsewhere: error<{ name: string }>(
    ({ name }) => `the benchmark "${name}" has no bar at any time of the run`,
    "The bars of a benchmark belong to the same times as those of the run.",
    () => "look at its times with swymc data check, and at --from and --to",
  ),
  benchmark_gaps: warning<{ name: string; missing: number; bars: number }>(
    ({ name, missing, bars }) =>
      `the benchmark "${name}" has no bar on ${missing} of the run's ${bars}: it is taken to return nothing there`,
    "Where a benchmark has no bar of its own at a bar of the run, its last close counts; before its first bar that one's.",
  ),
  explain_bar: error<{ time: string; nearest: readonly string[]; from: string; to: string }>(
    ({ time, from, to }) => `there is no bar at ${time}; the bars go from ${from} to ${to}`,
    "`swymc explain --bar` names a bar by its opening time, or by any moment before the next one opens. A gap in the data, or a window (--from, --to) that leaves it out, has no bars.",
    ({ nearest }) => `nearest: ${nearest.join(" and ")}`,
  ),
  explain_no_bars: error<Record<never, never>>(
    () => "there is no bar to explain: nothing was found for this symbol and window",
    "The data hold no bars for what was asked.",
    () => "look at what there is with swymc data list, or leave --from, --to and --symbol out",
  ),
};
