import { expandSources } from "../../data/import/expand.ts";
import { importSources } from "../../data/import/import-sources.ts";
import type { ImportOptions } from "../../data/import/options.ts";
import type { CommitReport } from "../../data/store/commit.ts";
import { withStore } from "../../data/store/open-store.ts";
import { fail } from "../../diagnostics/index.ts";
import type { Context } from "../context.ts";
import { startProgress } from "../progress.ts";
import { reportDiagnostics } from "../report-errors.ts";
import { faultNames } from "./allowed-faults.ts";
import type { ImportCommandOptions } from "./define-import.ts";
import { refusePostgresFlags, runPostgresImport } from "./run-postgres.ts";

/** Imports each source and says what became of its rows. */
export async function runDataImport(
  sources: readonly string[],
  options: ImportCommandOptions,
  { io }: Context,
): Promise<void> {
  const settings = importOptions(options);
  const { postgres } = options;
  if (postgres === undefined) refusePostgresFlags(options);
  if (sources.length === 0 && postgres === undefined) fail("import_nothing", { source: "import" });
  const files = expandSources(sources);
  const progress = startProgress(io, options.quiet ?? false);
  const reports: CommitReport[] = [];
  const told = (report: CommitReport) => {
    reports.push(report);
    progress.say(() => {
      reportDiagnostics(report.warnings, undefined, io);
      if (!options.json) io.out.write(`${line(report)}\n`);
    });
  };
  try {
    if (postgres !== undefined) {
      await runPostgresImport(options.db, postgres, options, settings, told);
    }
    if (files.length > 0)
      await withStore(options.db, { create: true, files }, async (store) => {
        const steps = importSources(store, files, settings, progress.step);
        for await (const report of steps) told(report);
      });
  } finally {
    progress.end();
  }
  if (options.json) io.out.write(`${JSON.stringify({ state: "ok", sources: reports })}\n`);
}

/** The library's options for those of the command line. */
function importOptions({
  allow,
  db,
  json,
  quiet,
  postgres,
  symbols,
  from,
  to,
  skipKlines,
  skipAggTrades,
  skipBookTicker,
  skipLiquidations,
  ...options
}: ImportCommandOptions): ImportOptions {
  return { ...options, allow: faultNames(allow) };
}

function line(report: CommitReport): string {
  const { source, format, inserted, unchanged, replaced, kept, duplicates, dropped } = report;
  const counts = { inserted, unchanged, replaced, kept, duplicates, dropped };
  const told = Object.entries(counts).filter(([name, n]) => n > 0 || name === "inserted");
  return `${source} (${format}): ${told.map(([name, n]) => `${n} ${name}`).join(", ")}`;
}
