import { type PackedColumn, unpack } from "../packed.ts";
import type { ReportData } from "../report-data.ts";

/** The page's data; columns are unpacked when they are first read. */
export interface Loaded<Data> {
  readonly data: Data;
  column(name: string): Float64Array;
}

export type Report = Loaded<ReportData>;

export async function loadReport<
  Data extends { readonly columns: readonly PackedColumn[] },
>(): Promise<Loaded<Data>> {
  const data = JSON.parse(textOf("report-data")) as Data;
  const bytes = await inflate(textOf("report-columns").trim());
  const columns = new Map(
    data.columns.map((column): [string, PackedColumn] => [column.name, column]),
  );
  const read = new Map<string, Float64Array>();
  return { data, column };

  function column(name: string): Float64Array {
    let values = read.get(name);
    if (values === undefined) {
      const packed = columns.get(name);
      const base = packed?.base == null ? null : column(packed.base);
      values = packed === undefined ? new Float64Array(0) : unpack(bytes, packed, base);
      read.set(name, values);
    }
    return values;
  }
}

function textOf(id: string): string {
  return document.getElementById(id)?.textContent ?? "";
}

async function inflate(base64: string): Promise<Uint8Array> {
  const packed = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
