import { expect, test } from "vitest";
import { Random, shuffle } from "../../src/stats/validation/random.ts";

test("gives the published sequence for the state 1, 2, 3, 4", () => {
  const random = new Random(0);
  random.setState(1, 2, 3, 4);
  // The vector of Vigna's reference code that the crate rand_xoshiro tests with.
  expect(Array.from({ length: 10 }, () => random.bits())).toEqual([
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597,
    4258142804,
  ]);
});

test("is the same for a seed, and another for another", () => {
  const draw = (seed: number) => {
    const random = new Random(seed);
    return Array.from({ length: 5 }, () => random.bits());
  };
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
  expect(draw(-1)).toEqual(draw(4294967295));
});

test("takes whole numbers as seeds, and no state of zeros", () => {
  expect(() => new Random(0.5)).toThrow(RangeError);
  expect(() => new Random(Number.NaN)).toThrow(RangeError);
  expect(() => new Random(1).setState(0, 0, 0, 0)).toThrow(RangeError);
});

test("draws every index as often, also where 2^32 is no multiple", () => {
  const random = new Random(3);
  const counts = new Float64Array(7);
  for (let i = 0; i < 70_000; i++) counts[random.below(7)]++;
  const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  // The 0.9999 quantile for 6 degrees of freedom.
  expect(chiSquare).toBeLessThan(27.86);
  // Three quarters of 2^32: an index that took what is left over would be drawn half of the time.
  const large = 3 * 2 ** 30;
  const low = Array.from({ length: 10_000 }, () => random.below(large)).filter((i) => i < 2 ** 30);
  expect(Math.abs(low.length / 10_000 - 1 / 3)).toBeLessThan(0.02);
  expect([random.below(1), new Random(2).below(2 ** 32)]).toEqual([0, new Random(2).bits()]);
});

test("uniform numbers stay off 0 and 1 and average a half", () => {
  const random = new Random(11);
  const values = Array.from({ length: 100_000 }, () => random.uniform());
  expect(values.every((x) => x > 0 && x < 1)).toBe(true);
  expect(Math.abs(values.reduce((a, b) => a + b, 0) / values.length - 0.5)).toBeLessThan(0.004);
});

test("shuffles every order as often", () => {
  const random = new Random(5);
  const seen = new Map<string, number>();
  for (let i = 0; i < 24_000; i++) {
    const order = Float64Array.of(1, 2, 3, 4);
    shuffle(order, random);
    seen.set(order.join(), (seen.get(order.join()) ?? 0) + 1);
  }
  expect(seen.size).toBe(24);
  const chiSquare = [...seen.values()].reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
  // The 0.9999 quantile for 23 degrees of freedom.
  expect(chiSquare).toBeLessThan(56.5);
});
