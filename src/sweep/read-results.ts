import { existsSync, readFileSync } from "node:fs";
import { rows, withDatabase, withFileReader } from "../data/duckdb.ts";
import { literalPath } from "../data/read/literal-path.ts";
import { fail, SwymcError } from "../diagnostics/index.ts";
import type { Metadata } from "./rows/metadata.ts";
import { formatOf, sidecarPath } from "./rows/write-results.ts";

/** One row of results by column; numbers as they were written, na and missing text null. */
export type ResultCells = Readonly<Record<string, number | string | null>>;

export interface ReadRow {
  readonly metadata: Metadata;
  readonly cells: ResultCells;
}

/** The row of a file of results whose `trial` is `row`, and what the file says of itself. */
export async function readResultRow(path: string, row: number): Promise<ReadRow> {
  if (!existsSync(path)) fail("file_not_found", { path });
  const read = READERS[formatOf(path)]!;
  try {
    const { metadata, cells } = await read(path, row);
    const parsed = parseMetadata(path, metadata);
    if (cells === null) fail("sweep_row", { row, rows: parsed.trials });
    return { metadata: parsed, cells };
  } catch (cause) {
    if (cause instanceof SwymcError || !(cause instanceof Error)) throw cause;
    return fail("sweep_results", { path, reason: cause.message.split("\n")[0]! });
  }
}

interface Found {
  readonly metadata: string | null;
  readonly cells: ResultCells | null;
}

const READERS: Readonly<Record<string, (path: string, row: number) => Promise<Found>>> = {
  ".csv": readCsv,
  ".parquet": readParquet,
  ".arrow": readArrow,
  ".duckdb": readDatabase,
};

async function readCsv(path: string, row: number): Promise<Found> {
  const sidecar = sidecarPath(path);
  if (!existsSync(sidecar)) return { metadata: null, cells: null };
  const metadata = readFileSync(sidecar, "utf8");
  const cells = await withFileReader((connection) =>
    oneRow(
      connection,
      "read_csv(?, all_varchar = true, header = true, delim = ',', quote = '\"')",
      [literalPath(path), String(row)],
    ),
  );
  return { metadata, cells };
}

function readParquet(path: string, row: number): Promise<Found> {
  return withFileReader(async (connection) => {
    const at = literalPath(path);
    const sql = "SELECT decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = 'swymc'";
    const found = await rows(connection, { sql, values: [at] });
    const cells = await oneRow(connection, "read_parquet(?, hive_partitioning = false)", [at, row]);
    return { metadata: textOrNull(found[0]?.[0]), cells };
  });
}

function readDatabase(path: string, row: number): Promise<Found> {
  return withDatabase(path, async (connection) => {
    const sql = "SELECT value FROM main.sweep WHERE key = 'swymc'";
    const found = await rows(connection, { sql, values: [] });
    return {
      metadata: textOrNull(found[0]?.[0]),
      cells: await oneRow(connection, "main.trials", [row]),
    };
  });
}

async function readArrow(path: string, row: number): Promise<Found> {
  const { tableFromIPC } = await import("apache-arrow");
  const table = whole(() => tableFromIPC(readFileSync(path)));
  const metadata = table.schema.metadata.get("swymc") ?? null;
  const trials = table.getChild("trial");
  if (trials?.get(row - 1) !== row) return { metadata, cells: null };
  const cells = table.schema.fields.map(({ name }) => [name, table.getChild(name)!.get(row - 1)]);
  return { metadata, cells: plain(Object.fromEntries(cells)) };
}

/** What a reader makes of a file; what it throws where the file was cut off says nothing to its user. */
function whole<T>(read: () => T): T {
  try {
    return read();
  } catch {
    throw new Error("it is cut off or damaged");
  }
}

async function oneRow(
  connection: Parameters<Parameters<typeof withFileReader>[0]>[0],
  relation: string,
  values: (string | number)[],
): Promise<ResultCells | null> {
  const reader = await connection.runAndReadAll(
    `SELECT * FROM ${relation} WHERE trial = ? LIMIT 1`,
    values,
  );
  const [found] = reader.getRowsJS();
  if (found === undefined) return null;
  const names = reader.columnNames();
  return plain(Object.fromEntries(names.map((name, k) => [name, found[k]])));
}

function plain(cells: Record<string, unknown>): ResultCells {
  return Object.fromEntries(
    Object.entries(cells).map(([name, value]) => {
      if (value === null || value === undefined || Number.isNaN(value)) return [name, null];
      return [name, typeof value === "bigint" ? Number(value) : (value as number | string)];
    }),
  );
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function parseMetadata(path: string, text: string | null): Metadata {
  if (text === null) return fail("sweep_results", { path, reason: "its metadata are missing" });
  const metadata = JSON.parse(text) as Partial<Metadata>;
  if (metadata.kind !== "swymc-sweep" || metadata.manifest?.format !== 1) {
    fail("sweep_results", { path, reason: "its metadata are of another kind" });
  }
  return metadata as Metadata;
}
