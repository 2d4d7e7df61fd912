import { describe, expect, test } from "vitest";
import type { Dialect } from "../vector/kernel.ts";
import { bollinger, ema, highest, lowest, rsi, sma, stdDev } from "./batch.ts";

const na = Number.NaN;
const values = (column: Float64Array) => Array.from(column, (v) => Number(v.toFixed(6)));

describe("the conventions of each dialect", () => {
  test.each<[Dialect, number[]]>([
    ["tv", [na, na, na, na, 11.4]],
    ["talib", [na, na, na, na, 11.4]],
    ["backtrader", [na, na, na, na, 11.4]],
    ["pandas", [10, 10.333333, 10.888889, 10.925926, 11.617284]],
    ["vectorbt", [na, na, na, na, 11.617284]],
  ])("ema 5 of 10, 11, 12, 11, 13 in %s", (dialect, expected) => {
    expect(values(ema([10, 11, 12, 11, 13], { period: 5, dialect }))).toEqual(expected);
  });

  test.each<[Dialect, number[]]>([
    ["tv", [1, 2, na, 4, 5]],
    ["backtrader", [1, 2, na, na, na]],
    ["pandas", [1, 2, 2, 4, 5]],
    ["vectorbt", [1, 2, 2, 4, 5]],
  ])("ema 1 over a gap in %s", (dialect, expected) => {
    expect(values(ema([1, 2, na, 4, 5], { period: 1, dialect }))).toEqual(expected);
  });

  test.each<[Dialect, number[]]>([
    // k = 1/2. Frozen at the seed 3, then 3 + (9 - 3)/2.
    ["tv", [na, na, 3, na, na, 6]],
    ["talib", [na, na, 3, na, na, 6]],
    ["backtrader", [na, na, 3, na, na, na]],
    // Carried; the mean's weight has decayed to 1/8 when 9 comes with 1/2: (3/8 + 9/2)/(1/8 + 1/2).
    ["pandas", [2, 3, 3, 3, 3, 7.8]],
    ["vectorbt", [na, na, 3, 3, 3, 7.8]],
  ])("ema 3 freezes, is poisoned or decays over a gap in %s", (dialect, expected) => {
    expect(values(ema([2, 4, 3, na, na, 9], { period: 3, dialect }))).toEqual(expected);
  });

  test.each<[Dialect, number]>([
    ["tv", na],
    ["talib", 0],
    ["backtrader", 50],
    ["pandas", na],
    ["vectorbt", na],
  ])("rsi of no change at all in %s", (dialect, expected) => {
    expect(rsi([7, 7, 7, 7, 7], { period: 3, dialect })[4]).toBe(expected);
  });

  test.each<Dialect>(["tv", "talib", "backtrader", "pandas", "vectorbt"])(
    "rsi of only rises in %s is 100, of only falls 0",
    (dialect) => {
      expect(rsi([1, 2, 3, 4, 5], { period: 3, dialect })[4]).toBe(100);
      expect(rsi([5, 4, 3, 2, 1], { period: 3, dialect })[4]).toBe(0);
    },
  );

  test.each<[Dialect, number[]]>([
    // Changes +1 +1 | -1 | +2: Wilder up (1+0)/2 then, down 1/2.
    ["tv", [na, na, 100, 50, 83.333333]],
    ["backtrader", [na, na, 100, 50, 83.333333]],
    ["pandas", [na, 100, 100, 50, 83.333333]],
    // Plain means of the last two changes.
    ["vectorbt", [na, na, 100, 50, 66.666667]],
  ])("rsi 2 of 1, 2, 3, 2, 4 in %s", (dialect, expected) => {
    expect(values(rsi([1, 2, 3, 2, 4], { period: 2, dialect }))).toEqual(expected);
  });

  test("rsi in tv takes the changes next to na as missing", () => {
    expect(values(rsi([1, 2, 3, na, 9, 8, 10], { period: 2 }))).toEqual([
      na,
      na,
      100,
      na,
      na,
      50,
      83.333333,
    ]);
  });

  test.each<[Dialect, number[]]>([
    ["tv", [na, 1.5, 1.5, 2.5, 3.5]],
    ["talib", [na, 1.5, 1.5, 2.5, 3.5]],
    ["backtrader", [na, 1.5, na, na, 3.5]],
    ["pandas", [na, 1.5, na, na, 3.5]],
    ["vectorbt", [na, 1.5, na, na, 3.5]],
  ])("sma 2 over a gap in %s", (dialect, expected) => {
    expect(values(sma([1, 2, na, 3, 4], { period: 2, dialect }))).toEqual(expected);
  });

  test.each<[Dialect, number]>([
    ["tv", 2],
    ["talib", 2],
    ["backtrader", 2],
    ["pandas", 2.13809],
    ["vectorbt", 2],
  ])("std_dev 8 of 2, 4, 4, 4, 5, 5, 7, 9 in %s", (dialect, expected) => {
    const source = [2, 4, 4, 4, 5, 5, 7, 9];
    expect(stdDev(source, { period: 8, dialect })[7]).toBeCloseTo(expected, 5);
    const { upper, middle, lower } = bollinger(source, { period: 8, numStdDev: 3, dialect });
    expect(middle[7]).toBe(5);
    expect(upper[7]).toBeCloseTo(5 + 3 * expected, 4);
    expect(lower[7]).toBeCloseTo(5 - 3 * expected, 4);
  });

  test("talib takes a variance below 1e-14 as 0", () => {
    const source = [1, 1 + 1e-8, 1, 1 + 1e-8];
    expect(stdDev(source, { period: 2, dialect: "talib" })[3]).toBe(0);
    expect(stdDev(source, { period: 2 })[3]).toBeCloseTo(5e-9, 12);
  });

  test("highest and lowest over ties and gaps", () => {
    const source = [3, 1, 3, na, 2, 0];
    expect(values(highest(source, { period: 2 }))).toEqual([na, 3, 3, 3, 3, 2]);
    expect(values(lowest(source, { period: 2 }))).toEqual([na, 1, 1, 1, 2, 0]);
    expect(values(highest(source, { period: 2, dialect: "pandas" }))).toEqual([
      na,
      3,
      3,
      na,
      na,
      2,
    ]);
  });
});
