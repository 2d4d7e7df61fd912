import { describe, expect, test } from "vitest";
import { correlation } from "./batch-statistics.ts";

/** Multiples of 2^-10 between 0 and 1, which sums and shifts by whole numbers leave exact. */
function grid(length: number, seed: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length }, () => {
    state = (1_103_515_245 * state + 12_345) % 2_147_483_648;
    return ((state >>> 11) % 1024) / 1024;
  });
}

describe("correlation", () => {
  test("is 1 and -1 for lines, by hand elsewhere, na before the window is full", () => {
    expect(Array.from(correlation([1, 2, 3, 5], [10, 20, 30, 20], { period: 3 }))).toEqual([
      Number.NaN,
      Number.NaN,
      1,
      // Deviations -4/3, -1/3, 5/3 and -10/3, 20/3, -10/3: -30/9 by the roots of 42/9 and 600/9.
      expect.closeTo(-30 / Math.sqrt(42 * 600), 14),
    ]);
    expect(correlation([1, 2, 4], [4, 3, 1], { period: 3 })[2]).toBe(-1);
  });

  test("is na where a series does not vary, 0 in talib", () => {
    const flat = [7, 7, 7, 7];
    const walk = [1, 3, 2, 5];
    for (const [x, y] of [
      [flat, walk],
      [walk, flat],
      [flat, flat],
    ]) {
      expect(correlation(x, y, { period: 3 })[3]).toBeNaN();
      expect(correlation(x, y, { period: 3, dialect: "talib" })[3]).toBe(0);
    }
  });

  test("skips a bar where either is na in tv, and wants all in pandas", () => {
    const x = [1, 2, Number.NaN, 3, 5];
    const y = [2, 4, 9, 6, Number.NaN];
    expect(Array.from(correlation(x, y, { period: 3 }))).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
      1,
      1,
    ]);
    const strict = correlation(x, y, { period: 3, dialect: "pandas" });
    expect(Array.from(strict).every(Number.isNaN)).toBe(true);
  });

  test("loses nothing at a level of 2^40, nor after 300,000 bars", () => {
    const [x, y] = [grid(300_000, 1), grid(300_000, 2)];
    const [highX, highY] = [x.map((v) => v + 2 ** 40), y.map((v) => v - 2 ** 40)];
    const low = correlation(x, y, { period: 20 });
    const high = correlation(highX, highY, { period: 20 });
    let worst = 0;
    for (let i = 19; i < low.length; i++) worst = Math.max(worst, Math.abs(low[i] - high[i]));
    expect(worst).toBe(0);
    const late = correlation(highX.subarray(-1000), highY.subarray(-1000), { period: 20 });
    const last = high.subarray(-1000);
    for (let i = 19; i < 1000; i++) expect(last[i]).toBeCloseTo(late[i], 14);
  });

  test("takes prices whose squares leave the range of a double", () => {
    const tiny = [1, 2, 4].map((v) => v * 1e-150);
    const large = [1, 2, 4].map((v) => v * 1e150);
    expect(correlation(tiny, large, { period: 3 })[2]).toBeCloseTo(1, 14);
    expect(
      correlation(
        large.map((v) => v * 1e10),
        large,
        { period: 3 },
      )[2],
    ).toBeNaN();
  });
});
