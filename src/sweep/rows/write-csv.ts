import { closeSync, openSync, writeSync } from "node:fs";
import { csvCell } from "../../report/csv.ts";
import type { ChunkColumn, ResultColumn, RowChunk } from "./columns.ts";

const LINES = 4_096;

/** Writes rows as CSV: numbers in the fewest digits that give the same double again, na and missing text as empty cells. */
export async function writeCsv(
  path: string,
  columns: readonly ResultColumn[],
  chunks: Iterable<RowChunk>,
): Promise<void> {
  const file = openSync(path, "wx");
  try {
    writeSync(file, `${columns.map(({ name }) => csvCell(name)).join(",")}\n`);
    for (const chunk of chunks) {
      const cells = chunk.columns.map(cellOf);
      for (let start = 0; start < chunk.count; start += LINES) {
        writeSync(file, lines(cells, start, Math.min(start + LINES, chunk.count)));
      }
    }
  } finally {
    closeSync(file);
  }
}

function lines(cells: readonly ((k: number) => string)[], start: number, end: number): string {
  let text = "";
  for (let k = start; k < end; k++) {
    text += cells[0]!(k);
    for (let c = 1; c < cells.length; c++) text += `,${cells[c]!(k)}`;
    text += "\n";
  }
  return text;
}

function cellOf(column: ChunkColumn): (k: number) => string {
  if ("text" in column) {
    const cell = csvCell(column.text);
    return () => cell;
  }
  if ("texts" in column) return (k) => csvCell(column.texts[k]!);
  const { numbers } = column;
  return (k) => {
    const value = numbers[k]!;
    return Number.isNaN(value) ? "" : String(value);
  };
}
