import type { Postgres } from "./connect.ts";

/** µs from 1970 to 2000, where PostgreSQL counts from. */
const EPOCH_2000 = 946_684_800_000_000;
const HEADER = 19;

/** What each column of a copied query is: text, a timestamp, or a float64. */
export type CopyColumn = "text" | "time" | "number";

/** Rows of a query as they came, column by column; views that the next lot overwrites. */
export interface Lot {
  readonly rows: number;
  /** Text as it stands in each row; null slots are empty. */
  readonly texts: readonly (readonly string[])[];
  /** Times in epoch µs and numbers, in the order of the columns; null and infinite times are NaN, and so are nulls. */
  readonly numbers: readonly Float64Array[];
}

const LOT_ROWS = 8192;

/**
 * The rows of a query through COPY in binary form, in lots: only what is in one lot is held, and the server waits
 * while nobody takes the next one. The query has no parameters of its own: values are bound as settings of the
 * transaction before (see {@link bindSettings}).
 */
export async function* copyRows(
  { client }: Postgres,
  query: string,
  columns: readonly CopyColumn[],
): AsyncGenerator<Lot> {
  const { to } = await import("pg-copy-streams");
  const stream = client.query(to(`COPY (${query}) TO STDOUT (FORMAT binary)`));
  const reader = new TupleReader(columns);
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (!started) {
      if (data.length < HEADER) {
        rest = data;
        continue;
      }
      data = data.subarray(HEADER + data.readUInt32BE(HEADER - 4));
      started = true;
    }
    let at = 0;
    for (;;) {
      const end = reader.read(data, at);
      if (end < 0) break;
      at = end;
      if (reader.rows === LOT_ROWS) yield reader.take();
    }
    rest = data.subarray(at);
  }
  if (reader.rows > 0) yield reader.take();
}

/** Puts values where a query without parameters can read them: `current_setting('swymc.NAME')`. */
export async function bindSettings(
  { query }: Postgres,
  settings: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    if (value === undefined) continue;
    await query("SELECT pg_catalog.set_config($1, $2, true)", [`swymc.${name}`, value]);
  }
}

/** Reads tuples of PostgreSQL's binary COPY format into columns. */
class TupleReader {
  rows = 0;
  readonly #columns: readonly CopyColumn[];
  readonly #texts: string[][];
  readonly #numbers: Float64Array[];
  /** The bytes of the last text of each column: names repeat from row to row. */
  readonly #before: { bytes: Buffer; text: string }[];

  constructor(columns: readonly CopyColumn[]) {
    this.#columns = columns;
    const texts = columns.filter((column) => column === "text");
    this.#texts = texts.map(() => new Array<string>(LOT_ROWS));
    this.#before = texts.map(() => ({ bytes: Buffer.alloc(0), text: "" }));
    this.#numbers = columns
      .filter((column) => column !== "text")
      .map(() => new Float64Array(LOT_ROWS));
  }

  /** Takes the tuple at an offset and gives the offset after it; -1 where it is not all there, or was the last. */
  read(data: Buffer, start: number): number {
    if (start + 2 > data.length || data.readInt16BE(start) < 0) return -1;
    let at = start + 2;
    let text = 0;
    let number = 0;
    for (const column of this.#columns) {
      if (at + 4 > data.length) return -1;
      const length = data.readInt32BE(at);
      at += 4;
      if (at + Math.max(0, length) > data.length) return -1;
      if (column === "text") this.#texts[text][this.rows] = this.#text(text++, data, at, length);
      else this.#numbers[number++][this.rows] = length < 0 ? Number.NaN : value(column, data, at);
      at += Math.max(0, length);
    }
    this.rows++;
    return at;
  }

  take(): Lot {
    const { rows } = this;
    this.rows = 0;
    return {
      rows,
      texts: this.#texts,
      numbers: this.#numbers.map((column) => column.subarray(0, rows)),
    };
  }

  #text(column: number, data: Buffer, at: number, length: number): string {
    if (length <= 0) return "";
    const before = this.#before[column];
    if (before.bytes.equals(data.subarray(at, at + length))) return before.text;
    const bytes = Buffer.from(data.subarray(at, at + length));
    const text = bytes.toString("utf8");
    this.#before[column] = { bytes, text };
    return text;
  }
}

function value(column: CopyColumn, data: Buffer, at: number): number {
  if (column === "number") return data.readDoubleBE(at);
  // Infinite timestamps are the ends of int64.
  const micros = data.readInt32BE(at) * 2 ** 32 + data.readUInt32BE(at + 4);
  return Math.abs(micros) >= 2 ** 62 ? Number.NaN : micros + EPOCH_2000;
}
