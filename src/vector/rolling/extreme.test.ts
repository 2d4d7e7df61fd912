import { describe, expect, test } from "vitest";
import { rollingDeviation } from "./deviation.ts";
import { rollingExtreme } from "./extreme.ts";

const form = { divisor: (n: number) => n * n, floor: 0, below: 0, rooted: true } as const;

describe("rollingExtreme and rollingDeviation", () => {
  test("tell of na by NaN, wherever it stands", () => {
    for (let gap = 0; gap < 12; gap++) {
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
        const source = Float64Array.of(5, 2, 3, 9, 5, 6, 1, 8, 4, 4, 0, 7);
        source[gap] = value;
        const out = new Float64Array(12);
        for (const period of [1, 2, 3, 5, 12]) {
          expect(rollingExtreme(source, 0, period, 1, out)).toBeNaN();
          expect(rollingExtreme(source, 0, period, -1, out)).toBeNaN();
          expect(rollingDeviation(source, 0, period, out, form)).toBeNaN();
        }
      }
    }
  });

  test("a sample of one value has no deviation, which is the canonical NaN", () => {
    const sample = { ...form, divisor: (n: number) => n * (n - 1) };
    for (const rooted of [true, false]) {
      const out = new Float64Array(3);
      expect(rollingDeviation(Float64Array.of(1, 2, 3), 0, 1, out, { ...sample, rooted })).toBe(0);
      for (const word of new BigUint64Array(out.buffer)) expect(word).toBe(0x7ff8000000000000n);
    }
  });

  test("of equal values the latest counts, down to the sign of zero", () => {
    const source = Float64Array.of(0, -0, 0, -0, -0, 0, -1);
    const out = new Float64Array(7);
    rollingExtreme(source, 0, 2, 1, out);
    expect(Array.from(out.subarray(1))).toEqual([-0, 0, -0, -0, 0, 0]);
    rollingExtreme(source, 0, 3, 1, out);
    expect(Array.from(out.subarray(2))).toEqual([0, -0, -0, 0, 0]);
  });

  test("leave earlier bars alone", () => {
    const source = Float64Array.of(Number.NaN, 3, 1, 2, 5);
    const out = new Float64Array(5).fill(-7);
    expect(rollingExtreme(source, 1, 2, 1, out)).toBe(0);
    expect(Array.from(out)).toEqual([-7, -7, 3, 2, 5]);
  });

  test("a falling series, on which a rescan would be quadratic, costs no more than a rising one", () => {
    const bars = 200_000;
    const falling = Float64Array.from({ length: bars }, (_, i) => -i);
    const rising = Float64Array.from({ length: bars }, (_, i) => i);
    const out = new Float64Array(bars);
    const time = (source: Float64Array) => {
      const before = process.cpuUsage();
      for (let i = 0; i < 5; i++) rollingExtreme(source, 0, 20_000, 1, out);
      return process.cpuUsage(before).user;
    };
    time(falling);
    time(rising);
    expect(time(falling)).toBeLessThan(20 * time(rising) + 20_000);
  });
});
