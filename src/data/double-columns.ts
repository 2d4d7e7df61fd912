import { createRequire } from "node:module";
import type { DuckDBDataChunk } from "@duckdb/node-api";
import { duckdb } from "./duckdb-package.ts";

/** Of `@duckdb/node-bindings`, the half of DuckDB's client that its other half calls. */
interface Bindings {
  readonly data_chunk_get_vector: (chunk: DuckDBDataChunk["chunk"], column: number) => object;
  readonly vector_get_data: (vector: object, bytes: number) => Uint8Array;
}

/** Gives the values of one chunk after the other of a result; they lie in the chunk's memory, to be copied at once. */
export type ReadDoubles = (chunk: DuckDBDataChunk, column: number) => Float64Array;

/**
 * A reader of the chunks of a result of `width` DOUBLE columns without nulls, whole vectors at a time: asking the client
 * for one value after the other takes a quarter of the time of reading.
 */
export function doubleColumns(width: number): ReadDoubles {
  const { data_chunk_get_vector, vector_get_data } = bindings();
  let known = false;
  return (chunk, column) => {
    if (!known) known = areDoubles(chunk, width);
    const vector = data_chunk_get_vector(chunk.chunk, column);
    const { buffer, byteOffset } = vector_get_data(vector, chunk.rowCount * WIDTH_OF_DOUBLE);
    return new Float64Array(buffer, byteOffset, chunk.rowCount);
  };
}

const WIDTH_OF_DOUBLE = Float64Array.BYTES_PER_ELEMENT;

function bindings(): Bindings {
  const own = createRequire(import.meta.url);
  return createRequire(own.resolve("@duckdb/node-api"))("@duckdb/node-bindings") as Bindings;
}

function areDoubles(chunk: DuckDBDataChunk, width: number): true {
  const { DuckDBTypeId } = duckdb();
  for (let k = 0; k < width; k++) {
    const { type } = chunk.getColumnVector(k);
    if (type.typeId !== DuckDBTypeId.DOUBLE) throw new TypeError(`column ${k} is ${type}`);
  }
  return true;
}
