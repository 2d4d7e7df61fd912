import { type Bars, FIELDS } from "../vector/columns.ts";

/** A column of an Arrow table, seen from outside: no dependency on the package. */
interface ArrowColumn {
  readonly length: number;
  readonly nullCount: number;
  readonly type?: { readonly unit?: number; readonly bitWidth?: number };
  toArray(): ArrayLike<number | bigint>;
  get(index: number): unknown;
}

interface ArrowTable {
  getChild(name: string): ArrowColumn | null;
}

/**
 * What a module computes on: Float64Arrays of one length (`time` in epoch ms), or an Arrow table with
 * these columns (`time` as timestamp of any unit, or a number of epoch ms).
 */
export type ColumnSource = Bars | ArrowTable;

/** Milliseconds per unit of an Arrow timestamp: second, millisecond, microsecond, nanosecond. */
const MS_PER_UNIT = [1000, 1, 1e-3, 1e-6] as const;

/** Checked bars: one length, strictly increasing time, no infinite values. Null slots become na. */
export function readColumns(source: ColumnSource): Bars {
  const read = (name: "time" | (typeof FIELDS)[number]): Float64Array =>
    "getChild" in source ? fromArrow(source, name) : ownColumn(source[name], name);
  const bars = {
    time: read("time"),
    open: read("open"),
    high: read("high"),
    low: read("low"),
    close: read("close"),
    volume: read("volume"),
  };
  for (const field of FIELDS) {
    if (bars[field].length !== bars.time.length)
      throw new RangeError(
        `${bars[field].length} values of ${field} on ${bars.time.length} of time`,
      );
  }
  for (let i = 0; i < bars.time.length; i++) {
    if (!(i === 0 ? Number.isFinite(bars.time[0]) : bars.time[i]! > bars.time[i - 1]!))
      throw new RangeError(`time must increase: row ${i} has ${bars.time[i]}`);
  }
  for (const field of FIELDS) {
    const at = bars[field].findIndex((x) => Math.abs(x) === Number.POSITIVE_INFINITY);
    if (at >= 0) throw new RangeError(`${field} of row ${at} is not finite`);
  }
  const crossed = bars.high.findIndex((high, i) => high < bars.low[i]!);
  if (crossed >= 0) throw new RangeError(`row ${crossed} has a high below its low`);
  return bars;
}

function ownColumn(column: unknown, name: string): Float64Array {
  if (column instanceof Float64Array) return column;
  throw new TypeError(`column ${name} must be a Float64Array`);
}

function fromArrow(table: ArrowTable, name: string): Float64Array {
  const column = table.getChild(name);
  if (!column) throw new TypeError(`the table has no column ${name}`);
  const scale = name === "time" ? (MS_PER_UNIT[column.type?.unit ?? 1] ?? 1) : 1;
  const values = column.nullCount === 0 ? column.toArray() : null;
  if (values instanceof Float64Array && scale === 1) return values;
  return Float64Array.from({ length: column.length }, (_, i) => {
    const value = values ? values[i] : column.get(i);
    return value === null || value === undefined ? Number.NaN : Number(value) * scale;
  });
}
