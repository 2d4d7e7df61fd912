import { describe, expect, it } from "vitest";
import { nearest, nearestRoot } from "./exact.ts";
import {
  bollingerBand,
  ema,
  highest,
  lowest,
  rma,
  rsi,
  sma,
  standardDeviation,
} from "./functions.ts";
import { arithmetic, exactSeries, shifted } from "./series.ts";

const na = Number.NaN;
const series = (...values: number[]) => exactSeries(values);

describe("the reference's exact arithmetic", () => {
  it("rounds a quotient to the nearest double", () => {
    expect(nearest(1n, 3n)).toBe(1 / 3);
    expect(nearest(-1n, 10n)).toBe(-0.1);
    expect(nearest(9007199254740993n, 1n)).toBe(9007199254740992);
    expect(nearest(5n, 1n << 1070n)).toBe(5 * 2 ** -1070);
  });

  it("takes roots of exact quotients", () => {
    expect(nearestRoot(2n, 1n)).toBe(Math.SQRT2);
    expect(nearestRoot(1n, 4n)).toBe(0.5);
    expect(nearestRoot(0n, 7n)).toBe(0);
  });
});

describe("the reference's functions", () => {
  it("seeds an ema with the mean of the first values", () => {
    expect(ema(series(10, 11, 12, 11, 13), 5).value).toEqual([na, na, na, na, 11.4]);
    expect(ema(series(1, 2, 3, 6), 3).value).toEqual([na, na, 2, 4]);
  });

  it("steps Wilder's average by 1/n", () => {
    expect(rma(series(1, 3, 8), 2).value).toEqual([na, 2, 5]);
  });

  it("freezes an ema over na", () => {
    expect(ema(series(1, 3, na, 5), 2).value).toEqual([na, 2, na, 4]);
    expect(ema(series(1, na, 3, 5), 2).value).toEqual([na, na, 2, 4]);
  });

  it("passes over na in a window and carries its value", () => {
    expect(sma(series(1, 3, na, 5), 2).value).toEqual([na, 2, 2, 4]);
    expect(highest(series(na, 7, 1, na, 2), 2).value).toEqual([na, na, 7, 7, 2]);
    expect(lowest(series(4, 7, na, 9), 2).value).toEqual([na, 4, 4, 7]);
    expect(standardDeviation(series(1, 3, na), 2).value).toEqual([na, 1, 1]);
  });

  it("rounds sums once", () => {
    expect(sma(series(0.1, 0.2, 0.3), 3).value[2]).toBe(0.6 / 3);
    expect(sma(series(1e16, 1, -1e16), 3).value[2]).toBe(1 / 3);
  });

  it("divides a variance by n", () => {
    expect(standardDeviation(series(2, 4, 4, 4, 5, 5, 7, 9), 8).value[7]).toBe(2);
    expect(standardDeviation(series(1e9, 1e9 + 0.5), 2).value[1]).toBe(0.25);
    expect(standardDeviation(series(0.1, 0.1, 0.1), 3)).toEqual({
      value: [na, na, 0],
      slack: [0, 0, 0],
    });
  });

  it("sets bands at k deviations", () => {
    expect(bollingerBand(series(1, 3), 2, 2, 1).value).toEqual([na, 4]);
    expect(bollingerBand(series(1, 3), 2, 2, -1).value).toEqual([na, 0]);
  });

  it("gives an rsi of 100 to rises, 0 to falls and na to standstill", () => {
    expect(rsi(series(1, 2, 3, 4), 2).value).toEqual([na, na, 100, 100]);
    expect(rsi(series(4, 3, 2), 2).value).toEqual([na, na, 0]);
    expect(rsi(series(5, 5, 5, 5), 2).value).toEqual([na, na, na, na]);
  });

  it("averages gains and losses as Wilder does", () => {
    // Gains 1, 0, then 3; losses 0, 1, then 0: 2 : 0.25.
    expect(rsi(series(1, 2, 1, 4), 2).value).toEqual([na, na, 50, 100 - 100 / (1 + 1.75 / 0.25)]);
  });

  it("takes a change to or from na as missing", () => {
    expect(rsi(series(1, 2, na, 3, 2), 2).value).toEqual([na, na, na, na, 50]);
  });
});

describe("the reference's arithmetic", () => {
  it("makes na of division by zero and of overflow", () => {
    expect(arithmetic("div", series(1, 0, 6), series(0, 0, 3)).value).toEqual([na, na, 2]);
    expect(arithmetic("mul", series(1e200), series(1e200)).value).toEqual([na]);
    expect(arithmetic("add", series(1, na), series(na, 1)).value).toEqual([na, na]);
  });

  it("looks back and never ahead", () => {
    expect(shifted(series(1, 2, 3), 2).value).toEqual([na, na, 1]);
  });
});
