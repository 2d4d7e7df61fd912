import type { Data, Vector } from "apache-arrow";
import { fail } from "../diagnostics/index.ts";
import type { TimeUnit } from "./options.ts";

/** Arrow's type ids, by their values in the format, so that any copy of the library will do. */
const INT = 2;
const FLOAT = 3;
const DECIMAL = 7;
const DATE = 8;
const TIMESTAMP = 10;
const DAY_MS = 86_400_000;

type Plain =
  | Float64Array
  | Float32Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint16Array
  | Uint32Array;
type Numbers = Plain | BigInt64Array | BigUint64Array;
type Chunk = Data & { readonly values: Numbers; readonly nullBitmap?: Uint8Array };
/** What the type descriptions of numeric and time columns carry. */
interface Described {
  readonly typeId: number;
  readonly precision?: number;
  readonly scale?: number;
  readonly unit?: number;
  readonly bitWidth?: number;
}

/**
 * A numeric Arrow column as float64. One chunk of Float64 without null slots is returned as the
 * view it is; anything else is converted into a new array, null slots to NaN and chunks joined.
 * Half floats, text, booleans and nested types are refused by name.
 */
export function columnNumbers(vector: Vector, name: string, length: number): Float64Array {
  const type = vector.type as Described;
  const numeric =
    type.typeId === INT ||
    type.typeId === DECIMAL ||
    (type.typeId === FLOAT && type.precision !== 0);
  if (!numeric) fail("column_type", { column: name, type: String(vector.type) });
  const chunks = vector.data as unknown as readonly Chunk[];
  if (type.typeId === FLOAT && chunks.length === 1 && chunks[0].nullCount === 0) {
    const values: unknown = vector.toArray();
    if (values instanceof Float64Array) return checkedLength(values, name, length);
  }
  const scale =
    type.typeId === DECIMAL ? { scale: type.scale ?? 0, bits: type.bitWidth ?? 128 } : null;
  return joined(chunks, name, length, (chunk) =>
    scale === null
      ? toFloat64(chunk.values, chunk.length)
      : decimals(chunk.values, chunk.length, scale),
  );
}

/**
 * A time column as epoch numbers and their unit; undefined for plain numbers, whose unit is to be
 * inferred. Timestamps of every unit (with or without a zone: both are UTC inside), dates, integers and floats.
 */
export function columnTimes(
  vector: Vector,
  name: string,
  length: number,
): { raw: Float64Array; unit: TimeUnit | undefined } {
  const type = vector.type as Described;
  if (type.typeId === INT || type.typeId === FLOAT) {
    return { raw: columnNumbers(vector, name, length), unit: undefined };
  }
  const isDate = type.typeId === DATE;
  if (!isDate && type.typeId !== TIMESTAMP) {
    fail("time_type", { column: name, type: String(vector.type) });
  }
  const chunks = vector.data as unknown as readonly Chunk[];
  const out = joined(chunks, name, length, (chunk) => toFloat64(chunk.values, chunk.length));
  if (!isDate) return { raw: out, unit: (["s", "ms", "us", "ns"] as const)[type.unit ?? 1] };
  if (type.unit === 0) for (let i = 0; i < length; i++) out[i] *= DAY_MS;
  return { raw: out, unit: "ms" };
}

/** Converts chunks into one array, null slots to NaN. Nothing is allocated for values that are not there. */
function joined(
  chunks: readonly Chunk[],
  column: string,
  expected: number,
  convert: (chunk: Chunk) => Float64Array,
): Float64Array {
  const bytes = chunks.reduce((sum, chunk) => sum + (chunk.values?.byteLength ?? 0), 0);
  if (bytes < expected) fail("column_length", { column, expected, found: bytes });
  const out = new Float64Array(expected);
  let at = 0;
  for (const chunk of chunks) {
    const numbers = convert(chunk);
    if (numbers.length !== chunk.length || at + numbers.length > expected) {
      fail("column_length", { column, expected, found: at + numbers.length });
    }
    out.set(numbers, at);
    clearNulls(chunk, out.subarray(at, at + numbers.length));
    at += numbers.length;
  }
  return at === expected ? out : fail("column_length", { column, expected, found: at });
}

/** The first `length` values as float64; 64-bit integers are rounded once, without a BigInt each. */
function toFloat64(values: Numbers, length: number): Float64Array {
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    const n = Math.min(length, values.length);
    const low = new Uint32Array(values.buffer, values.byteOffset, 2 * n);
    const high =
      values instanceof BigInt64Array
        ? new Int32Array(values.buffer, values.byteOffset, 2 * n)
        : low;
    const out = new Float64Array(n);
    for (let i = 0; i < n; i++) out[i] = high[2 * i + 1] * 4_294_967_296 + low[2 * i];
    return out;
  }
  return new Float64Array(values.subarray(0, length));
}

/** Decimals are little-endian words of an integer, to be divided by 10^scale; rounded once, by the number parser. */
function decimals(
  values: Numbers,
  length: number,
  { scale, bits }: { scale: number; bits: number },
): Float64Array {
  const bytes = bits / 8;
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength);
  const out = new Float64Array(Math.min(length, Math.floor(values.byteLength / bytes)));
  for (let i = 0; i < out.length; i++) {
    let integer = 0n;
    for (let k = bytes - 4; k >= 0; k -= 4) {
      integer = (integer << 32n) | BigInt(view.getUint32(i * bytes + k, true));
    }
    out[i] = Number(`${BigInt.asIntN(bits, integer)}e${-scale}`);
  }
  return out;
}

function clearNulls(chunk: Chunk, out: Float64Array): void {
  const bitmap = chunk.nullBitmap;
  if (bitmap === undefined || bitmap.length === 0) return;
  for (let i = 0; i < out.length; i++) {
    const bit = chunk.offset + i;
    if (((bitmap[bit >> 3] >> (bit & 7)) & 1) === 0) out[i] = Number.NaN;
  }
}

function checkedLength(values: Float64Array, column: string, expected: number): Float64Array {
  return values.length === expected
    ? values
    : fail("column_length", { column, expected, found: values.length });
}
