import { replaceFile } from "../../data/export/replace-file.ts";
import { fail } from "../../diagnostics/index.ts";
import type { ResultColumn, RowChunk } from "./columns.ts";
import type { Metadata } from "./metadata.ts";

type Write = (
  path: string,
  columns: readonly ResultColumn[],
  chunks: Iterable<RowChunk>,
  metadata: string,
) => Promise<void>;

/** Formats of results by the ending of the file's name; each is loaded when it is needed. */
const WRITERS: Readonly<Record<string, () => Promise<Write>>> = {
  ".csv": async () => (await import("./write-csv.ts")).writeCsv,
  ".parquet": async () => (await import("./write-database.ts")).writeParquet,
  ".arrow": async () => (await import("./write-arrow.ts")).writeArrow,
  ".duckdb": async () => (await import("./write-database.ts")).writeDatabase,
};

export const RESULT_FORMATS = Object.keys(WRITERS);

/** Fails where the ending of a name tells no format. */
export function checkResultsPath(path: string): void {
  formatOf(path);
}

/** Where the metadata of a CSV stand: a CSV itself has no place for them. */
export function sidecarPath(path: string): string {
  return `${path}.meta.json`;
}

/** Writes rows in the format of the path's ending, under a temporary name that is renamed at the end. */
export async function writeResults(
  path: string,
  columns: readonly ResultColumn[],
  chunks: Iterable<RowChunk>,
  metadata: Metadata,
): Promise<void> {
  const format = formatOf(path);
  const write = await WRITERS[format]!();
  const text = JSON.stringify(metadata);
  if (format === ".csv") {
    const { writeFileSync } = await import("node:fs");
    await replaceFile(sidecarPath(path), async (temporary) =>
      writeFileSync(temporary, `${text}\n`),
    );
  }
  await replaceFile(path, (temporary) => write(temporary, columns, chunks, text));
}

export function formatOf(path: string): string {
  const ending = RESULT_FORMATS.find((one) => path.toLowerCase().endsWith(one));
  return ending ?? fail("unknown_table_format", { path, known: RESULT_FORMATS });
}
