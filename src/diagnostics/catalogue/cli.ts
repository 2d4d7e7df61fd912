import { error } from "./entry.ts";

/** Diagnostics about the command line. */
export const cliDiagnostics = {
  bad_option: error<{ option: string; value: string; expected: string }>(
    ({ option, value, expected }) => `${option} ${value}: expected ${expected}`,
    "The value of a command-line option could not be used.",
  ),
};
