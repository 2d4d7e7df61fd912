import { createHash } from "node:crypto";
import type { Interval } from "../../vector/interval.ts";
import type { BarColumns } from "../columns.ts";

/** The names that tell one stored series from another. */
export interface SeriesKey {
  readonly exchange: string;
  readonly symbol: string;
  readonly interval: string;
}

const FOLDERS = ["exchange", "symbol", "interval", "year"] as const;

/** `exchange=…/symbol=…/interval=…/year=…`, as pyarrow and DuckDB read it (hive style, values percent-encoded). */
export function partitionFolders(place: SeriesKey & { readonly year: number }): string[] {
  return FOLDERS.map((name) => `${name}=${encodeValue(String(place[name]))}`);
}

/** Name of a file: its first and last time, and a digest of what it holds: the same bars get the same name again, no others do. */
export function archiveFileName(columns: BarColumns): string {
  const hash = createHash("sha256");
  for (const [name, values] of Object.entries(columns)) {
    hash.update(`${name}:${values.length};`);
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  const { time } = columns;
  return `${compact(time[0])}-${compact(time[time.length - 1])}-${hash.digest("hex").slice(0, 16)}.parquet`;
}

/** Whether a name is one that {@link archiveFileName} gives: no path, no wildcard. */
export function isArchiveFileName(name: string): boolean {
  return /^\d{8}T\d{9}Z-\d{8}T\d{9}Z-[0-9a-f]{16}\.parquet$/.test(name);
}

/** The series and year of the folders of a path; null for any other folders. */
export function parsePartition(folders: readonly string[]): (SeriesKey & { year: number }) | null {
  const values = FOLDERS.map((name, i) =>
    folders[i]?.startsWith(`${name}=`) ? decodeValue(folders[i].slice(name.length + 1)) : null,
  );
  const [exchange, symbol, interval, year] = values;
  if (folders.length !== FOLDERS.length || values.includes(null)) return null;
  return /^\d{4}$/.test(year!)
    ? { exchange: exchange!, symbol: symbol!, interval: interval!, year: Number(year) }
    : null;
}

/**
 * Percent-encodes everything but letters, digits, `-` and `_`, and dots where they could not be `.` or `..`. The month
 * is `1%4D`: on a file system that ignores case its folder would be that of the minute.
 */
function encodeValue(value: string): string {
  if (value === ("1M" satisfies Interval)) return "1%4D";
  const bytes = [...new TextEncoder().encode(value)];
  const plain = (byte: number, i: number) =>
    /[A-Za-z0-9_-]/.test(String.fromCharCode(byte)) || (byte === 0x2e && i > 0);
  return bytes
    .map((byte, i) =>
      plain(byte, i)
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`,
    )
    .join("");
}

function decodeValue(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** 20240131T235900000Z. */
function compact(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:.]/g, "");
}
