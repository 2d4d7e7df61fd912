import { closeSync, openSync, writeSync } from "node:fs";
import {
  type Data,
  Field,
  Float64,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  Table,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import type { ChunkColumn, ResultColumn, RowChunk } from "./columns.ts";

/** Writes rows as an Arrow IPC file, a record batch per chunk; the metadata of the schema holds `metadata`. */
export async function writeArrow(
  path: string,
  columns: readonly ResultColumn[],
  chunks: Iterable<RowChunk>,
  metadata: string,
): Promise<void> {
  const schema = schemaOf(columns, metadata);
  const writer = new RecordBatchFileWriter();
  const file = openSync(path, "wx");
  try {
    const written = drain(writer, file);
    writer.reset(undefined, schema);
    for (const chunk of chunks) {
      writer.write(recordBatch(schema, chunk));
      // Lets what was encoded go to the file before more is made.
      await new Promise((resolve) => setImmediate(resolve));
    }
    writer.finish();
    await written;
  } finally {
    closeSync(file);
  }
}

/** Rows as an Arrow table. */
export function tableOf(
  columns: readonly ResultColumn[],
  chunks: readonly RowChunk[],
  metadata: string,
): Table {
  const schema = schemaOf(columns, metadata);
  return new Table(
    schema,
    chunks.map((chunk) => recordBatch(schema, chunk)),
  );
}

async function drain(writer: RecordBatchFileWriter, file: number): Promise<void> {
  for await (const bytes of writer) writeSync(file, bytes);
}

function schemaOf(columns: readonly ResultColumn[], metadata: string): Schema {
  const fields = columns.map(
    ({ name, type }) => new Field(name, type === "text" ? new Utf8() : new Float64(), true),
  );
  return new Schema(fields, new Map([["swymc", metadata]]));
}

function recordBatch(schema: Schema, { columns, count }: RowChunk): RecordBatch {
  const children = columns.map((column) => dataOf(column, count));
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length: count, nullCount: 0, children }),
  );
}

/** Undefined numbers are NaN: null slots would read as 0. */
function dataOf(column: ChunkColumn, length: number): Data {
  if ("numbers" in column) {
    return makeData({ type: new Float64(), data: column.numbers, length, nullCount: 0 });
  }
  const texts =
    "text" in column ? new Array<string | null>(length).fill(column.text) : column.texts;
  return vectorFromArray(texts as (string | null)[], new Utf8()).data[0]!;
}
