import { error } from "./entry.ts";

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
};
