import { closeSync, openSync, readSync, statSync } from "node:fs";
import { fail } from "../diagnostics/index.ts";

export type SourceKind = "csv" | "csv_gz" | "parquet" | "arrow" | "duckdb";

/** Endings of names, and the format that they promise. */
const ENDINGS: readonly (readonly [RegExp, SourceKind | "json" | "zip" | "excel"])[] = [
  [/\.(csv|tsv|txt)\.gz$/i, "csv_gz"],
  [/\.(csv|tsv|txt)$/i, "csv"],
  [/\.(parquet|pq)$/i, "parquet"],
  [/\.(arrow|arrows|ipc|feather)$/i, "arrow"],
  [/\.(duckdb|ddb|db)$/i, "duckdb"],
  [/\.json(\.gz)?$/i, "json"],
  [/\.zip$/i, "zip"],
  [/\.xlsx?$/i, "excel"],
];

const TITLES: Record<string, string> = {
  csv: "CSV",
  csv_gz: "compressed CSV",
  parquet: "Parquet",
  arrow: "Arrow IPC",
  duckdb: "a DuckDB database",
  json: "JSON",
  zip: "a zip archive",
  excel: "an Excel workbook",
  feather_v1: "Feather version 1",
  sqlite: "an SQLite database",
  gzip: "gzip",
};

const ADVICE: Record<string, string> = {
  json: "`swymc data import FILE --db market.duckdb` reads the JSON of exchanges; else write one bar per row as CSV",
  zip: "`swymc data import FILE --db market.duckdb` reads archives of bars; else unpack it first",
  excel: "save it as CSV",
  feather_v1: "write it again as Feather version 2 (Arrow IPC)",
  sqlite: "export the table of bars to CSV or Parquet",
};

/** A file that exists, how to read it, and its size in bytes. */
export interface SourceFile {
  readonly path: string;
  readonly kind: SourceKind;
  readonly bytes: number;
}

/** Tells how to read a file from its first bytes and its name; both have to agree. */
export function identify(path: string): SourceFile {
  const bytes = sizeOf(path);
  const named = ENDINGS.find(([ending]) => ending.test(path))?.[1];
  const found = magic(firstBytes(path));
  const kind = found ?? named;
  if (kind === undefined) return fail("file_kind_unknown", { path });
  if (kind in ADVICE) {
    return fail("file_kind_unsupported", { path, found: TITLES[kind], advice: ADVICE[kind] });
  }
  if (kind === "gzip") {
    if (named === undefined || named === "csv_gz") return { path, kind: "csv_gz", bytes };
    if (named !== "json") return mismatch(path, named, "gzip");
    return fail("file_kind_unsupported", { path, found: TITLES.json, advice: ADVICE.json });
  }
  const binary = named === "parquet" || named === "duckdb" || named === "csv_gz";
  if (found === undefined && binary) return mismatch(path, named, undefined);
  if (found !== undefined && named !== undefined && found !== named)
    return mismatch(path, named, found);
  return { path, kind: kind as SourceKind, bytes };
}

function mismatch(path: string, named: string, found: string | undefined): never {
  const title = found === undefined ? "something else" : TITLES[found];
  return fail("file_kind_mismatch", { path, named: TITLES[named], found: title });
}

function sizeOf(path: string): number {
  let stat: ReturnType<typeof statSync>;
  try {
    stat = statSync(path);
  } catch (cause) {
    if (["ENOENT", "ENOTDIR"].includes((cause as NodeJS.ErrnoException).code ?? "")) {
      return fail("file_not_found", { path });
    }
    return fail("file_unreadable", { path, reason: (cause as Error).message });
  }
  if (stat.isDirectory()) fail("file_is_directory", { path });
  if (!stat.isFile()) fail("file_unreadable", { path, reason: "it is not a regular file" });
  if (stat.size === 0) fail("file_empty", { path });
  return stat.size;
}

function firstBytes(path: string): Buffer {
  try {
    const file = openSync(path, "r");
    try {
      const head = Buffer.alloc(16);
      return head.subarray(0, readSync(file, head, 0, head.length, 0));
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    return fail("file_unreadable", { path, reason: (cause as Error).message });
  }
}

function magic(head: Buffer): string | undefined {
  const text = head.toString("latin1");
  if (text.startsWith("PAR1")) return "parquet";
  if (text.startsWith("ARROW1") || text.startsWith("\xff\xff\xff\xff")) return "arrow";
  if (text.startsWith("FEA1")) return "feather_v1";
  if (text.startsWith("DUCK", 8)) return "duckdb";
  if (text.startsWith("SQLite format 3")) return "sqlite";
  if (text.startsWith("\x1f\x8b")) return "gzip";
  if (text.startsWith("PK\x03\x04")) return "zip";
  return undefined;
}
