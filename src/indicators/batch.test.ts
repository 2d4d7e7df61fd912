import { describe, expect, test } from "vitest";
import { bollinger, ema, highest, lowest, rsi, sma, stdDev } from "./batch.ts";
import { IndicatorError } from "./refuse.ts";

const source = Float64Array.from({ length: 50 }, (_, i) => 100 + Math.sin(i));
const overWindow = { ema, sma, rsi, stdDev, highest, lowest };

describe("the batch functions", () => {
  for (const [name, indicator] of Object.entries(overWindow)) {
    test(`${name} writes to a column of the caller`, () => {
      const out = new Float64Array(50);
      expect(indicator(source, { period: 5, out })).toBe(out);
      expect(out).toEqual(indicator(source, { period: 5 }));
    });

    test(`${name} leaves its source alone`, () => {
      const copy = source.slice();
      indicator(source, { period: 5 });
      expect(source).toEqual(copy);
    });

    test(`${name} gives na everywhere where the period is beyond the length`, () => {
      expect(indicator(source, { period: 100_000 }).every(Number.isNaN)).toBe(true);
    });

    test(`${name} refuses wrong periods`, () => {
      for (const period of [
        0,
        -1,
        1.5,
        100_001,
        Number.NaN,
        Number.POSITIVE_INFINITY,
        "5",
        undefined,
      ]) {
        expect(() => indicator(source, { period: period as number }), String(period)).toThrow(
          `indicator_param: ${name}: period must be a whole number from 1 to 100000, not `,
        );
      }
    });

    test(`${name} refuses an out of another length, or in shared memory`, () => {
      const memory = new Float64Array(60);
      const aligned = memory.subarray(0, 50);
      expect(() => indicator(source, { period: 5, out: new Float64Array(49) })).toThrow(
        `indicator_out: ${name}: out must be a Float64Array of 50 values, not 49 values`,
      );
      const shared = `indicator_out_shared: ${name}: out shares memory`;
      expect(() => indicator(aligned, { period: 5, out: aligned })).toThrow(shared);
      expect(() => indicator(aligned, { period: 5, out: memory.subarray(10) })).toThrow(shared);
      const apart = new Float64Array(100);
      indicator(apart.subarray(0, 50), { period: 5, out: apart.subarray(50) });
    });

    test(`${name} refuses unknown dialects`, () => {
      for (const dialect of ["ta", "constructor", "__proto__"]) {
        expect(() => indicator(source, { period: 5, dialect: dialect as "tv" })).toThrow(
          `indicator_dialect: ${name}: unknown dialect "${dialect}"`,
        );
      }
    });
  }

  test("rsi has the period 14, bollinger 20 and 2 deviations", () => {
    expect(rsi(source)).toEqual(rsi(source, { period: 14 }));
    expect(bollinger(source)).toEqual(bollinger(source, { period: 20, numStdDev: 2 }));
  });

  test("bollinger checks its numbers and its outputs", () => {
    expect(() => bollinger(source, { numStdDev: -1 })).toThrow(
      "indicator_param: bollinger: numStdDev must be a number from 0 to 1000, not -1",
    );
    expect(() => bollinger(source, { numStdDev: Number.NaN })).toThrow(IndicatorError);
    const upper = new Float64Array(50);
    expect(bollinger(source, { out: { upper } }).upper).toBe(upper);
    expect(() => bollinger(source, { out: { upper, lower: upper } })).toThrow("shares memory");
    expect(() => bollinger(source, { out: { middle: source } })).toThrow("shares memory");
  });

  test("errors carry a diagnostic to act on", () => {
    try {
      ema(source, { period: 5, dialect: "TV" as "tv" });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(IndicatorError);
      expect((error as IndicatorError).diagnostics).toEqual([
        {
          code: "indicator_dialect",
          severity: "error",
          message: 'ema: unknown dialect "TV"',
          hint: "one of: tv, talib, backtrader, pandas, vectorbt",
        },
      ]);
    }
  });
});
