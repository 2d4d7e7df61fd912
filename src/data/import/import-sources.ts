import { statSync } from "node:fs";
import { fail } from "../../diagnostics/index.ts";
import { rethrowSource } from "../load-file.ts";
import { type CommitReport, commitStaged } from "../store/commit.ts";
import { isStoreFault } from "../store/errors.ts";
import type { Store } from "../store/open-store.ts";
import { CONTAINERS } from "./containers.ts";
import type { ImportSource, Staged } from "./format.ts";
import { FORMATS } from "./formats.ts";
import { localToUtc } from "./local-time.ts";
import { nameSource } from "./name-source.ts";
import type { ImportOptions } from "./options.ts";
import { fromPoints } from "./points.ts";
import { openSource } from "./read-head.ts";
import type { ImportSession } from "./session.ts";

/** Called before each source: how many are done, of how many files, and which is next. */
export type ImportProgress = (done: number, files: number, source: string) => void;

/**
 * Imports files (see `expandSources`; the store has to be opened with them) in their order: each source is staged,
 * checked and merged in a transaction of its own. Stops at the first one with a fault; those before it are stored.
 */
export async function* importSources(
  store: Store,
  files: readonly string[],
  options: ImportOptions,
  progress: ImportProgress = () => {},
): AsyncGenerator<CommitReport> {
  const session: ImportSession = { ...store, options };
  for (const [done, file] of files.entries()) {
    progress(done, files.length, file);
    if (options.allow?.includes("no_rows") && isEmpty(file)) continue;
    for await (const source of membersOf(session, openSource(file))) {
      yield await importSource(session, source).catch((cause) => {
        throw nameSource(source.path, cause);
      });
    }
  }
}

async function importSource(session: ImportSession, source: ImportSource): Promise<CommitReport> {
  const staged = await stageSource(session, source);
  const { path } = source;
  const report = await commitStaged(session.connection, {
    ...session.options,
    ...staged,
    source: path,
  });
  return { ...report, warnings: [...(staged.warnings ?? []), ...report.warnings] };
}

/** Stages one source by the first format that recognises it. */
export async function stageSource(session: ImportSession, source: ImportSource): Promise<Staged> {
  const format = FORMATS.find((one) => one.recognises(source));
  if (format === undefined) {
    const known = FORMATS.map((one) => one.title);
    return fail("import_format_unknown", { source: source.path, known });
  }
  const staged = await format
    .stage(session, source)
    .catch((cause) => rethrowSource(source.path, databaseFault(cause)));
  const { points, timezone } = session.options;
  if (timezone !== undefined && staged.localTimes) {
    await localToUtc(session.connection, timezone, source.path);
  }
  if (points !== undefined && !staged.scaled) {
    await fromPoints(session.connection, points, source.path);
  }
  return staged;
}

/** Passes on what is wrong with a source; a fault of the database, such as a full disk, is not the source's. */
function databaseFault(cause: unknown): unknown {
  if (isStoreFault(cause)) throw cause;
  return cause;
}

function isEmpty(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.size === 0;
}

/** A source itself, or what a container holds. */
async function* membersOf(
  session: ImportSession,
  source: ImportSource,
): AsyncIterable<ImportSource> {
  const container = CONTAINERS.find((one) => one.recognises(source));
  if (container === undefined) yield source;
  else yield* container.members(session, source);
}
