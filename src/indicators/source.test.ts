import {
  Bool,
  DateMillisecond,
  Decimal,
  Float16,
  Float32,
  Float64,
  Int32,
  Int64,
  makeTable,
  makeVector,
  tableFromArrays,
  tableFromIPC,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import { describe, expect, test } from "vitest";
import { sma } from "./batch.ts";
import { columnOf } from "./source.ts";

const na = Number.NaN;

describe("sources are read as float64 columns", () => {
  test("a Float64Array is used as it is", () => {
    const source = Float64Array.of(1, 2, 3);
    expect(columnOf("ema", source)).toBe(source);
  });

  test("an Arrow float64 vector of one chunk is read in place", () => {
    const prices = Float64Array.of(1, 2, 3, 4);
    const table = makeTable({ close: prices });
    const column = columnOf("ema", table.getChild("close")!);
    expect(column.buffer).toBe(prices.buffer);
    expect(Array.from(column)).toEqual([1, 2, 3, 4]);
    expect(columnOf("ema", makeVector(prices)).buffer).toBe(prices.buffer);
  });

  test("a slice of an Arrow vector is read in place, too", () => {
    const prices = Float64Array.of(1, 2, 3, 4);
    const column = columnOf("ema", makeVector(prices).slice(1, 3));
    expect(column.buffer).toBe(prices.buffer);
    expect(Array.from(column)).toEqual([2, 3]);
  });

  test("null slots become na, never 0", () => {
    const vector = vectorFromArray([1, null, 3], new Float64());
    expect(Array.from(columnOf("ema", vector))).toEqual([1, na, 3]);
    expect(Array.from(columnOf("ema", vector.slice(1, 3)))).toEqual([na, 3]);
    expect(Array.from(sma(vector, { period: 2 }))).toEqual([na, na, 2]);
  });

  test("several chunks are joined", () => {
    const first = makeVector(Float64Array.of(1, 2));
    const joined = first.concat(makeVector(Float64Array.of(3)));
    expect(joined.data.length).toBe(2);
    expect(Array.from(columnOf("ema", joined))).toEqual([1, 2, 3]);
    const withNull = first.concat(vectorFromArray([null, 4], new Float64()));
    expect(Array.from(columnOf("ema", withNull))).toEqual([1, 2, na, 4]);
  });

  test("a column that came through Arrow IPC is read", () => {
    const table = tableFromIPC(tableToIPC(tableFromArrays({ close: Float64Array.of(1, 2, 3) })));
    expect(Array.from(columnOf("ema", table.getChild("close")!))).toEqual([1, 2, 3]);
  });

  test("narrower floats and integers are converted", () => {
    const numbers = [1, null, -3];
    for (const type of [new Float32(), new Float16(), new Int32()]) {
      expect(Array.from(columnOf("ema", vectorFromArray(numbers, type)))).toEqual([1, na, -3]);
    }
    expect(Array.from(columnOf("ema", makeVector(Int32Array.of(1, 2))))).toEqual([1, 2]);
  });

  test("arrays of numbers are converted; null and undefined are na", () => {
    expect(Array.from(columnOf("ema", [1, null, undefined, 2]))).toEqual([1, na, na, 2]);
    expect(Array.from(columnOf("ema", []))).toEqual([]);
  });

  test.each([
    ["Int64", vectorFromArray([1n], new Int64())],
    ["Utf8", vectorFromArray(["1"], new Utf8())],
    ["Bool", vectorFromArray([true], new Bool())],
    ["Date64<MILLISECOND>", vectorFromArray([0], new DateMillisecond())],
    ["Decimal[10e+2]", vectorFromArray([new Uint32Array(4)], new Decimal(2, 10, 128))],
  ])("other Arrow types are refused by name: %s", (name, vector) => {
    expect(() => columnOf("ema", vector)).toThrow(
      `indicator_source_type: ema: cannot read a source of type ${name}`,
    );
  });

  test("other values are refused by name", () => {
    const read = (source: unknown) => () => columnOf("ema", source as never);
    expect(read(BigInt64Array.of(1n))).toThrow("cannot read a source of type BigInt64Array");
    expect(read("1,2,3")).toThrow("cannot read a source of type string");
    expect(read(null)).toThrow("cannot read a source of type null");
    expect(read([1, "2"])).toThrow(`the source's element 1 is "2", not a number`);
    expect(read([1n])).toThrow("the source's element 0 is 1, not a number");
  });
});
