import { describe, expect, test } from "vitest";
import type { Dialect } from "../vector/kernel.ts";
import { crossover, crossunder } from "./crossing.ts";

const na = Number.NaN;

/** Bars on which a cross fires. */
const fires = (column: Float64Array) => [...column.keys()].filter((i) => column[i] === 1);

describe("crosses as the libraries have them", () => {
  test.each<[name: string, source: number[], bars: Record<Exclude<Dialect, "talib">, number[]>]>([
    ["touch from above", [3, 2, 3], { tv: [2], backtrader: [], pandas: [2], vectorbt: [] }],
    ["touch from below", [1, 2, 2, 3], { tv: [3], backtrader: [3], pandas: [3], vectorbt: [3] }],
    [
      "second time after a touch",
      [1, 3, 2, 3],
      { tv: [1, 3], backtrader: [1], pandas: [1, 3], vectorbt: [1, 3] },
    ],
    ["over a gap", [1, na, 3], { tv: [2], backtrader: [], pandas: [], vectorbt: [] }],
    [
      "back and forth",
      [1, 3, 1, 3, 3],
      { tv: [1, 3], backtrader: [1, 3], pandas: [1, 3], vectorbt: [1, 3] },
    ],
  ])("%s", (_, source, bars) => {
    for (const [dialect, expected] of Object.entries(bars) as [Dialect, number[]][]) {
      expect(fires(crossover(source, 2, { dialect })), dialect).toEqual(expected);
      const mirrored = source.map((v) => 4 - v);
      expect(fires(crossunder(mirrored, 2, { dialect })), dialect).toEqual(expected);
    }
  });

  test("a cross is unknown in tv before a pair was defined and where a value is na", () => {
    expect(Array.from(crossover([na, 1, 3, na, 1, 3], 2))).toEqual([na, na, 1, na, 0, 1]);
    expect(Array.from(crossover([na, 1, 3, na, 1, 3], 2, { dialect: "pandas" }))).toEqual([
      0, 0, 1, 0, 0, 1,
    ]);
  });

  test("two series, or a level on either side", () => {
    expect(Array.from(crossover([1, 3], [2, 2]))).toEqual([na, 1]);
    expect(Array.from(crossover(2, [3, 1]))).toEqual([na, 1]);
    expect(Array.from(crossunder([3, 1], 2))).toEqual([na, 1]);
  });

  test("refuses series that are not aligned", () => {
    expect(() => crossover([1, 2, 3], [1, 2])).toThrow(
      "indicator_lengths: crossover: the two series have 3 and 2 bars; they must be aligned",
    );
  });
});
