import type { Interval } from "../../vector/interval.ts";

/** The names that tell one stored series from another. */
export interface SeriesKey {
  readonly exchange: string;
  readonly symbol: string;
  readonly interval: string;
}

/** One file's place in an archive folder, and the times of its first and last bar. */
export interface FilePlace extends SeriesKey {
  readonly year: number;
  readonly from: number;
  readonly to: number;
}

const FOLDERS = ["exchange", "symbol", "interval", "year"] as const;

/** `exchange=…/symbol=…/interval=…/year=…`, as pyarrow and DuckDB read it (hive style, values percent-encoded). */
export function partitionFolders(place: SeriesKey & { readonly year: number }): string[] {
  return FOLDERS.map((name) => `${name}=${encodeValue(String(place[name]))}`);
}

/** Name of a file: its series' first and last time, so that the same bars get the same name again. */
export function archiveFileName({ from, to }: { from: number; to: number }): string {
  return `${compact(from)}-${compact(to)}.parquet`;
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
