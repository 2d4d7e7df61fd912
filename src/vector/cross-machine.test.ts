import { describe, expect, it } from "vitest";
import { type CrossState, stepCross } from "./cross-machine.ts";
import type { Dialect } from "./kernel.ts";

const na = Number.NaN;

function over(dialect: Dialect, values: readonly number[], negated = false): number[] {
  const state: CrossState = new Int32Array(3);
  return values.map((value) => stepCross(dialect, negated, state, value, 2));
}

/** SEMANTICS §3: bars on which a cross over 2 fires, by dialect. */
const rows: [string, number[], Partial<Record<Dialect, number[]>>][] = [
  ["touch from above", [3, 2, 3], { tv: [2], backtrader: [], pandas: [2], vectorbt: [] }],
  ["touch from below", [1, 2, 2, 3], { tv: [3], backtrader: [3], pandas: [3], vectorbt: [3] }],
  ["second time", [1, 3, 2, 3], { tv: [1, 3], backtrader: [1], pandas: [1, 3], vectorbt: [1, 3] }],
  ["over a gap", [1, na, 3], { tv: [2], backtrader: [], pandas: [], vectorbt: [] }],
];

describe("crosses", () => {
  for (const [name, values, expected] of rows) {
    for (const [dialect, bars] of Object.entries(expected)) {
      it(`${name} in ${dialect}`, () => {
        const fired = over(dialect as Dialect, values).flatMap((f, i) => (f ? [i] : []));
        expect(fired).toEqual(bars);
      });
    }
  }

  it("are unknown before a pair was defined and where a value is na", () => {
    expect(over("tv", [na, 1, 1, na, 3, 3])).toEqual([0, 0, 0, 0, 1, 0]);
    expect(over("tv", [na, 1, 1, na, 3, 3], true)).toEqual([0, 0, 1, 0, 0, 1]);
  });

  it("fire once while the value stays above", () => {
    expect(over("vectorbt", [1, 3, 3, 4, 1, 3])).toEqual([0, 1, 0, 0, 0, 1]);
    expect(over("backtrader", [1, 3, 3, 4, 1, 3])).toEqual([0, 1, 0, 0, 0, 1]);
  });
});
