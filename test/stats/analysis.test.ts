import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  barReturns,
  benchmarkStatistics,
  buyAndHoldReturns,
  distributionOf,
  monthlyReturns,
  periodsOf,
  returnsByPeriod,
  rollingMetrics,
  underwater,
  worstDrawdowns,
} from "../../src/stats/analysis/index.ts";
import { maxDrawdown } from "../../src/stats/drawdown.ts";
import { deviationOf, meanOf, noise } from "./noise.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const curve = (...values: number[]) => Float64Array.from(values);
const grown = (returns: Float64Array, cash = 100) => {
  let equity = cash;
  return returns.map((r) => (equity *= 1 + r));
};

describe("bar returns", () => {
  test("start against the cash and end at ruin", () => {
    expect([...barReturns(curve(110, 99, 99), 100)]).toEqual([0.1, -0.1, 0]);
    expect([...barReturns(curve(110, 0, 50), 100)]).toEqual([0.1, Number.NaN, Number.NaN]);
  });

  test("of buy and hold start at 0 on the run's first bar", () => {
    expect([...buyAndHoldReturns(curve(80, 100, 110, 99), 1)]).toEqual([0, 0.1, -0.1]);
  });
});

describe("calendar periods", () => {
  const at = (text: string) => Date.parse(`${text}Z`);

  test("follow UTC over leap days, ends of years and gaps", () => {
    const time = curve(
      at("2023-12-31T23:00"),
      at("2024-01-01T00:00"),
      at("2024-02-28T23:59"),
      at("2024-02-29T00:00"),
      at("2024-02-29T12:00"),
      at("2025-06-01T00:00"),
    );
    const names = (unit: "day" | "month" | "year") =>
      periodsOf(time, unit).map(({ name, from, to }) => [name, from, to]);
    expect(names("year")).toEqual([
      ["2023", 0, 1],
      ["2024", 1, 5],
      ["2025", 5, 6],
    ]);
    expect(names("month")).toEqual([
      ["2023-12", 0, 1],
      ["2024-01", 1, 2],
      ["2024-02", 2, 5],
      ["2025-06", 5, 6],
    ]);
    expect(names("day").map(([name]) => name)).toEqual([
      "2023-12-31",
      "2024-01-01",
      "2024-02-28",
      "2024-02-29",
      "2025-06-01",
    ]);
    expect(periodsOf(curve(at("1969-12-31T23:00"), 0), "year").map(({ name }) => name)).toEqual([
      "1969",
      "1970",
    ]);
    expect(periodsOf(new Float64Array(0), "day")).toEqual([]);
  });

  test("are those of each bar's own date, whatever the steps", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 * DAY }), { maxLength: 40 }), (steps) => {
        let now = Date.UTC(2019, 10, 20);
        const time = Float64Array.from(steps, (step) => (now += step));
        for (const [unit, length] of [
          ["year", 4],
          ["month", 7],
          ["day", 10],
        ] as const) {
          const of = [...time].map((ms) => new Date(ms).toISOString().slice(0, length));
          const named = periodsOf(time, unit).flatMap(({ name, from, to }) =>
            Array(to - from).fill(name),
          );
          expect(named).toEqual(of);
        }
      }),
    );
  });

  test("have returns that chain to the whole", () => {
    const time = Float64Array.from(
      { length: 900 },
      (_, i) => at("2023-11-15T00:00") + i * 2 * HOUR,
    );
    const equity = grown(noise(1, 900, 0.0001));
    const total = equity[899] / 100;
    for (const unit of ["day", "month", "year"] as const) {
      const product = returnsByPeriod(equity, 100, time, unit).reduce((p, r) => p * (1 + r), 1);
      expect(product).toBeCloseTo(total, 12);
    }
    const rows = monthlyReturns(equity, 100, time);
    expect(
      rows.map(({ year, months }) => [year, months.map((m) => (m === null ? 0 : 1)).join("")]),
    ).toEqual([
      [2023, "000000000011"],
      [2024, "100000000000"],
    ]);
    expect(rows.reduce((p, { total: r }) => p * (1 + r!), 1)).toBeCloseTo(total, 12);
    expect(rows[0].months[10]).toBeCloseTo(equity[16 * 12 - 1] / 100 - 1, 14);
  });

  test("end at ruin", () => {
    const time = Float64Array.from({ length: 4 }, (_, i) => i * DAY);
    expect([...returnsByPeriod(curve(110, 0, 50, 60), 100, time, "day")]).toEqual([
      expect.closeTo(0.1, 12),
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
    expect(monthlyReturns(curve(0), 100, curve(0))).toEqual([
      { year: 1970, months: Array(12).fill(null), total: null },
    ]);
  });
});

describe("drawdowns", () => {
  test("have peak, trough and end, deepest first", () => {
    expect(worstDrawdowns(curve(90, 100, 120, 60, 80, 120, 108, 114), 100)).toEqual([
      { peak: 2, trough: 3, end: 5, depth: 0.5, bars: 2 },
      { peak: -1, trough: 0, end: 1, depth: 1 - 90 / 100, bars: 1 },
      { peak: 5, trough: 6, end: null, depth: 1 - 108 / 120, bars: 2 },
    ]);
    expect(worstDrawdowns(curve(100, 110), 100)).toEqual([]);
  });

  test("agree with the metrics and the underwater curve, and are cut to the worst", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 60 }),
        (list) => {
          const equity = curve(...list);
          const all = worstDrawdowns(equity, 15, 1000);
          const { depth, bars } = maxDrawdown(equity, 15);
          expect(all[0]?.depth ?? 0).toBe(depth);
          expect(Math.max(0, ...all.map((each) => each.bars))).toBe(bars);
          const below = [...underwater(equity, 15)];
          expect(Math.max(...below)).toBe(depth);
          expect(below.filter((x) => x > 0)).toHaveLength(
            all.reduce((sum, each) => sum + each.bars, 0),
          );
          expect(worstDrawdowns(equity, 15, 2)).toEqual(all.slice(0, 2));
        },
      ),
    );
  });
});

describe("rolling metrics", () => {
  const plainly = (equity: Float64Array, cash: number, window: number, rf: number) =>
    Array.from(equity, (_, i) => {
      if (i < window - 1) return [Number.NaN, Number.NaN, Number.NaN];
      const levels = [cash, ...equity].slice(i - window + 1, i + 2);
      const r = levels.slice(1).map((value, k) => value / levels[k] - 1);
      const deviation = deviationOf(r);
      const falls = levels.flatMap((a, k) => levels.slice(k).map((b) => 1 - b / a));
      return [
        deviation * Math.sqrt(365),
        ((meanOf(r) - rf / 365) / deviation) * Math.sqrt(365),
        Math.max(...falls),
      ];
    });

  test.each([2, 3, 7, 30, 99, 100])("equal each window's own, %i bars of 100", (window) => {
    const equity = grown(noise(5, 100));
    const found = rollingMetrics(equity, 100, { window, barsPerYear: 365, riskFreeReturn: 0.02 });
    plainly(equity, 100, window, 0.02).forEach(([volatility, sharpe, drawdown], i) => {
      if (Number.isNaN(volatility)) {
        expect([found.volatility[i], found.sharpe[i], found.drawdown[i]]).toEqual([
          Number.NaN,
          Number.NaN,
          Number.NaN,
        ]);
        return;
      }
      expect(found.volatility[i] / volatility).toBeCloseTo(1, 11);
      expect(found.sharpe[i]).toBeCloseTo(sharpe, 8);
      expect(found.drawdown[i]).toBeCloseTo(drawdown, 13);
      const before = i < window ? 100 : equity[i - window];
      expect(found.total_return[i]).toBe(equity[i] / before - 1);
    });
    expect(found.total_return.findIndex((value) => !Number.isNaN(value))).toBe(window - 1);
  });

  test("do not drift after a bar that dwarfs the others", () => {
    const returns = noise(6, 400, 0, 1e-6);
    returns[50] = 900;
    const equity = grown(returns);
    const { volatility } = rollingMetrics(equity, 100, { window: 20, barsPerYear: 1 });
    expect(volatility[399] / deviationOf(returns.subarray(380))).toBeCloseTo(1, 7);
  });

  test("a flat stretch has volatility 0 and no Sharpe ratio, and after ruin there is nothing", () => {
    const flat = rollingMetrics(curve(100, 100, 100, 100, 100), 100, {
      window: 2,
      barsPerYear: 365,
    });
    expect([...flat.volatility.subarray(1)]).toEqual([0, 0, 0, 0]);
    expect(flat.sharpe.every(Number.isNaN)).toBe(true);
    expect([...flat.drawdown.subarray(1)]).toEqual([0, 0, 0, 0]);
    const ruined = rollingMetrics(curve(100, 110, 0, 5, 6, 7), 100, {
      window: 2,
      barsPerYear: 365,
    });
    expect([...ruined.drawdown]).toEqual([
      Number.NaN,
      0,
      Number.NaN,
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
    expect(ruined.volatility.subarray(2).every(Number.isNaN)).toBe(true);
  });

  test("shorter runs have none, and a window has two bars", () => {
    const { sharpe } = rollingMetrics(curve(101, 102), 100, { window: 3, barsPerYear: 365 });
    expect(sharpe.every(Number.isNaN)).toBe(true);
    expect(() => rollingMetrics(curve(1), 1, { window: 1, barsPerYear: 1 })).toThrow(RangeError);
  });
});

describe("benchmark statistics", () => {
  const year = { barsPerYear: 252 };

  test("find the alpha and beta that a run was made with", () => {
    const benchmark = noise(1, 500, 0.0003);
    const returns = benchmark.map((b) => 0.0001 + 1.5 * b);
    const found = benchmarkStatistics(returns, benchmark, year)!;
    expect(found.beta).toBeCloseTo(1.5, 12);
    expect(found.alpha).toBeCloseTo(0.0001 * 252, 12);
    expect(found.correlation).toBeCloseTo(1, 12);
    const withRf = benchmarkStatistics(returns, benchmark, { ...year, riskFreeReturn: 0.0252 })!;
    expect(withRf.alpha).toBeCloseTo(0.0252 + 0.5 * 0.0252, 12);
  });

  test("have literal capture ratios", () => {
    const benchmark = Float64Array.of(0.1, 0.21, -0.1, 0, -0.19);
    const returns = Float64Array.of(0.05, 0.05, -0.2, 0.5, 0);
    const found = benchmarkStatistics(returns, benchmark, year)!;
    expect(found.up_capture).toBeCloseTo(0.05 / (Math.sqrt(1.1 * 1.21) - 1), 12);
    expect(found.down_capture).toBeCloseTo((Math.sqrt(0.8) - 1) / (Math.sqrt(0.9 * 0.81) - 1), 12);
    expect(found.benchmark_return).toBeCloseTo(1.1 * 1.21 * 0.9 * 0.81 - 1, 12);
    const active = returns.map((r, i) => r - benchmark[i]);
    expect(found.tracking_error).toBeCloseTo(deviationOf(active) * Math.sqrt(252), 12);
    expect(found.information_ratio).toBeCloseTo(
      (meanOf(active) / deviationOf(active)) * Math.sqrt(252),
      12,
    );
    const relative = (1.05 * 1.05 * 0.8 * 1.5) / (1.1 * 1.21 * 0.9 * 0.81) - 1;
    expect(found.relative_return).toBeCloseTo(relative, 12);
  });

  test("against itself: beta 1, no alpha, nothing to divide by", () => {
    const held = noise(3, 60);
    expect(benchmarkStatistics(held, held, year)).toMatchObject({
      beta: 1,
      alpha: 0,
      tracking_error: 0,
      information_ratio: null,
      up_capture: 1,
      down_capture: 1,
      relative_return: 0,
    });
  });

  test("are null where nothing varies or no bar has the sign", () => {
    const still = benchmarkStatistics(noise(1, 30), new Float64Array(30), year)!;
    expect([
      still.beta,
      still.alpha,
      still.correlation,
      still.up_capture,
      still.down_capture,
    ]).toEqual([null, null, null, null, null]);
    expect(benchmarkStatistics(curve(0.1), curve(0.1), year)).toBeNull();
    expect(benchmarkStatistics(curve(0.1, Number.NaN), curve(0.1, 0.2), year)).toBeNull();
    expect(() => benchmarkStatistics(curve(0.1, 0.1), curve(0.1), year)).toThrow(RangeError);
  });
});

describe("distributions", () => {
  test("have literal moments, quantiles and bins", () => {
    const found = distributionOf(curve(4, 0, 0, 0, Number.NaN), 4)!;
    expect(found).toMatchObject({
      count: 4,
      mean: 1,
      deviation: 2,
      min: 0,
      median: 0,
      p75: 1,
      max: 4,
    });
    expect(found.skewness).toBeCloseTo(6 / 3 ** 1.5, 14);
    expect(found.kurtosis).toBeCloseTo(7 / 3, 14);
    expect([...found.histogram.edges]).toEqual([0, 1, 2, 3, 4]);
    expect([...found.histogram.counts]).toEqual([3, 0, 0, 1]);
  });

  test("count every value once", () => {
    for (const seed of [1, 2, 3]) {
      const values = noise(seed, 500);
      const { histogram } = distributionOf(values)!;
      expect(histogram.counts.reduce((a, b) => a + b, 0)).toBe(500);
      expect(histogram.counts.length).toBeGreaterThan(5);
      histogram.counts.forEach((count, k) => {
        const last = k === histogram.counts.length - 1;
        const inside = values.filter(
          (x) => x >= histogram.edges[k] && (last || x < histogram.edges[k + 1]),
        );
        expect(inside.length).toBe(count);
      });
    }
  });

  test("of one value, of equal values, and of nothing", () => {
    expect(distributionOf(curve(5))).toMatchObject({
      mean: 5,
      deviation: null,
      skewness: null,
      p05: 5,
    });
    expect(distributionOf(curve(5, 5))).toMatchObject({ deviation: 0, kurtosis: null });
    expect([...distributionOf(curve(5, 5), 3)!.histogram.counts].reduce((a, b) => a + b)).toBe(2);
    expect(distributionOf(curve(Number.NaN))).toBeNull();
    expect(() => distributionOf(curve(1), 0)).toThrow(RangeError);
  });
});
