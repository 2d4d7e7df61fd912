import {
  type Float64,
  makeData,
  makeVector,
  Table,
  TimestampMillisecond,
  Vector,
} from "apache-arrow";
import { fail } from "../diagnostics/index.ts";
import type { Bars } from "../vector/columns.ts";
import { isoTime } from "../vector/iso-time.ts";
import { unequalColumn } from "./validate.ts";

/** The carrier: bar times as Timestamp(millisecond, UTC) and the five columns as Float64. */
export type BarsTable = Table<{
  time: TimestampMillisecond;
  open: Float64;
  high: Float64;
  low: Float64;
  close: Float64;
  volume: Float64;
}>;

/**
 * Bars as an Arrow table. The price and volume columns share their buffers with `bars`; times are
 * converted. Columns of unequal length or times that are not whole milliseconds are errors.
 */
export function barsToTable(bars: Bars): BarsTable {
  const unequal = unequalColumn(bars);
  if (unequal !== null) fail("column_length", { ...unequal, expected: bars.time.length });
  return new Table({
    time: timestamps(bars.time),
    open: makeVector(bars.open),
    high: makeVector(bars.high),
    low: makeVector(bars.low),
    close: makeVector(bars.close),
    volume: makeVector(bars.volume),
  }) as BarsTable;
}

/**
 * The same, made when it is first asked for: few runs over bars read their table, and its times take as long as all checks.
 * @param bars whose times are whole numbers that increase
 */
export function tableOnceAsked(bars: Bars): () => BarsTable {
  const [first, last] = [bars.time.subarray(0, 1), bars.time.subarray(-1)];
  timestamps(first);
  timestamps(last);
  let table: BarsTable | undefined;
  return () => {
    table ??= barsToTable(bars);
    return table;
  };
}

/** Epoch ms as an Arrow timestamp column. */
export function timestamps(time: Float64Array): Vector<TimestampMillisecond> {
  const values = new BigInt64Array(time.length);
  const words = new Int32Array(values.buffer);
  for (let i = 0; i < time.length; i++) {
    const ms = time[i];
    if (!Number.isSafeInteger(ms)) {
      fail("time_below_ms", { where: `bar ${i}`, row: isoTime(ms), more: 0 });
    }
    // Two halves, because a BigInt per bar costs thirty times as much.
    const high = Math.floor(ms / 4_294_967_296);
    words[2 * i] = ms - high * 4_294_967_296;
    words[2 * i + 1] = high;
  }
  const type = new TimestampMillisecond("UTC");
  return new Vector([makeData({ type, data: values, length: time.length })]);
}
