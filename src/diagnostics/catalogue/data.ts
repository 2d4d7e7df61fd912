import { error } from "./entry.ts";

/** Diagnostics about market data: files, databases, columns, rows. */
export const dataDiagnostics = {
  file_not_found: error<{ path: string }>(
    ({ path }) => `no such file: ${path}`,
    "The path given as data does not exist or cannot be read.",
  ),
};
