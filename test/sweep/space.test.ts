import { describe, expect, test } from "vitest";
import { countOf, listValues, valueAt } from "../../src/sweep/space/axis.ts";
import { buildSpaces, type SpaceRequest } from "../../src/sweep/space/build-space.ts";
import { countTrials } from "../../src/sweep/space/count-trials.ts";
import { permutation } from "../../src/sweep/space/permutation.ts";
import { sobol } from "../../src/sweep/space/sobol.ts";
import { trialSource } from "../../src/sweep/space/trial-source.ts";
import { compiled } from "../properties/product.ts";

const CROSS = {
  type: "rule_based",
  params: {
    fast: { default: 12, min: 2, max: 100 },
    slow: { default: 26, min: 5, max: 300 },
    share: { default: 50 },
  },
  rules: [
    {
      when: {
        kind: "cross_over",
        left: { kind: "func", name: "sma", field: "close", period: { param: "fast" } },
        right: { kind: "func", name: "sma", field: "close", period: { param: "slow" } },
      },
      then: { side: "buy", size: { percent_of_equity: { param: "share" } } },
    },
  ],
} as const;

const GRID = { kind: "grid" } as const;

function spaceOf(request: Partial<SpaceRequest>) {
  return buildSpaces([compiled(CROSS)], { sampling: GRID, ...request })[0]!.space;
}

/** All trials of a space: the values of its axes. */
function trialsOf(request: Partial<SpaceRequest>, most = 10_000): number[][] {
  const space = spaceOf(request);
  const source = trialSource(space);
  const rows = new Float64Array(most * source.width);
  const count = source.take(most, rows);
  return Array.from({ length: count }, (_, k) =>
    space.axes.map(({ index }) => rows[k * source.width + index]!),
  );
}

function valuesOf(values: string): number[] {
  return listValues(spaceOf({ params: { share: values } }).axes[0]!.values, 1000);
}

describe("values of a parameter", () => {
  test.each([
    ["2..6", [2, 3, 4, 5, 6]],
    ["5..20:5", [5, 10, 15, 20]],
    ["5..21:5", [5, 10, 15, 20]],
    ["0.1..0.7:0.1", [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]],
    ["1e-3..3e-3:0.001", [0.001, 0.002, 0.003]],
    ["5,10,5,20", [5, 10, 20]],
    ["10..30:10,100", [10, 20, 30, 100]],
    ["1..1000:log4", [1, 10, 100, 1000]],
    ["5..80:*2", [5, 10, 20, 40, 80]],
    ["7", [7]],
  ])("%s", (text, values) => {
    expect(valuesOf(text)).toEqual(values);
  });

  test("of a whole-number parameter on a logarithm are whole, each once", () => {
    const { values } = spaceOf({ params: { fast: "2..10:log12" } }).axes[0]!;
    expect(listValues(values, 100)).toEqual([2, 3, 4, 5, 6, 7, 9, 10]);
  });

  test("of ten million steps are the doubles that are written", () => {
    const { values } = spaceOf({ params: { share: "0.0001..1000:0.0001" } }).axes[0]!;
    expect(countOf(values)).toBe(10_000_000);
    for (const k of [0, 2, 6, 12_344, 9_999_999]) {
      expect(valueAt(values, k)).toBe(Number(((k + 1) / 10_000).toFixed(4)));
    }
  });

  test.each([
    ["9..2", /9 is above 2/],
    ["1..5:0", /step 0 is not above 0/],
    ["1..5:-1", /step -1 is not above 0/],
    ["1..5:nan", /"nan" is no finite number/],
    ["NaN", /"NaN" is no finite number/],
    ["1..1e999", /no finite number/],
    ["1,,2", /a value is missing/],
    ["1..9:log1", /a count of values from 2/],
    ["0..9:log3", /begins above 0/],
    ["1..9:*1", /factor 1 is not above 1/],
    ["-5..5", /-5: it must be greater than 0/],
    ["1..2:real,5", /cannot stand in a list/],
  ])("%s are refused", (text, reason) => {
    expect(() => valuesOf(text)).toThrow(reason);
  });

  test("are those that the document declares where none are given", () => {
    const { axes } = spaceOf({});
    expect(axes.map(({ name, values }) => [name, countOf(values)])).toEqual([
      ["fast", 99],
      ["slow", 296],
    ]);
    expect(() => spaceOf({ params: { share: null } })).toThrow(/sweep_no_range/);
    expect(() => spaceOf({ params: { fsat: "2..5" } })).toThrow(/sweep_unknown_param/);
  });
});

describe("a grid", () => {
  test("is nested loops, the last parameter innermost", () => {
    expect(trialsOf({ params: { slow: "5,6", fast: "2..4" } })).toEqual([
      [5, 2],
      [5, 3],
      [5, 4],
      [6, 2],
      [6, 3],
      [6, 4],
    ]);
  });

  test("leaves out what a condition refuses, and counts the rest before any work", () => {
    const request = { params: { fast: "2..100", slow: "5..200:5" }, where: "fast < slow" };
    const loops = [];
    for (let fast = 2; fast <= 100; fast++) {
      for (let slow = 5; slow <= 200; slow += 5) if (fast < slow) loops.push([fast, slow]);
    }
    expect(trialsOf(request)).toEqual(loops);
    expect(countTrials(spaceOf(request))).toEqual({ trials: loops.length, exact: true });
  });

  test("multiplies what no condition reads, so that counting is bounded", () => {
    const params = { fast: "2..100", slow: "5..100", share: "1..10000" };
    const begun = performance.now();
    const { trials, exact } = countTrials(spaceOf({ params, where: "fast == 5 and slow == 7" }));
    expect({ trials, exact }).toEqual({ trials: 10_000, exact: true });
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  test("of too many combinations, none, or no end is an error", () => {
    const count = (request: Partial<SpaceRequest>) => () => countTrials(spaceOf(request));
    const huge = { fast: "2..100", slow: "5..300", share: "1..40000000" };
    expect(count({ params: huge })).toThrow(/sweep_too_large: .*1,172,160,000,000/);
    expect(count({ params: { fast: "50..60", slow: "5..9" }, where: "fast < slow" })).toThrow(
      /none of the 55 combinations meets/,
    );
    expect(count({ params: { share: "1..2:real" } })).toThrow(/sweep_endless/);
  });
});

describe("samples", () => {
  const params = { fast: "2..30", slow: "5..50" };
  const all = 29 * 46;

  test("at random are distinct points of the grid, the same for the same seed", () => {
    const sampling = { kind: "random", samples: 500, seed: 3 } as const;
    const trials = trialsOf({ params, sampling });
    expect(trials).toHaveLength(500);
    expect(new Set(trials.map(String)).size).toBe(500);
    expect(trialsOf({ params, sampling })).toEqual(trials);
    expect(trialsOf({ params, sampling: { ...sampling, seed: 4 } })).not.toEqual(trials);
    const whole = trialsOf({ params, sampling: { ...sampling, samples: 1e6 } });
    expect(new Set(whole.map(String)).size).toBe(all);
  });

  test("at random come from spaces that no grid could go through", () => {
    const sampling = { kind: "random", samples: 50, seed: 0 } as const;
    const huge = { fast: "2..100", slow: "5..300", share: "1..40000000" };
    expect(new Set(trialsOf({ params: huge, sampling }).map(String)).size).toBe(50);
    const trials = trialsOf({
      params: { ...huge, share: "0.5..2:log" },
      sampling,
      where: "fast < slow",
    });
    expect(trials).toHaveLength(50);
    expect(
      trials.every(([fast, slow, share]) => fast! < slow! && share! >= 0.5 && share! <= 2),
    ).toBe(true);
  });

  test("of a Latin hypercube fall once into each part of every axis", () => {
    const sampling = { kind: "lhs", samples: 64, seed: 5 } as const;
    const trials = trialsOf({ params: { share: "1..65:real", slow: "5..68" }, sampling });
    const shares = trials.map(([share]) => Math.floor(share! - 1)).sort((a, b) => a - b);
    expect(shares).toEqual(Array.from({ length: 64 }, (_, k) => k));
    expect(new Set(trials.map(([, slow]) => slow)).size).toBe(64);
  });

  test("of Sobol's sequence on a small grid come once each", () => {
    const sampling = { kind: "sobol", samples: 5_000, seed: 0 } as const;
    const trials = trialsOf({ params: { fast: "2..5", slow: "10..13" }, sampling });
    expect(new Set(trials.map(String)).size).toBe(trials.length);
    expect(trials).toHaveLength(16);
  });
});

test("Sobol points are those of scipy 1.x (stats.qmc.Sobol(21, scramble=False, bits=32))", () => {
  const point = sobol(21, 0);
  const expected: Readonly<Record<number, readonly number[]>> = {
    3: [
      0.25, 0.75, 0.75, 0.75, 0.25, 0.25, 0.75, 0.25, 0.25, 0.25, 0.25, 0.25, 0.75, 0.75, 0.25,
      0.75, 0.25, 0.75, 0.25, 0.75, 0.75,
    ],
    11: [
      0.4375, 0.5625, 0.1875, 0.6875, 0.8125, 0.0625, 0.6875, 0.6875, 0.6875, 0.0625, 0.9375,
      0.3125, 0.1875, 0.1875, 0.5625, 0.1875, 0.5625, 0.0625, 0.6875, 0.5625, 0.9375,
    ],
    13: [
      0.8125, 0.6875, 0.8125, 0.0625, 0.4375, 0.9375, 0.5625, 0.5625, 0.5625, 0.4375, 0.8125,
      0.9375, 0.0625, 0.8125, 0.1875, 0.5625, 0.1875, 0.6875, 0.5625, 0.9375, 0.5625,
    ],
  };
  for (const [index, values] of Object.entries(expected)) {
    expect(values.map((_, d) => point(Number(index), d))).toEqual(values);
  }
});

test("a permutation is one, of any length", () => {
  for (const count of [1, 2, 3, 10, 1000, 4097]) {
    const at = permutation(count, 9);
    expect(new Set(Array.from({ length: count }, (_, k) => at(k))).size).toBe(count);
  }
  const large = permutation(2 ** 52, 1);
  const places = Array.from({ length: 1000 }, (_, k) => large(k));
  expect(new Set(places).size).toBe(1000);
  expect(places.every((place) => Number.isSafeInteger(place) && place < 2 ** 52)).toBe(true);
});

describe("a JSON pointer", () => {
  const fixed = {
    ...CROSS,
    params: undefined,
    rules: [
      {
        when: { kind: "rsi", threshold: 30, comparison: "below" },
        then: { side: "buy", quantity: "0.5" },
      },
    ],
  };
  const { params: _, ...plain } = fixed;
  const build = (params: Record<string, string>) =>
    buildSpaces([compiled(plain)], { params, sampling: GRID })[0]!;

  test("opens a number, a quantity, and a number that was left out", () => {
    const { program, space } = build({
      "/rules/0/when/threshold": "20..40:5",
      "/rules/0/then/quantity": "0.1,0.2",
      "/rules/0/when/period": "7..21:7",
    });
    expect(space.axes.map(({ name, values }) => [name, countOf(values)])).toEqual([
      ["/rules/0/when/threshold", 5],
      ["/rules/0/then/quantity", 2],
      ["/rules/0/when/period", 3],
    ]);
    const bound = {
      "/rules/0/when/threshold": 30,
      "/rules/0/when/period": 14,
      "/rules/0/then/quantity": 0.5,
    };
    const { strategyId } = program as ReturnType<typeof compiled>;
    expect(strategyId(bound)).toBe(compiled(plain).strategyId());
  });

  test("belongs to those of several documents that have a number there", () => {
    const preset = { type: "ema_crossover", order_quantity: "1", fast_period: 12, slow_period: 26 };
    const names = (params: Record<string, string>) =>
      buildSpaces([compiled(CROSS), compiled(preset)], { params, sampling: GRID }).map(
        ({ space }) => space.axes.map(({ name }) => name),
      );
    const share = "/rules/0/then/size/percent_of_equity";
    expect(names({ fast: "2..9", "/fast_period": "5,10" })).toEqual([["fast"], ["/fast_period"]]);
    expect(() => names({ [share]: "10,20" })).toThrow(/"share" stands there/);
    expect(() => names({ "/fast": "5,10" })).toThrow(/unknown property "fast"/);
  });

  test.each([
    ["/rules/7/when/period", /no document has anything there/],
    ["/rules/0/when/perod", /unknown property "perod"/],
    ["/rules/0/when/comparison", /is no number/],
    ["/rules/0/when", /is no number/],
  ])("%s is refused", (pointer, reason) => {
    expect(() => build({ [pointer]: "2..5" })).toThrow(reason);
  });
});
