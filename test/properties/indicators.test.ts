import fc from "fast-check";
import { describe, expect } from "vitest";
import { bollinger, ema, highest, lowest, rsi, sma, stdDev } from "../../src/indicators/index.ts";
import * as reference from "../reference/functions.ts";
import { barsIn, markets } from "../reference/generate-bars.ts";
import { random } from "../reference/random.ts";
import { exactSeries, type Series } from "../reference/series.ts";
import { check } from "./check.ts";

/** Columns of prices, or of volumes with na among them; periods up to beyond their length. */
const inputs = fc
  .constantFrom(1, 1e-6, 30_000, 1e9)
  .chain((scale) =>
    fc.record({
      market: fc.oneof(
        { weight: 6, arbitrary: markets(scale, 300) },
        // Longer than the pieces in which kernels run.
        { weight: 1, arbitrary: markets(scale, 2500) },
      ),
      missing: fc.constantFrom(0, 0, 0.05, 0.5),
      period: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 310 })),
    }),
  )
  .map(({ market, missing, period }) => {
    const next = random(market.seed + 1);
    const source = barsIn(market).close.map((x) => (next() < missing ? Number.NaN : x));
    return { source, period };
  });

/** Every value, to the bit where the reference has no slack. */
function expectValues(actual: Float64Array, expected: Series): void {
  const wrong = actual.findIndex((value, bar) => {
    const wanted = expected.value[bar];
    const na = Number.isNaN(value) && Number.isNaN(wanted);
    return !(na || value === wanted || Math.abs(value - wanted) <= expected.slack[bar]);
  });
  expect(wrong, `${actual[wrong]} is ${expected.value[wrong]} on that bar`).toBe(-1);
  expect(actual.length).toBe(expected.value.length);
}

const PAIRS = [
  ["sma", sma, reference.sma],
  ["ema", ema, reference.ema],
  ["rsi", rsi, reference.rsi],
  ["highest", highest, reference.highest],
  ["lowest", lowest, reference.lowest],
] as const;

describe("an indicator has the bits of its definition", () => {
  for (const [name, kernel, definition] of PAIRS) {
    check(
      name,
      0.3,
      fc.property(inputs, ({ source, period }) => {
        const expected = definition(exactSeries([...source]), period);
        expectValues(kernel(source, { period }), expected);
      }),
    );
  }

  check(
    "std_dev and bollinger, but for the last digits of a root",
    0.3,
    fc.property(inputs, fc.constantFrom(0, 1, 2, 2.5), ({ source, period }, numStdDev) => {
      const series = exactSeries([...source]);
      const bands = bollinger(source, { period, numStdDev });
      expectValues(stdDev(source, { period }), reference.standardDeviation(series, period));
      expectValues(bands.middle, reference.sma(series, period));
      expectValues(bands.upper, reference.bollingerBand(series, period, numStdDev, 1));
      expectValues(bands.lower, reference.bollingerBand(series, period, numStdDev, -1));
    }),
  );
});
