import { closeSync, openSync, writeSync } from "node:fs";
import { csvCell } from "../../report/csv.ts";
import type { ChunkColumn, ResultColumn, RowChunk } from "./columns.ts";

/** Lines that are made at once: long texts are taken for long-lived by the garbage collector. */
const LINES = 64;
/** Bytes that are written at once, at least. */
const BLOCK = 2 ** 18;

/** Writes rows as CSV: numbers in the fewest digits that give the same double again, na and missing text as empty cells. */
export async function writeCsv(
  path: string,
  columns: readonly ResultColumn[],
  chunks: Iterable<RowChunk>,
): Promise<void> {
  const file = openSync(path, "wx");
  const text = new BlockWriter(file);
  try {
    text.add(`${columns.map(({ name }) => csvCell(name)).join(",")}\n`);
    for (const chunk of chunks) {
      const cells = chunk.columns.map(cellOf);
      for (let start = 0; start < chunk.count; start += LINES) {
        text.add(lines(cells, start, Math.min(start + LINES, chunk.count)));
      }
    }
    text.flush();
  } finally {
    closeSync(file);
  }
}

/** Gathers texts in one buffer that is written whenever it is full. */
class BlockWriter {
  readonly #file: number;
  #bytes = Buffer.allocUnsafe(2 * BLOCK);
  #used = 0;

  constructor(file: number) {
    this.#file = file;
  }

  add(text: string): void {
    const most = 3 * text.length;
    if (this.#used + most > this.#bytes.length) this.flush();
    if (most > this.#bytes.length) this.#bytes = Buffer.allocUnsafe(most);
    this.#used += this.#bytes.write(text, this.#used);
    if (this.#used >= BLOCK) this.flush();
  }

  flush(): void {
    for (let done = 0; done < this.#used; ) {
      done += writeSync(this.#file, this.#bytes, done, this.#used - done);
    }
    this.#used = 0;
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
