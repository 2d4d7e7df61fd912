import { closeSync, openSync, readSync } from "node:fs";
import { constants, gunzipSync } from "node:zlib";
import { fail } from "../diagnostics/index.ts";
import { normalise, SPELLINGS } from "./column-names.ts";
import type { SourceFile } from "./source-kind.ts";

/** How a CSV file is written: its delimiter, its columns, and whether a header line names them. */
export interface CsvHead {
  readonly delimiter: Delimiter;
  readonly names: readonly string[];
  readonly header: boolean;
  /** Blank lines before the first one. */
  readonly skip: number;
}

export const DELIMITERS = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof DELIMITERS)[number];

const HEAD_BYTES = 1 << 20;
/** Columns of Binance's kline files, which have no header line. */
const BINANCE =
  "open_time open high low close volume close_time quote_volume trades taker_base taker_quote ignore".split(
    " ",
  );

/** Reads the first line of a CSV file (or of a gzipped one). */
export function readCsvHead({ path, kind }: SourceFile): CsvHead {
  const bytes = headBytes(path, kind === "csv_gz");
  if (bytes[0] === 0xff || bytes[0] === 0xfe) fail("csv_encoding", { path, found: "UTF-16" });
  if (bytes.includes(0)) {
    fail("file_kind_mismatch", { path, named: "CSV", found: "something else" });
  }
  const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
  const lines = text.split(/\r\n|\n|\r/);
  const skip = lines.findIndex((candidate) => candidate.trim() !== "");
  const line = lines[skip];
  if (line === undefined) return fail("csv_header", { path, line: "(blank)" });
  const delimiter = likeliest(line);
  const cells = splitCsv(line, delimiter);
  if (!looksLikeData(cells)) return { delimiter, names: cells, header: true, skip };
  if (cells.length === BINANCE.length && cells.every((cell) => /^[\d.]+$/.test(cell))) {
    return { delimiter, names: BINANCE, header: false, skip };
  }
  return fail("csv_header", { path, line: JSON.stringify(line.slice(0, 120)) });
}

/** The cells of one CSV line; quotes may enclose delimiters, and are doubled inside. */
export function splitCsv(line: string, delimiter: Delimiter): string[] {
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const char = line[i];
    if (quoted) {
      if (char !== '"') cell += char;
      else if (line[i + 1] === '"') cell += line[++i];
      else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === delimiter) {
      cells.push(cell.trim());
      cell = "";
    } else cell += char;
  }
  cells.push(cell.trim());
  return cells;
}

function likeliest(line: string): Delimiter {
  const counts = DELIMITERS.map((delimiter) => splitCsv(line, delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))];
}

function looksLikeData(cells: readonly string[]): boolean {
  const known: readonly string[] = Object.values(SPELLINGS).flat();
  return /^\d/.test(cells[0]) && !cells.some((cell) => known.includes(normalise(cell)));
}

function headBytes(path: string, gzipped: boolean): Buffer {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(gzipped ? HEAD_BYTES / 16 : HEAD_BYTES);
    const head = buffer.subarray(0, readSync(file, buffer, 0, buffer.length, 0));
    return gzipped ? gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }) : head;
  } catch (cause) {
    return fail("read_failed", { path, reason: (cause as Error).message });
  } finally {
    closeSync(file);
  }
}
