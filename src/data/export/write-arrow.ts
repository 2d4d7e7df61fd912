import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  type Data,
  Dictionary,
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  TimestampMillisecond,
  Utf8,
  type Vector,
  vectorFromArray,
} from "apache-arrow";
import { timestamps } from "../arrow-table.ts";
import { fileColumns, type NamedColumns } from "./named-columns.ts";

/** Writes series one behind the other as an Arrow IPC file, a record batch each; names are dictionary-encoded. */
export async function writeArrow(path: string, all: readonly NamedColumns[]): Promise<void> {
  const { names, numbers } = fileColumns(all);
  // One dictionary for all batches: the file format allows a dictionary only once.
  const texts = names.map((name, id) => {
    const distinct = [...new Set(all.map((series) => series[name] ?? ""))];
    const type = new Dictionary(new Utf8(), new Int32(), id);
    return { name, distinct, type, dictionary: vectorFromArray(distinct, new Utf8()) };
  });
  const schema = new Schema([
    ...numbers.map((name) =>
      name === "time"
        ? new Field(name, new TimestampMillisecond("UTC"))
        : new Field(name, new Float64(), true),
    ),
    ...texts.map(({ name, type }) => new Field(name, type, true)),
  ]);
  const writer = new RecordBatchFileWriter();
  const done = pipeline(
    Readable.from(writer, { objectMode: false }),
    createWriteStream(path, { flags: "wx" }),
  );
  writer.reset(undefined, schema);
  for (const series of all) {
    const length = series.columns.time.length;
    if (length === 0) continue;
    const children: Data[] = [
      ...numbers.map((name) => numberData(series, name)),
      ...texts.map(({ name, distinct, type, dictionary }) =>
        textData(distinct.indexOf(series[name] ?? ""), length, type, dictionary),
      ),
    ];
    const data = makeData({ type: new Struct(schema.fields), length, nullCount: 0, children });
    writer.write(new RecordBatch(schema, data));
  }
  writer.finish();
  await done;
}

function numberData({ columns }: NamedColumns, name: string): Data {
  if (name === "time") return timestamps(columns.time).data[0];
  const values = columns[name] ?? new Float64Array(columns.time.length).fill(Number.NaN);
  return makeData({ type: new Float64(), data: values, length: values.length, nullCount: 0 });
}

function textData(
  index: number,
  length: number,
  type: Dictionary<Utf8, Int32>,
  dictionary: Vector<Utf8>,
): Data {
  const data = new Int32Array(length).fill(index);
  return makeData({ type, data, length, nullCount: 0, dictionary });
}
