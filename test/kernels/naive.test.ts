import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type IndicatorDefinition, indicators } from "../../src/indicators/index.ts";
import { type Case, generator, runSeed, seriesOf } from "./cases.ts";
import { naive } from "./naive.ts";
import { naiveEvents } from "./naive-events.ts";
import type { Inputs } from "./naive-parts.ts";
import { namesWithTransitions, transitions } from "./transitions.ts";

const seed = runSeed("indicators against plain formulas");
const OLDER = ["bollinger", "ema", "highest", "lowest", "rsi", "sma", "std_dev"];

const cases: fc.Arbitrary<Case> = fc.record({
  style: fc.constantFrom("walk", "ties", "flat", "falling", "jumps"),
  seed: fc.nat(),
  length: fc.nat(120),
  period: fc.constant(1),
  missing: fc.constant(0),
});

/** Values that mean something, where those about the minimum do not. */
const MEANT: Readonly<Record<string, readonly number[]>> = {
  session_minutes: [1440, 1440, 10_080, 600],
  session_months: [0, 0, 1, 3, 12],
  session_start: [0, 570, -300],
};

function paramsOf({ params }: IndicatorDefinition): fc.Arbitrary<number[]> {
  return fc.tuple(
    ...params.map((param) =>
      MEANT[param.name] !== undefined
        ? fc.constantFrom(...MEANT[param.name])
        : param.type === "int"
          ? fc.integer({ min: param.min, max: Math.min(param.max, 30) })
          : param.default === undefined
            ? fc.constantFrom(0, 1, 12.5, 50, 77, 100)
            : fc.constantFrom(param.default, param.default * 1.5),
    ),
  );
}

function inputsOf(one: Case): Inputs {
  const random = generator(one.seed + 1);
  const x = seriesOf(one).map((value) => Math.max(1, value));
  return {
    x,
    high: x.map((value) => value + random()),
    low: x.map((value) => value - random()),
    volume: x.map(() => Math.round(1000 * random())),
    open: x.map((value) => value + random() - 0.5),
    other: x.map((value, i) => (i % 7) + random() * value),
    condition: x.map(() => (random() < 0.3 ? 1 : 0)),
    // Bars of 11 hours, so that days, weeks and months begin between them.
    time: x.map((_, i) => Date.UTC(2023, 10, 20) + 39_600_000 * i),
  };
}

/** Where a difference of rounding can decide (a sum that is 0 or nearly 0 in a denominator), plain sums prove nothing. */
const TOLERANCE = 1e-7;

describe("indicators in tv compute their plain formulas", () => {
  test("every indicator has one", () => {
    const known = [
      ...Object.keys(naive),
      ...Object.keys(naiveEvents),
      ...namesWithTransitions,
      ...OLDER,
    ].sort();
    expect(known).toEqual(indicators.map((one) => one.name));
  });

  for (const definition of indicators) {
    const plain =
      naive[definition.name] ?? naiveEvents[definition.name] ?? transitions[definition.name];
    if (plain === undefined) continue;
    test(definition.name, () => {
      const property = fc.property(cases, paramsOf(definition), (one, params) => {
        const inputs = inputsOf(one);
        const { x, ...others } = inputs;
        const columns = { ...others, source: x, close: x };
        const sources = definition.sources.map((name) =>
          Float64Array.from(columns[name as keyof typeof columns]),
        );
        const found = definition.outputs.map(() => new Float64Array(x.length));
        definition.kernel("tv")(sources, params, found);
        const wanted = plain(inputs, ...params);
        found.forEach((column, k) => {
          expectClose(column, wanted[k]);
        });
      });
      fc.assert(property, { seed, numRuns: 300 });
    });
  }
});

function expectClose(found: Float64Array, wanted: readonly number[]): void {
  for (let i = 0; i < found.length; i++) {
    const agree =
      Object.is(found[i], wanted[i]) ||
      Math.abs(found[i] - wanted[i]) <= TOLERANCE * Math.max(1, Math.abs(wanted[i]));
    if (!agree) throw new Error(`bar ${i}: ${found[i]} instead of ${wanted[i]}`);
  }
}
