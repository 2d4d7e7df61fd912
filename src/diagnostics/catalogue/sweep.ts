import { error, warning } from "./entry.ts";
import { didYouMean, oneOf, quoted } from "./quote.ts";

const AXIS_FORMS =
  "a range 2..100 or 5..200:5, a list 5,10,20, 1..1000:log4 (4 values), 5..80:*2, 0.5..2:real (sampled)";

/** Diagnostics about sweeps: spaces, windows, results, resuming. */
export const sweepDiagnostics = {
  sweep_axis: error<{ name: string; text: string; reason: string }>(
    ({ name, text, reason }) => `parameter ${quoted(name)} = ${quoted(text)}: ${reason}`,
    "The values of a swept parameter: a range with a step, a list, or a logarithmic range.",
    () => AXIS_FORMS,
  ),
  sweep_unknown_param: error<{
    name: string;
    suggestion: string | undefined;
    known: readonly string[];
  }>(
    ({ name }) => `no strategy of this sweep has a parameter ${quoted(name)}`,
    "A swept parameter is declared in the document's `params`, is an input of the script, or is a number of the document, named by its JSON pointer.",
    (p) =>
      p.known.length === 0
        ? "name a number of the document by its JSON pointer: --param /rules/0/when/period=2..50"
        : didYouMean(p),
  ),
  sweep_pointer: error<{ pointer: string; reason: string }>(
    ({ pointer, reason }) => `no number can be swept at ${quoted(pointer)}: ${reason}`,
    "A JSON pointer names a number of a rule document for which a parameter may stand.",
  ),
  sweep_nothing: error<{ names: readonly string[] }>(
    () => "there is nothing to sweep",
    "Without --param, a sweep takes the parameters that declare min, max and step.",
    ({ names }) =>
      names.length === 0
        ? "pass --param NAME=2..100, or the JSON pointer of a number of the document"
        : `pass --param, for example --param ${names[0]}=2..100; there are: ${oneOf(names)}`,
  ),
  sweep_no_range: error<{ name: string }>(
    ({ name }) => `parameter ${quoted(name)} declares no range to sweep`,
    "A name without values takes the range that the document declares.",
    ({ name }) => `pass --param ${name}=2..100`,
  ),
  sweep_too_large: error<{ count: number; limit: number }>(
    ({ count, limit }) =>
      `the space has ${big(count)} combinations; a sweep runs at most ${big(limit)}`,
    "The combinations of a grid are the product of the values of its parameters.",
    () => "take larger steps, restrict with --where, or sample: --search random --samples 100000",
  ),
  sweep_endless: error<{ name: string }>(
    ({ name }) => `parameter ${quoted(name)} has no step, so a grid of it has no end`,
    "A range of real numbers can be sampled, not listed.",
    () => "give a step (0.5..2:0.1), or sample: --search random, lhs or sobol with --samples N",
  ),
  sweep_where: error<{ text: string; reason: string }>(
    ({ text, reason }) => `--where ${quoted(text)}: ${reason}`,
    "A condition on the parameters: comparisons and arithmetic of their names, and, or, not, and min, max, abs, floor, ceil, round.",
    () => 'for example --where "fast < slow and slow - fast >= 5"',
  ),
  sweep_where_none: error<{ looked: number; whole: boolean; where: string }>(
    ({ looked, whole, where }) =>
      whole
        ? `none of the ${big(looked)} combinations meets --where ${quoted(where)}`
        : `none of the first ${big(looked)} combinations meets --where ${quoted(where)}`,
    "A condition that leaves no combination leaves nothing to run.",
    () => "turn the condition round, or widen the ranges",
  ),
  sweep_objective: error<{ text: string; reason: string }>(
    ({ text, reason }) => `--objective ${quoted(text)}: ${reason}`,
    "What the best trials are chosen by: a metric, or an expression of metrics, of which more is better.",
    () => 'for example --objective calmar, or --objective "total_return / max_drawdown"',
  ),
  sweep_metric: error<{ name: string; suggestion: string | undefined; known: readonly string[] }>(
    ({ name }) => `there is no metric ${quoted(name)}`,
    "The metrics of a sweep's rows are called as `backtest --json` calls them.",
    didYouMean,
  ),
  sweep_samples: error<{ search: string }>(
    ({ search }) => `--search ${search} needs --samples N`,
    "Sampling needs to know how many points to take.",
  ),
  sweep_option: error<{ option: string; value: string | null; expected: string }>(
    ({ option, value, expected }) =>
      `${option}${value === null ? "" : ` ${quoted(value)}`}: expected ${expected}`,
    "An option of a sweep has a value that it cannot have.",
  ),
  sweep_windows: error<{ text: string; reason: string }>(
    ({ text, reason }) => `--windows ${quoted(text)}: ${reason}`,
    "Windows are a span cut into equal parts, or spans by their first and last days.",
    () => "for example 2022..2024/6mo, 2020..2024/12mo+3mo, or 2022-01-01:2022-06-30,2023:2023",
  ),
  sweep_window_empty: warning<{
    windows: readonly string[];
    source: string;
    symbol: string | null;
  }>(
    ({ windows, source, symbol }) =>
      windows.length === 1
        ? `no bars of ${symbol ?? source} in the window ${windows[0]}: it is left out`
        : `no bars of ${symbol ?? source} in ${big(windows.length)} windows, the first ${windows[0]}, the last ${windows.at(-1)}: they are left out`,
    "A window without bars has nothing to run on; the other windows are run.",
  ),
  sweep_no_bars: error<{ source: string }>(
    ({ source }) => `no window has bars of ${source}`,
    "Every window of the sweep lies outside the data.",
  ),
  sweep_trials_failed: warning<{ count: number; first: string }>(
    ({ count, first }) =>
      `${big(count)} ${count === 1 ? "trial" : "trials"} failed; the first: ${first}`,
    "A script can stop with an error for some values of its inputs; its row then has the state `error` and no metrics.",
  ),
  sweep_unfinished: error<{ path: string }>(
    ({ path }) => `${path} is the journal of an unfinished sweep`,
    "A sweep keeps what it has done beside its output until it is finished.",
    () => "pass --resume to continue it, or delete the file to begin again",
  ),
  sweep_in_use: error<{ path: string; pid: number }>(
    ({ path, pid }) => `another sweep (process ${pid}) is writing ${path}`,
    "Two sweeps cannot write the same results.",
  ),
  sweep_changed: error<{ path: string; changes: readonly string[] }>(
    ({ path, changes }) => `${path} was begun differently: ${changes.join("; ")}`,
    "A sweep continues only with the strategies, data, space and settings that it began with.",
    () => "restore what changed, or delete the file to begin again",
  ),
  sweep_journal: error<{ path: string; reason: string }>(
    ({ path, reason }) => `${path} is no journal of a sweep: ${reason}`,
    "The journal of an unfinished sweep could not be read.",
    () => "delete it to begin again",
  ),
  sweep_results: error<{ path: string; reason: string }>(
    ({ path, reason }) => `${path} holds no results of a sweep: ${reason}`,
    "`sweep show` reads files that `sweep --out` wrote; a CSV needs the .meta.json beside it.",
    () => "name a file that `swymc sweep … --out` wrote; a CSV needs its .meta.json beside it",
  ),
  sweep_row: error<{ row: number; rows: number }>(
    ({ row, rows }) => `there is no row ${big(row)}; the results have ${big(rows)}`,
    "Rows are counted from 1, as the column `trial` has them.",
  ),
  sweep_data_missing: error<{ source: string }>(
    ({ source }) => `the bars of the sweep are not there: ${source}`,
    "A row is run again on the bars that the sweep read, by the path that it was given.",
    () => "run it in the folder in which the sweep ran, or put the file back",
  ),
  sweep_data_changed: error<{ source: string }>(
    ({ source }) => `the bars of ${source} are not those of the sweep`,
    "A row can be run again on the same bars only; their fingerprint is part of the results.",
  ),
  sweep_heatmap: error<{ reason: string }>(
    ({ reason }) => `no heat map: ${reason}`,
    "A heat map shows the objective over two swept parameters.",
    () => "--heatmap-of fast,slow names the two",
  ),
  sweep_worker_missing: error<{ tried: string }>(
    ({ tried }) => `the code of the sweep's threads is missing: ${tried}`,
    "A part of the installed package is missing.",
    () => "install swymc again",
  ),
};

function big(n: number): string {
  return Number.isSafeInteger(n) ? n.toLocaleString("en-US") : n.toPrecision(4);
}
