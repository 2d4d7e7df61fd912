import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSma, sma, sum } from "../../src/indicators/index.ts";
import { check } from "../properties/check.ts";
import { exactColumn, nearest } from "../reference/exact.ts";
import { barsIn } from "../reference/generate-bars.ts";
import { random } from "../reference/random.ts";

interface Walk {
  readonly seed: number;
  readonly length: number;
  readonly period: number;
  /** Prices are multiples of it; powers of two are multiples of most, short of what rounds. */
  readonly tick: number;
  /** Ticks at the start, and of a step at most. */
  readonly start: number;
  readonly step: number;
  /** Chances per bar. */
  readonly gaps: number;
  readonly spikes: number;
}

const walks = fc.record({
  seed: fc.nat(),
  length: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 100, max: 3000 })),
  period: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 500 })),
  tick: fc.constantFrom(0.1, 0.2, 0.4, 0.05, 0.01, 12.8, 1 / 3, 1e-8),
  start: fc.oneof(fc.integer({ min: 50, max: 1000 }), fc.integer({ min: 1000, max: 20_000 })),
  step: fc.constantFrom(0, 1, 4, 10, 40),
  gaps: fc.constantFrom(0, 0, 0.1),
  spikes: fc.constantFrom(0, 0, 0.005),
});

/** Walks pass the powers of two, where sums that are kept in parts change hands. */
function prices({ seed, length, tick, start, step, gaps, spikes }: Walk): Float64Array {
  const next = random(seed);
  let ticks = start;
  return Float64Array.from({ length }, () => {
    ticks = Math.max(1, ticks + Math.round(step * (2 * next() - 1)));
    if (next() < gaps) return Number.NaN;
    return next() < spikes ? ticks * tick * 1000 : ticks * tick;
  });
}

/** The exact sum of the last `period` defined values, rounded once, ÷ divisor; carried over na. */
function exactSums(source: Float64Array, period: number, divisor: number): number[] {
  const { integers, denominator } = exactColumn([...source]);
  const window: bigint[] = [];
  let sum = 0n;
  let last = Number.NaN;
  return integers.map((value, i) => {
    if (Number.isNaN(source[i])) return last;
    window.push(value);
    sum += value;
    if (window.length > period) sum -= window.shift()!;
    if (window.length === period) last = nearest(sum, denominator) / divisor;
    return last;
  });
}

describe("a mean is the exact sum of its window, rounded once, ÷ period", () => {
  check(
    "in batch and in stream, over ticks, gaps and spikes",
    0.3,
    fc.property(walks, (walk) => {
      const source = prices(walk);
      const { period } = walk;
      const expected = exactSums(source, period, period);
      expect([...sma(source, { period })]).toEqual(expected);
      const stream = createSma({ period });
      expect(Array.from(source, (value) => stream.update(value))).toEqual(expected);
      expect([...sum(source, { period })]).toEqual(exactSums(source, period, 1));
    }),
  );

  test("where what a sum is kept in comes to exactly a power of two", () => {
    const market = { seed: 1, length: 1023, scale: 100, step: 0.01, grid: 1000, still: 0.2 };
    const rest = { spikes: 0, gaps: 0.1, missingVolume: 0, interval: 60_000 };
    const { open } = barsIn({ ...market, ...rest });
    expect([...sma(open, { period: 17 })]).toEqual(exactSums(open, 17, 17));
  });
});
