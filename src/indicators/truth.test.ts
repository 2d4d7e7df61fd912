import { Bool, vectorFromArray } from "apache-arrow";
import { describe, expect, test } from "vitest";
import {
  barssince,
  createBarssince,
  createSma,
  createValuewhen,
  IndicatorError,
  valuewhen,
} from "./index.ts";
import type { Condition } from "./truth.ts";

const na = Number.NaN;

describe("a condition", () => {
  const expected = [na, 0, 1, 2, 0];
  test.each<[string, Condition]>([
    ["booleans, of which none is na", [false, true, null, undefined, true]],
    ["numbers, all but 0 and na true", [0, 1, na, 0, -0.5]],
    ["bytes", Uint8Array.of(0, 1, 0, 0, 255)],
    ["float64", Float64Array.of(-0, 2, na, Number.POSITIVE_INFINITY, 1)],
    ["an Arrow column of booleans", vectorFromArray([false, true, null, false, true], new Bool())],
  ])("may be %s", (_, condition) => {
    expect(Array.from(barssince(condition))).toEqual(expected);
    expect(Array.from(valuewhen(condition, [5, 6, 7, 8, 9]))).toEqual([na, 6, 6, 6, 9]);
  });

  test("may not be text", () => {
    expect(() => barssince(["true"] as never)).toThrow("indicator_source_value: barssince");
    expect(() => barssince("true" as never)).toThrow(IndicatorError);
    expect(() => barssince(null as never)).toThrow(IndicatorError);
  });

  test("of a stream may be a boolean; other sources may not", () => {
    const since = createBarssince();
    expect([false, true, null, 0, 1].map((one) => since.update(one))).toEqual(expected);
    expect(since.replace(false)).toBe(3);
    const when = createValuewhen();
    expect(when.update({ condition: true, source: 3 })).toBe(3);
    expect(when.replace({ condition: false, source: 3 })).toBeNaN();
    expect(() => when.update({ condition: 1, source: true as never })).toThrow(IndicatorError);
    expect(() => createSma({ period: 1 }).update(true as never)).toThrow(IndicatorError);
  });
});
