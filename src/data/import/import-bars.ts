import type { CommitReport } from "../store/commit.ts";
import { withStore } from "../store/open-store.ts";
import { expandSources } from "./expand.ts";
import { type ImportProgress, importSources } from "./import-sources.ts";
import type { ImportOptions } from "./options.ts";

/**
 * Stores the bars of files, folders or patterns in the database at `path`, which is made where there is none: what
 * `swymc data import` does. Gives a report per source. Throws a SwymcError at the first source with a fault, of which
 * nothing is stored then; those before it are.
 */
export async function importBars(
  path: string,
  sources: string | readonly string[],
  options: ImportOptions = {},
  progress?: ImportProgress,
): Promise<CommitReport[]> {
  const files = expandSources(typeof sources === "string" ? [sources] : sources);
  return withStore(path, { create: true, files }, async (store) => {
    const reports: CommitReport[] = [];
    for await (const report of importSources(store, files, options, progress)) reports.push(report);
    return reports;
  });
}
