import { describe, expect, test } from "vitest";
import { check } from "../../bench/indicators/check.ts";
import { paramsOf } from "../../bench/indicators/ours.ts";
import { different } from "../../bench/indicators/peers/different.ts";
import { peers } from "../../bench/indicators/peers/index.ts";
import { talibPeers } from "../../bench/indicators/peers/talib.ts";
import { barsOf, SHAPES } from "../../bench/indicators/shapes.ts";
import { hasTalib, TALIB, Talib } from "../../bench/indicators/talib.ts";
import { indicators } from "../../src/indicators/registry.ts";

const names = new Set(indicators.map((d) => d.name));

/** Where a package answers otherwise on one shape of data, and is not timed on it. */
const APART: Readonly<Record<string, readonly string[]>> = {
  // Values in whole ticks: an RSI in two decimals makes a stochastic of it that is far off.
  "trend and chop": ["technicalindicators stochrsi", "fast-technical-indicators stochrsi"],
  monotone: ["fast-technical-indicators rsi"],
};

describe("the bench of indicators", () => {
  test("finds the packages' values equal to ours on the walk, so that it times them", async () => {
    const found = await check("walk", names, undefined);
    expect(found.length).toBe(peers.length);
    expect(found.filter((one) => one.difference !== null)).toEqual([]);
    for (const { library, indicator, compared } of found) {
      expect(compared, `${library} ${indicator}`).toBeGreaterThan(2500);
    }
  }, 30_000);

  test.each(Object.entries(APART))(
    "names what differs on %s",
    async (shape, apart) => {
      const found = await check(shape as "monotone", names, undefined);
      const differ = found.filter((one) => one.difference !== null);
      expect(differ.map((one) => `${one.library} ${one.indicator}`)).toEqual(apart);
    },
    30_000,
  );

  test.skipIf(!hasTalib)(
    "finds TA-Lib's values equal to ours",
    async () => {
      const talib = new Talib(1);
      const found = await check("walk", names, talib);
      talib.stop();
      const equal = found.filter((one) => one.library === TALIB && one.difference === null);
      expect(equal.map((one) => one.indicator)).toEqual(talibPeers.map((peer) => peer.indicator));
    },
    60_000,
  );

  test("times nothing that it says is computed otherwise", () => {
    for (const { libraries, indicator } of different) {
      expect(names).toContain(indicator);
      const timed = peers.filter((one) => one.indicator === indicator).map((one) => one.library);
      if (talibPeers.some((one) => one.indicator === indicator)) timed.push(TALIB);
      expect(timed.filter((library) => libraries.includes(library))).toEqual([]);
    }
  });

  test("knows every parameter and source of every indicator", () => {
    for (const { name, params } of indicators) {
      paramsOf(name).forEach((value, k) => {
        expect(value, `${name} ${params[k].name}`).toBeGreaterThanOrEqual(params[k].min);
        expect(value).toBeLessThanOrEqual(params[k].max);
      });
    }
  });

  test("has bars that are bars, on every shape", () => {
    for (const shape of SHAPES) {
      const { open, high, low, close, volume } = barsOf(shape, 20_000);
      const fine = close.every(
        (price, i) =>
          0 < low[i] &&
          low[i] <= Math.min(open[i], price) &&
          Math.max(open[i], price) <= high[i] &&
          volume[i] > 0,
      );
      expect(fine, shape).toBe(true);
    }
  });
});
