import { refuse } from "./refuse.ts";

/** The part of an Arrow vector that is read; any version of apache-arrow fits, and nothing of it is imported. */
export interface ArrowVector {
  readonly length: number;
  readonly nullCount: number;
  /** Arrow's type, where known: only floats and integers below 64 bits are numbers that float64 can hold. */
  readonly type?: unknown;
  toArray(): ArrayLike<unknown>;
  get(index: number): unknown;
}

/** A series of numbers, one per bar; NaN, null and undefined are na. */
export type Source = Float64Array | readonly (number | null | undefined)[] | ArrowVector;

/**
 * The float64 column of a source: a Float64Array, and an Arrow float64 vector of one chunk without nulls, are
 * read in place; everything else is converted, null slots becoming NaN.
 */
export function columnOf(indicator: string, source: Source): Float64Array {
  if (source instanceof Float64Array) return source;
  if (Array.isArray(source)) return fromArray(indicator, source);
  if (isVector(source)) return fromVector(indicator, source);
  return refuse("indicator_source_type", { indicator, type: typeName(source) });
}

function fromArray(indicator: string, source: readonly unknown[]): Float64Array {
  const column = new Float64Array(source.length);
  for (let i = 0; i < source.length; i++) {
    const value = source[i];
    if (typeof value === "number") column[i] = value;
    else if (value === null || value === undefined) column[i] = Number.NaN;
    else refuse("indicator_source_value", { indicator, index: i, value });
  }
  return column;
}

function fromVector(indicator: string, vector: ArrowVector): Float64Array {
  if (!isNumeric(vector.type)) {
    refuse("indicator_source_type", { indicator, type: String(vector.type) });
  }
  const values = vector.toArray();
  const inPlace = values instanceof Float64Array;
  if (inPlace && vector.nullCount === 0) return values;
  if (!inPlace && !(ArrayBuffer.isView(values) && vector.type !== undefined)) {
    return fromArray(indicator, Array.from(values));
  }
  // Half floats come as their bits from toArray, so a value is asked for where it is not a double.
  const column = new Float64Array(vector.length);
  for (let i = 0; i < column.length; i++)
    column[i] = (vector.get(i) as number | null) ?? Number.NaN;
  return column;
}

/** Arrow's type ids: 2 Int, 3 Float. A vector that does not tell its type is judged by its values. */
function isNumeric(type: unknown): boolean {
  if (type === undefined || type === null) return true;
  const { typeId, bitWidth } = type as { typeId?: unknown; bitWidth?: unknown };
  return typeId === 3 || (typeId === 2 && Number(bitWidth) < 64);
}

function isVector(source: unknown): source is ArrowVector {
  if (typeof source !== "object" || source === null) return false;
  const vector = source as Partial<ArrowVector>;
  return (
    typeof vector.length === "number" &&
    typeof vector.nullCount === "number" &&
    typeof vector.toArray === "function" &&
    typeof vector.get === "function"
  );
}

function typeName(value: unknown): string {
  if (value === null || typeof value !== "object") return value === null ? "null" : typeof value;
  return value.constructor?.name ?? "object";
}
