import {
  Date_,
  DateUnit,
  Decimal,
  Float16,
  Float32,
  Float64,
  Int32,
  makeData,
  makeVector,
  Table,
  Timestamp,
  TimeUnit,
  Utf8,
  Vector,
  vectorFromArray,
} from "apache-arrow";
import { describe, expect, it } from "vitest";
import type { Bars } from "../vector/columns.ts";
import { barsToTable, datasetFrom, tableToBars } from "./index.ts";

const of = (...values: number[]) => Float64Array.from(values);
const TIME = of(1704067200000, 1704070800000, 1704074400000);
const BARS: Bars = {
  time: TIME,
  open: of(1, 2, 3),
  high: of(4, 5, 6),
  low: of(0.5, 1, 2),
  close: of(1.5, 2.5, 3.5),
  volume: of(10, 20, 30),
};

/** A table of BARS with some columns replaced. */
function table(replaced: Record<string, Vector>): Table {
  return new Table({
    time: makeVector(TIME),
    ...Object.fromEntries(
      (["open", "high", "low", "close", "volume"] as const).map((name) => [
        name,
        makeVector(BARS[name]),
      ]),
    ),
    ...replaced,
  });
}

describe("bars to table", () => {
  it("has a UTC millisecond timestamp and five float64 columns", () => {
    expect(String(barsToTable(BARS).schema)).toBe(
      "Schema<{ 0: time: Timestamp<MILLISECOND, UTC>, 1: open: Float64, 2: high: Float64, 3: low: Float64, 4: close: Float64, 5: volume: Float64 }>",
    );
  });

  it("shares the buffers of the columns, there and back", () => {
    const back = tableToBars(barsToTable(BARS));
    for (const name of ["open", "high", "low", "close", "volume"] as const) {
      expect(back[name].buffer).toBe(BARS[name].buffer);
    }
    expect(back).toEqual(BARS);
  });

  it("shares a SharedArrayBuffer too", () => {
    const close = new Float64Array(new SharedArrayBuffer(24));
    close.set(BARS.close);
    expect(tableToBars(barsToTable({ ...BARS, close })).close.buffer).toBe(close.buffer);
  });

  it("keeps times before 1970 and after 2038", () => {
    const time = of(-1e12, -1, 0, 4_294_967_296_123);
    const column = new Float64Array(4).fill(1);
    const bars = { time, open: column, high: column, low: column, close: column, volume: column };
    expect(tableToBars(barsToTable(bars)).time).toEqual(time);
  });

  it("refuses columns of unequal length and times that are not whole milliseconds", () => {
    expect(() => barsToTable({ ...BARS, low: of(1) })).toThrow(
      'column_length: the column "low" has 1 values, not 3',
    );
    expect(() => barsToTable({ ...BARS, time: of(1, 2.5, 3) })).toThrow("time_below_ms: bar 1");
  });

  it("carries no bars at all", () => {
    const none = of();
    const empty = { time: none, open: none, high: none, low: none, close: none, volume: none };
    expect(tableToBars(barsToTable(empty)).time.length).toBe(0);
  });
});

describe("table to bars", () => {
  it("turns null slots into NaN and leaves the table as it was", () => {
    const close = vectorFromArray([1.5, null, 3.5], new Float64());
    const source = table({ close });
    expect([...tableToBars(source).close]).toEqual([1.5, Number.NaN, 3.5]);
    expect(close.get(1)).toBeNull();
  });

  it("turns null slots of a slice into NaN", () => {
    const sliced = table({ close: vectorFromArray([1.5, null, 3.5], new Float64()) }).slice(1, 3);
    expect([...tableToBars(sliced).close]).toEqual([Number.NaN, 3.5]);
    expect([...tableToBars(sliced).time]).toEqual([1704070800000, 1704074400000]);
  });

  it("joins several chunks", () => {
    const joined = barsToTable(BARS).concat(
      barsToTable({ ...BARS, time: TIME.map((time) => time + 10_800_000) }),
    );
    const bars = tableToBars(joined);
    expect(joined.batches.length).toBe(2);
    expect([...bars.close]).toEqual([1.5, 2.5, 3.5, 1.5, 2.5, 3.5]);
    expect([...bars.time.subarray(3)]).toEqual([1704078000000, 1704081600000, 1704085200000]);
  });

  it("converts single floats, integers of every width and decimals", () => {
    const words = (integer: bigint) =>
      [integer & 0xffffffffn, (integer >> 32n) & 0xffffffffn, 0n, 0n].map(Number);
    const decimal = new Vector([
      makeData({
        type: new Decimal(2, 10, 128),
        length: 3,
        data: Uint32Array.from([words(150n), words(1n), words(12345678901234567n)].flat()),
      }),
    ]);
    const bars = tableToBars(
      table({
        open: vectorFromArray([0.5, 0.25, 0.1], new Float32()),
        high: vectorFromArray([1, 2, 3], new Int32()),
        low: decimal as unknown as Vector,
        close: makeVector(BigInt64Array.of(-1n, 4294967296n, 9007199254740993n)),
        volume: makeVector(BigUint64Array.of(0n, 4294967295n, 18446744073709551615n)),
      }),
    );
    expect([...bars.open]).toEqual([0.5, 0.25, Math.fround(0.1)]);
    expect([...bars.high]).toEqual([1, 2, 3]);
    expect([...bars.low]).toEqual([1.5, 0.01, 123456789012345.67]);
    expect([...bars.close]).toEqual([-1, 4294967296, 9007199254740992]);
    expect([...bars.volume]).toEqual([0, 4294967295, 2 ** 64]);
  });

  it.each([
    ["text", vectorFromArray(["1", "2", "3"], new Utf8()), "Utf8"],
    ["half floats", vectorFromArray([1, 2, 3], new Float16()), "Float16"],
    ["booleans", vectorFromArray([true, false, true]), "Bool"],
  ])("refuses %s by name", (_, close, type) => {
    expect(() => tableToBars(table({ close: close as Vector }))).toThrow(
      `column_type: the column "close" has type ${type}`,
    );
  });

  it.each([
    ["seconds", TimeUnit.SECOND, 1_000n],
    ["milliseconds", TimeUnit.MILLISECOND, 1n],
    ["microseconds", TimeUnit.MICROSECOND, 1n],
    ["nanoseconds", TimeUnit.NANOSECOND, 1n],
  ])("reads timestamps in %s", (_, unit) => {
    const factor = { 0: 1n, 1: 1_000n, 2: 1_000_000n, 3: 1_000_000_000n }[unit]!;
    const data = BigInt64Array.from([...TIME].map((ms) => (BigInt(ms) / 1000n) * factor));
    const time = new Vector([
      makeData({ type: new Timestamp(unit, "Europe/Paris"), data, length: 3 }),
    ]);
    expect(tableToBars(table({ time })).time).toEqual(TIME);
  });

  it("reads dates and epoch integers", () => {
    const days = new Vector([
      makeData({
        type: new Date_(DateUnit.DAY),
        data: Int32Array.of(19723, 19724, 19725),
        length: 3,
      }),
    ]);
    expect(tableToBars(table({ time: days })).time[1]).toBe(1704153600000);
    const seconds = makeVector(BigInt64Array.of(1704067200n, 1704070800n, 1704074400n));
    expect(tableToBars(table({ time: seconds })).time).toEqual(TIME);
  });

  it("refuses times as text, epoch numbers of unclear unit and missing times", () => {
    const text = vectorFromArray(["2024-01-01", "2024-01-02", "2024-01-03"], new Utf8());
    expect(() => tableToBars(table({ time: text }))).toThrow("time_type");
    expect(() => tableToBars(table({ time: makeVector(of(1, 2, 3)) }))).toThrow(
      "time_unit_unclear",
    );
    expect([
      ...tableToBars(table({ time: makeVector(of(1, 2, 3)) }), { timeUnit: "s" }).time,
    ]).toEqual([1000, 2000, 3000]);
    const gap = vectorFromArray([TIME[0], null, TIME[2]], new Float64());
    expect(() => tableToBars(table({ time: gap }))).toThrow("bad_time: row 2");
  });
});

describe("data in memory", () => {
  it("checks bars without copying them", () => {
    const dataset = datasetFrom(BARS, { symbol: "BTC" });
    expect(dataset).toMatchObject({
      state: "ok",
      source: "memory",
      symbol: "BTC",
      interval: "1h",
      stepMs: 3_600_000,
      from: TIME[0],
      to: TIME[2],
      warmup: 0,
      warnings: [],
    });
    expect(dataset.bars.close.buffer).toBe(BARS.close.buffer);
    expect(dataset.table.getChild("close")?.toArray().buffer).toBe(BARS.close.buffer);
  });

  it("cuts a window as views, with the warm-up before it", () => {
    const dataset = datasetFrom(BARS, { from: TIME[2], warmupBars: 5 });
    expect(dataset).toMatchObject({ warmup: 2, from: TIME[2], to: TIME[2] });
    expect(dataset.bars.close.buffer).toBe(BARS.close.buffer);
  });

  it("names the first faulty row of each kind, before any work", () => {
    const bars = { ...BARS, high: of(4, 0, Number.NaN) };
    expect(() => datasetFrom(bars)).toThrow(
      "price_not_finite: row 3: high is not a finite number: 2024-01-01T02:00:00Z open 3 high na low 2 close 3.5 volume 30\nhigh_below_low: row 2: high is below low",
    );
  });
});
