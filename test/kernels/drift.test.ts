import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, test } from "vitest";
import type { IndicatorDefinition } from "../../src/indicators/definition.ts";
import { indicator } from "../../src/indicators/registry.ts";
import { generator } from "./cases.ts";
import { errorsOf } from "./exact/measure.ts";
import { type Columns, sourcesOf } from "./exact/regimes.ts";
import { MAX_ULPS } from "./exact/scales.ts";
import { paramsFor } from "./inputs.ts";

const BARS = 10_000_000;
/** The bars at the end that the exact forms see, and those of them that have forgotten where they began. */
const LAST = 1500;
const COMPARED = 300;

/** Prices are whole multiples of this, and below 4096. */
const GRID = 2 ** -40;
const onGrid = (value: number) => Math.round(value / GRID) * GRID;

const random = generator(10);
const low = new Float64Array(BARS);
const high = new Float64Array(BARS);
let price = 500;
for (let i = 0; i < BARS; i++) {
  price += random() - 0.5 - 1e-5 * (price - 500);
  low[i] = onGrid(price);
  high[i] = onGrid(price + random());
}
// Columns stand for one another, so that they fit into memory.
const columns = { x: low, low, high, open: high, other: high, volume: high };

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;
afterEach(collectGarbage);

function columnsWith(time: Float64Array): Columns {
  return { ...columns, condition: time, time };
}

function timesFrom(first: number, bars: number): Float64Array {
  const time = new Float64Array(bars);
  for (let i = 0; i < bars; i++) time[i] = 7_200_000 * (first + i);
  return time;
}

function run(definition: IndicatorDefinition, params: readonly number[]): Float64Array[] {
  const time = timesFrom(0, definition.sources.includes("time") ? BARS : 0);
  const found = definition.outputs.map(() => new Float64Array(BARS));
  definition.kernel("tv")(sourcesOf(definition, columnsWith(time)), params, found);
  return found;
}

function suffix(): Columns {
  const end = columnsWith(
    Float64Array.from({ length: LAST }, (_, i) => 7_200_000 * (BARS - LAST + i)),
  );
  return Object.fromEntries(
    Object.entries(end).map(([name, column]) => [name, column.slice(-LAST)]),
  ) as unknown as Columns;
}

const WINDOWS = ["sum", "sma", "wma", "linreg", "vwma", "alma", "std_dev", "variance", "bbw"];
const OTHERS = ["dev", "cci", "cmo", "correlation"];
const RECURSIVE = ["ema", "rma", "rsi", "atr", "trix", "tsi", "kama", "supertrend", "sar", "vwap"];

describe("the last values of 10,000,000 bars are right as those of the first", () => {
  for (const name of [...WINDOWS, ...OTHERS, ...RECURSIVE]) {
    test(name, () => {
      const definition = indicator(name)!;
      const params = paramsFor(definition, 20);
      const found = run(definition, params).map((column) => column.slice(-LAST));
      const errors = errorsOf(definition, suffix(), params, found, LAST - COMPARED);
      expect(errors.values).toBe(COMPARED * definition.outputs.length);
      expect(errors.ulps, errors.where).toBeLessThanOrEqual(MAX_ULPS);
    });
  }
});

/** The exact sum, in multiples of the grid, of values on it. */
function exactTotal(value: (bar: number) => number): bigint {
  let total = 0n;
  let [upper, lower] = [0, 0];
  for (let i = 0; i < BARS; i++) {
    const whole = Math.trunc(value(i));
    upper += whole;
    lower += (value(i) - whole) / GRID;
    if (i % 4096 === 0 || i === BARS - 1) {
      total += BigInt(upper) * 2n ** 40n + BigInt(lower);
      [upper, lower] = [0, 0];
    }
  }
  return total;
}

describe("sums of 10,000,000 values are correctly rounded", () => {
  const lastOf = (name: string) => run(indicator(name)!, [])[0][BARS - 1];
  // A BigInt of more than 53 bits is rounded to the nearest, and a power of two rounds nothing.
  const rounded = (total: bigint) => Number(total) * GRID;

  test("cum", () => {
    let plain = 0;
    for (let i = 0; i < BARS; i++) plain += low[i];
    const wanted = rounded(exactTotal((i) => low[i]));
    expect(lastOf("cum")).toBe(wanted);
    expect(plain).not.toBe(wanted);
  });

  test("obv", () => {
    const signed = (i: number) => (i === 0 ? 0 : Math.sign(low[i] - low[i - 1]) * high[i]);
    expect(lastOf("obv")).toBe(rounded(exactTotal(signed)));
  });
});
