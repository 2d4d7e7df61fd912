import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { isoTime } from "../../vector/iso-time.ts";
import { csvCell } from "./csv-cell.ts";
import { fileColumns, type NamedColumns } from "./named-columns.ts";

const LINES = 4096;

/**
 * Writes series one behind the other as CSV: times in ISO-8601 UTC, numbers in the fewest digits that give the same
 * double again, na as an empty cell, names guarded against being read as formulas.
 */
export async function writeCsv(
  path: string,
  all: readonly NamedColumns[],
  { gzip = false } = {},
): Promise<void> {
  const text = Readable.from(pieces(all), { objectMode: false });
  const file = createWriteStream(path, { flags: "wx" });
  await (gzip ? pipeline(text, createGzip(), file) : pipeline(text, file));
}

function* pieces(all: readonly NamedColumns[]): Generator<Buffer> {
  const { names, numbers } = fileColumns(all);
  yield Buffer.from(`${[...numbers, ...names].map(csvCell).join(",")}\n`);
  for (const series of all) {
    const { time } = series.columns;
    const columns = numbers.slice(1).map((name) => series.columns[name]);
    const ending = names.map((name) => `,${csvCell(series[name] ?? "")}`).join("");
    for (let start = 0; start < time.length; start += LINES) {
      let text = "";
      const end = Math.min(start + LINES, time.length);
      for (let i = start; i < end; i++) {
        text += isoTime(time[i]);
        for (const column of columns) text += `,${cell(column?.[i])}`;
        text += `${ending}\n`;
      }
      yield Buffer.from(text);
    }
  }
}

/** JavaScript writes a number in the fewest digits that lead back to it. */
function cell(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? "" : String(value);
}
