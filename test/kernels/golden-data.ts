import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

/** The reference data beside the repository; tests that need it are skipped where it is absent. */
export const SHARED = fileURLToPath(new URL("../../../shared/data/", import.meta.url));
export const hasShared = existsSync(SHARED);
export const SKIPPED = "reference data ../shared/data is absent";

/** Columns of a CSV file (also .gz) by header; an empty field is NaN, text columns are NaN throughout. */
export function readColumns(path: string): Map<string, Float64Array> {
  const file = [path, `${path}.gz`].map((name) => SHARED + name).find((name) => existsSync(name));
  if (file === undefined) throw new Error(`no ${path} in the reference data`);
  const bytes = readFileSync(file);
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const lines = text.split(/\r?\n/).filter((line) => line !== "");
  const names = fields(lines[0]);
  const columns = names.map(() => new Float64Array(lines.length - 1).fill(Number.NaN));
  for (let row = 1; row < lines.length; row++) {
    const cells = lines[row].split(",");
    for (let c = 0; c < names.length; c++) {
      if (cells[c] !== "" && cells[c] !== undefined) columns[c][row - 1] = Number(cells[c]);
    }
  }
  return new Map(names.map((name, c) => [name, columns[c]]));
}

/** Header fields, of which some are quoted: `"ta.sma(close, 10)"`. */
function fields(header: string): string[] {
  return [...header.matchAll(/"([^"]*)"|([^,]+)/g)].map((m) => m[1] ?? m[2]);
}

export function column(columns: Map<string, Float64Array>, name: string): Float64Array {
  const found = columns.get(name);
  if (found === undefined) throw new Error(`no column ${name}`);
  return found;
}

/** The largest |found - wanted| in units of the tolerance; Infinity where one is na and the other is not. */
export function worst(
  found: Float64Array,
  wanted: Float64Array,
  tolerance: (wanted: number, bar: number) => number,
): { worst: number; bar: number; compared: number } {
  const result = { worst: 0, bar: -1, compared: 0 };
  for (let i = 0; i < wanted.length; i++) {
    const naDiffers = Number.isNaN(found[i]) !== Number.isNaN(wanted[i]);
    if (Number.isNaN(wanted[i]) && !naDiffers) continue;
    const distance = Math.abs(found[i] - wanted[i]);
    const ratio = naDiffers
      ? Number.POSITIVE_INFINITY
      : distance === 0
        ? 0
        : distance / tolerance(wanted[i], i);
    result.compared++;
    if (ratio > result.worst) Object.assign(result, { worst: ratio, bar: i });
  }
  return result;
}
