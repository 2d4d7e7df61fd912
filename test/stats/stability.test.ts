import { describe, expect, test } from "vitest";
import { parameterStability } from "../../src/stats/validation/stability.ts";

/** A grid over x and y of 0, 10, 20, …, in the order of a sweep. */
function surface(size: number, height: (x: number, y: number) => number) {
  const trials = Array.from({ length: size * size }, (_, k) => [Math.floor(k / size), k % size]);
  return {
    params: {
      x: Float64Array.from(trials, ([x]) => 10 * x),
      y: Float64Array.from(trials, ([, y]) => 10 * y),
    },
    objective: Float64Array.from(trials, ([x, y]) => height(x, y)),
  };
}

describe("parameter stability", () => {
  test("looks at all neighbours of the best trial, one value away", () => {
    const found = parameterStability(surface(5, (x, y) => (x === 2 && y === 3 ? 9 : x + y / 10)))!;
    // Neighbours of (2, 3): x from 1 to 3, y from 2 to 4, without itself.
    const around = [1.2, 1.3, 1.4, 2.2, 2.4, 3.2, 3.3, 3.4];
    expect(found.best).toMatchObject({ trial: 13, objective: 9, neighbours: 8, positive: 1 });
    expect(found.best.mean).toBeCloseTo(around.reduce((a, b) => a + b) / 8, 14);
    expect([found.best.worst, found.best.best]).toEqual([1.2, 3.4]);
    expect(found.best.retained).toBeCloseTo(2.3 / 9, 14);
    expect(found.steps).toEqual([
      { param: "x", value: 20, lower: 1.3, higher: 3.3 },
      { param: "y", value: 30, lower: 2.2, higher: 2.4 },
    ]);
  });

  test("tells a plateau from a needle", () => {
    const hill = (x: number, y: number) => 3 - 0.1 * ((x - 6) ** 2 + (y - 6) ** 2);
    const found = parameterStability(
      surface(9, (x, y) => (x === 1 && y === 1 ? 3.5 : hill(x, y))),
    )!;
    expect(found.best.trial).toBe(1 * 9 + 1);
    expect(found.best.retained!).toBeLessThan(0);
    expect(found.plateau.trial).toBe(6 * 9 + 6);
    expect(found.plateau.retained!).toBeGreaterThan(0.9);
    expect(found.smoothness!).toBeGreaterThan(0.9);
  });

  test("finds no smoothness in a chequerboard", () => {
    expect(parameterStability(surface(6, (x, y) => (x + y) % 2))!.smoothness!).toBeCloseTo(-1, 12);
    expect(parameterStability(surface(6, () => 1))!.smoothness).toBeNull();
  });

  test("counts ranks of the values that were tried, however they lie", () => {
    const params = { period: Float64Array.of(200, 5, 50, 10) };
    const found = parameterStability({ params, objective: Float64Array.of(1, 2, 5, 4) })!;
    expect(found.steps).toEqual([{ param: "period", value: 50, lower: 4, higher: 1 }]);
    expect(found.best.neighbours).toBe(2);
  });

  test("leaves out trials without an objective, and says so where nothing is near", () => {
    const params = { a: Float64Array.of(1, 2, 3) };
    const found = parameterStability({
      params,
      objective: Float64Array.of(Number.NaN, 3, Number.NaN),
    })!;
    expect(found.best).toEqual({
      trial: 1,
      objective: 3,
      neighbours: 0,
      mean: null,
      worst: null,
      best: null,
      positive: null,
      retained: null,
    });
    expect(found.plateau.trial).toBe(1);
    expect(found.steps).toEqual([{ param: "a", value: 2, lower: null, higher: null }]);
    expect(
      parameterStability({ params, objective: new Float64Array(3).fill(Number.NaN) }),
    ).toBeNull();
  });

  test("refuses columns of different length", () => {
    const params = { a: Float64Array.of(1, 2) };
    expect(() => parameterStability({ params, objective: Float64Array.of(1) })).toThrow(RangeError);
  });
});
