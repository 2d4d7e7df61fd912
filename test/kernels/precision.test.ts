import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { indicators, kernelOf } from "../../src/indicators/registry.ts";
import type { Dialect } from "../../src/vector/kernel.ts";
import { generator, runSeed } from "./cases.ts";
import { exactForms, measure } from "./exact/measure.ts";
import { REGIMES, type Regime } from "./exact/regimes.ts";
import { MAX_ULPS } from "./exact/scales.ts";
import { exactDeviation, exactSum } from "./exact.ts";

const seed = runSeed("precision of kernels");

function column(
  indicator: string,
  source: Float64Array,
  params: number[],
  dialect: Dialect = "tv",
) {
  const outputs = [0, 1, 2].map(() => new Float64Array(source.length));
  kernelOf(indicator, dialect)(
    [source],
    params,
    outputs.slice(0, indicator === "bollinger" ? 3 : 1),
  );
  return outputs;
}

const random = generator(seed);
const SERIES: Record<string, (bars: number) => Float64Array> = {
  "prices on a tick grid": (bars) =>
    walk(bars, 100, () => Math.round(200 * (random() - 0.5)) / 100),
  "prices of 1e9 ± 0.001": (bars) =>
    Float64Array.from({ length: bars }, () => 1e9 + 0.002 * (random() - 0.5)),
  "values of every size": (bars) =>
    Float64Array.from(
      { length: bars },
      () => (random() - 0.5) * 10 ** Math.round(24 * random() - 12),
    ),
  "a constant": (bars) => new Float64Array(bars).fill(0.1 + random()),
  "whole points": (bars) => walk(bars, 3600, () => Math.round(4 * (random() - 0.5))),
};

function walk(bars: number, start: number, step: () => number): Float64Array {
  let price = start;
  return Float64Array.from({ length: bars }, () => (price += step()));
}

const window = (source: Float64Array, bar: number, period: number) =>
  source.subarray(bar - period + 1, bar + 1);

describe("against exact arithmetic", () => {
  for (const [name, make] of Object.entries(SERIES)) {
    test(`sma is the correctly rounded sum, divided, on ${name}`, () => {
      for (const period of [1, 2, 5, 20, 60]) {
        const source = make(400);
        const [found] = column("sma", source, [period]);
        for (let i = period - 1; i < source.length; i++) {
          expect(found[i], `period ${period}, bar ${i}`).toBe(
            exactSum(window(source, i, period)) / period,
          );
        }
      }
    });

    test(`std_dev is right to 1e-12 on ${name}`, () => {
      for (const period of [1, 2, 5, 20, 60]) {
        const source = make(400);
        const [found] = column("std_dev", source, [period]);
        for (let i = period - 1; i < source.length; i++) {
          const wanted = exactDeviation(window(source, i, period));
          expect(Math.abs(found[i] - wanted), `period ${period}, bar ${i}`).toBeLessThanOrEqual(
            1e-12 * wanted,
          );
        }
      }
    });
  }

  test("std_dev of whole points is exact but for the last rounding", () => {
    const source = SERIES["whole points"](2000);
    const [found] = column("std_dev", source, [20]);
    for (let i = 19; i < source.length; i++) {
      const wanted = exactDeviation(window(source, i, 20));
      expect(Math.abs(found[i] - wanted)).toBeLessThanOrEqual(2 ** -52 * wanted);
    }
  });

  test("a constant has deviation 0 and its own mean", () => {
    const source = new Float64Array(500).fill(0.1);
    const [middle, upper, lower] = column("bollinger", source, [20, 2]);
    for (const band of [middle, upper, lower]) {
      expect(band.subarray(19).every((value) => value === 0.1)).toBe(true);
    }
    for (const dialect of ["talib", "backtrader", "pandas", "vectorbt"] as const) {
      expect(column("std_dev", source, [20], dialect)[0][400]).toBe(0);
    }
  });
});

describe("without drift", () => {
  const bars = 2_000_000;
  const source = walk(bars, 1e9, () => 0.002 * (random() - 0.5));
  const last = source.subarray(bars - 1000);

  test("after 2,000,000 bars sma and std_dev are what they are from a fresh start", () => {
    for (const period of [20, 200]) {
      const [mean] = column("sma", source, [period]);
      const [deviation] = column("std_dev", source, [period]);
      for (let i = period; i < last.length; i += 97) {
        const bar = bars - last.length + i;
        expect(mean[bar]).toBe(exactSum(window(source, bar, period)) / period);
        const wanted = exactDeviation(window(source, bar, period));
        expect(Math.abs(deviation[bar] - wanted)).toBeLessThanOrEqual(1e-12 * wanted);
      }
    }
  });

  test("one outlier leaves no trace once it has left the window", () => {
    const calm = source.slice(0, 5000);
    const hit = calm.slice();
    hit[1000] = 1e300;
    for (const indicator of ["sma", "std_dev", "highest", "lowest", "bollinger"]) {
      const before = column(indicator, calm, [50, 2]);
      const after = column(indicator, hit, [50, 2]);
      before.forEach((output, k) => {
        expect(Array.from(after[k].subarray(1050))).toEqual(Array.from(output.subarray(1050)));
      });
    }
  });
});

describe("bollinger", () => {
  test("has the bits of sma and of sma ± k·std_dev in every dialect", () => {
    const source = SERIES["prices on a tick grid"](1000);
    source[500] = Number.NaN;
    for (const dialect of ["tv", "talib", "backtrader", "pandas", "vectorbt"] as const) {
      const [middle, upper, lower] = column("bollinger", source, [20, 2.5], dialect);
      const [mean] = column("sma", source, [20], dialect);
      const [deviation] = column("std_dev", source, [20], dialect);
      for (let i = 0; i < source.length; i++) {
        expect(middle[i]).toBe(mean[i]);
        expect(upper[i]).toBe(mean[i] + 2.5 * deviation[i]);
        expect(lower[i]).toBe(mean[i] - 2.5 * deviation[i]);
      }
    }
  });

  test("ema starts with the bits of sma", () => {
    for (const period of [2, 7, 20, 333]) {
      const source = SERIES["values of every size"](400);
      expect(column("ema", source, [period])[0][period - 1]).toBe(
        column("sma", source, [period])[0][period - 1],
      );
    }
  });
});

describe("every indicator against its formula in exact arithmetic", () => {
  test("each has an exact form", () => {
    expect(Object.keys(exactForms).sort()).toEqual(indicators.map(({ name }) => name));
  });

  test("docs/numerics.md has a row for each; `npm run docs` writes it", () => {
    const page = readFileSync(new URL("../../docs/numerics.md", import.meta.url), "utf8");
    const rows = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(rows).toEqual(indicators.map(({ name }) => name));
  });

  for (const [regime, prices] of Object.entries(REGIMES)) {
    for (const definition of indicators) {
      test(`${definition.name} at ${prices}`, () => {
        const { ulps, where, values } = measure(definition, regime as Regime, 400);
        expect(values).toBeGreaterThan(0);
        expect(ulps, where).toBeLessThanOrEqual(MAX_ULPS);
      });
    }
  }
});
