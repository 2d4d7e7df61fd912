import { describe, expect, test } from "vitest";
import { superiorAbility } from "../../src/stats/validation/superior-ability.ts";
import { noise } from "./noise.ts";

const trialsOf = (seed: number, count: number, bars: number, mean = 0) =>
  Array.from({ length: count }, (_, k) => noise(1000 * seed + k, bars, mean));

describe("reality check and SPA", () => {
  test("reject about as often as they say where no trial has skill", () => {
    const found = Array.from(
      { length: 200 },
      (_, seed) =>
        superiorAbility(trialsOf(seed, 10, 300), { resamples: 99, seed, blockLength: 1 })!,
    );
    const rejected = (p: (each: (typeof found)[number]) => number) =>
      found.filter((each) => p(each) <= 0.1).length / found.length;
    // Three standard errors of 200 tries at 0.1.
    expect(rejected((each) => each.reality_check)).toBeLessThan(0.1 + 0.064);
    expect(rejected((each) => each.spa.consistent)).toBeLessThan(0.1 + 0.064);
    expect(rejected((each) => each.spa.upper)).toBeGreaterThan(0.02);
  });

  test("find the one trial with skill", () => {
    const trials = [...trialsOf(1, 20, 250), noise(77, 250, 0.004)];
    const { best, reality_check, spa } = superiorAbility(trials, { resamples: 999 })!;
    expect(best).toBe(20);
    expect([reality_check, spa.upper, spa.consistent].every((p) => p <= 0.002)).toBe(true);
  });

  test("SPA is not misled by hopeless trials of great variance, which the reality check is", () => {
    const hopeless = Array.from({ length: 40 }, (_, k) => noise(k, 250, -0.05, 0.1));
    const { reality_check, spa } = superiorAbility([...hopeless, noise(77, 250, 0.0016)], {
      resamples: 999,
    })!;
    expect(spa.consistent).toBeLessThan(0.05);
    expect(reality_check).toBeGreaterThan(0.3);
    expect(spa.lower).toBeLessThanOrEqual(spa.consistent);
    expect(spa.consistent).toBeLessThanOrEqual(spa.upper);
  });

  test("are certain of nothing where every trial lost", () => {
    const { spa } = superiorAbility(trialsOf(3, 5, 120, -0.01), { resamples: 99 })!;
    expect(spa).toEqual({ upper: 1, consistent: 1, lower: 1 });
  });
});

test("a trial that never traded is left out, and the best keeps its index", () => {
  const trials = [new Float64Array(100), noise(1, 100, 0.01)];
  expect(superiorAbility(trials, { resamples: 99 })!.best).toBe(1);
  expect(superiorAbility([new Float64Array(100)])).toBeNull();
});

test("the same seed gives the same answer; na, nothing and unequal lengths do not pass", () => {
  const trials = trialsOf(2, 4, 60);
  const run = () => superiorAbility(trials, { resamples: 50, seed: 4, scheme: "block" });
  expect(run()).toEqual(run());
  expect(superiorAbility([])).toBeNull();
  expect(superiorAbility([Float64Array.of(0.1, Number.NaN, 0.2)])).toBeNull();
  expect(() => superiorAbility([noise(1, 20), noise(2, 21)])).toThrow(RangeError);
});
