import { type Diagnostic, diagnose, SwymcError } from "../../diagnostics/index.ts";
import { type DuckDBConnection, rows } from "../duckdb.ts";
import type { RowName } from "../faults.ts";
import type { Calendar } from "./calendar.ts";
import type { OnConflict } from "./conflicts.ts";
import { describeFault, type FaultContext } from "./describe-fault.ts";
import { fillTable, suitsFilling } from "./fill-table.ts";
import { type Judgement, judgeStaged, refused } from "./judge.ts";
import { measuredStep } from "./measure.ts";
import { type Merged, mergeRows } from "./merge.ts";
import { type SeriesName, settleNames } from "./names.ts";
import { stagedRowNames } from "./row-names.ts";
import type { FaultName } from "./severity.ts";
import { extraColumns } from "./staging.ts";

export interface CommitOptions {
  /** What the user calls the source. */
  readonly source: string;
  readonly format: string;
  readonly exchange?: string | undefined;
  readonly symbol?: string | undefined;
  readonly interval?: string | undefined;
  readonly onConflict?: OnConflict | undefined;
  readonly allow?: readonly FaultName[] | undefined;
  /** When the market trades, for what counts as a gap; always unless given. */
  readonly calendar?: Calendar | undefined;
  readonly nameRow?: ((index: number) => RowName) | undefined;
}

/** What became of a source's rows: `rows` is the sum of the counts of {@link Merged}, `duplicates` and `dropped`. */
export interface CommitReport extends Merged {
  readonly source: string;
  readonly format: string;
  readonly series: readonly SeriesName[];
  readonly rows: number;
  /** The same bar again within the source. */
  readonly duplicates: number;
  /** Left out because of a fault that was admitted. */
  readonly dropped: number;
  readonly newestFirst: boolean;
  readonly warnings: readonly Diagnostic[];
}

const NOTHING: Merged = { inserted: 0, unchanged: 0, replaced: 0, kept: 0 };

/**
 * Checks what is staged, and merges it into `candles` in one transaction: all of it or nothing. Throws a SwymcError
 * that names every fault that is not admitted, or the first conflict with stored bars.
 */
export async function commitStaged(
  connection: DuckDBConnection,
  options: CommitOptions,
): Promise<CommitReport> {
  const { source, format, allow = [], calendar = "24x7", onConflict = "fail" } = options;
  const series = await settleNames(connection, options, () => measuredStep(connection));
  const judgement = await judgeStaged(connection, series, calendar);
  const nameRow = stagedRowNames(connection, options.nameRow);
  const context = { connection, source, series, calendar, judgement, nameRow };
  const warnings = await weigh(judgement, allow, context);
  const extras = await extraColumns(connection);
  const filling = await suitsFilling(connection, judgement.clean, extras);

  await connection.run("BEGIN TRANSACTION");
  let merged: Merged;
  try {
    merged = filling
      ? { ...NOTHING, inserted: await fillTable(connection, judgement.clean, extras) }
      : await mergeRows(connection, judgement.clean, extras, onConflict, nameRow);
    if (merged.inserted + merged.replaced > 0) await log(connection, options, merged);
    await connection.run("COMMIT");
  } catch (cause) {
    await connection.run("ROLLBACK").catch(() => {});
    throw cause;
  }
  if (filling) await connection.run("CHECKPOINT");
  const { inserted, unchanged, replaced, kept } = merged;
  const repeated = judgement.findings.find(({ fault }) => fault === "time_repeated");
  const duplicates = repeated?.count ?? 0;
  const dropped = judgement.rows - inserted - unchanged - replaced - kept - duplicates;
  const { newestFirst } = judgement;
  const counts = { rows: judgement.rows, ...merged, duplicates, dropped };
  return { source, format, series, ...counts, newestFirst, warnings };
}

/** The findings as warnings; throws them all where one is refused. */
async function weigh(
  { findings }: Judgement,
  allow: readonly FaultName[],
  context: FaultContext,
): Promise<Diagnostic[]> {
  const wrong = refused(findings, allow);
  const told: Diagnostic[] = [];
  for (const one of findings) told.push(await describeFault(one, !wrong.includes(one), context));
  if (wrong.length === 0) return told;
  const faults = wrong.map(({ fault }) => fault);
  const verdict = diagnose("import_refused", { source: context.source, faults });
  throw new SwymcError([...told.filter(({ severity }) => severity === "error"), verdict]);
}

async function log(
  connection: DuckDBConnection,
  { source, format }: CommitOptions,
  { inserted, replaced }: Merged,
): Promise<void> {
  await rows(connection, {
    sql: "INSERT INTO main.imports VALUES (system.main.epoch_ms(?::BIGINT), ?, ?, ?, ?)",
    values: [BigInt(Date.now()), source, format, BigInt(inserted), BigInt(replaced)],
  });
}
