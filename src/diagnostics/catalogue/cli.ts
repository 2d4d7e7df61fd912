import { error } from "./entry.ts";
import { quoted } from "./quote.ts";

/** Diagnostics about the command line. */
export const cliDiagnostics = {
  file_unreadable: error<{ path: string; reason: string }>(
    ({ path, reason }) => `cannot read ${path}: ${reason}`,
    "A file named on the command line could not be read.",
  ),
  file_unwritable: error<{ path: string; reason: string }>(
    ({ path, reason }) => `cannot write ${path}: ${reason}`,
    "A result file could not be written. The earlier file of that name, if any, is untouched.",
  ),
  output_is_input: error<{ path: string }>(
    ({ path }) => `cannot write ${path}: this command reads it`,
    "A file to be written is one that the command reads, which would be lost.",
    () => "name another file",
  ),
  not_a_report: error<{ path: string }>(
    ({ path }) => `${path} is not a page`,
    "`swymc view` opens the .html pages that `--report` writes.",
    () => "Write one by `swymc backtest … --report run.html`.",
  ),
  unknown_table_format: error<{ path: string; known: readonly string[] }>(
    ({ path, known }) => `${path}: no table format for this ending; known are ${known.join(", ")}`,
    "The ending of a --trades or --equity file chooses its format.",
  ),
  samples_without_equity: error<Record<never, never>>(
    () => "--samples says how many points the --equity file holds, but no --equity was given",
    "--samples only shapes the file that --equity names.",
  ),
  usage: error<{ message: string }>(
    ({ message }) => message.replace(/^error: /, ""),
    "The command line could not be understood; `swymc COMMAND --help` shows what it takes.",
  ),
  unknown_indicator: error<{ name: string; suggestion: string | null }>(
    ({ name }) => `there is no indicator ${quoted(name)}`,
    "An indicator is named as in the rule language; `swymc indicators` lists them.",
    ({ suggestion }) =>
      suggestion === null ? "`swymc indicators` lists them" : `did you mean ${quoted(suggestion)}?`,
  ),
  unknown_indicator_param: error<{ name: string; known: readonly string[] }>(
    ({ name }) => `the indicator takes no number ${quoted(name)}`,
    "`--param` of `swymc indicators diff` names the numbers of the indicator.",
    ({ known }) => `it takes: ${known.join(", ")}`,
  ),
  bad_indicator_param: error<{ name: string; value: string; expected: string }>(
    ({ name, value, expected }) => `${name} (${value}): expected ${expected}`,
    "A number of an indicator is outside its range, or has no default and was left out.",
    ({ name }) => `pass --param ${name}=VALUE`,
  ),
  unknown_source: error<{ name: string }>(
    ({ name }) => `there is no column ${quoted(name)}`,
    "`--source` and `--other` are one of open, high, low, close, volume; a condition is no column.",
    () => "one of: open, high, low, close, volume",
  ),
};
