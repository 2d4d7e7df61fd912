import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Program } from "../../../src/program/program.ts";
import { OF_MORE_SUMS } from "../../../src/sweep/engine/asked-sums.ts";
import { SWEEP_METRICS } from "../../../src/sweep/engine/sweep-metrics.ts";
import type { Bars } from "../../../src/vector/columns.ts";
import { check } from "../../properties/check.ts";
import { compiled } from "../../properties/product.ts";
import type { Execution } from "../../reference/simulate.ts";
import { ALL_IN, FAMILIES, tradingBars, tradingCases } from "./trading-documents.ts";
import { engineRows } from "./trials.ts";

const ASKED = ["total_return", "sharpe", "max_drawdown", "trades", "exposure", "average_bars_held"];

describe("trials that are all in run two side by side", () => {
  for (const [family, signals] of Object.entries(FAMILIES)) {
    check(
      `${family} have the bits of runs, whatever is asked for`,
      0.01,
      fc.property(tradingCases(signals, ALL_IN), (given) => {
        const { document, execution, trials, batch } = given;
        const bars = tradingBars(given);
        const program = compiled(document);
        const expected = engineRows(program, bars, execution, trials, "reference");
        expect(engineRows(program, bars, execution, trials, "wasm", batch)).toEqual(expected);
        expectFew(program, bars, execution, trials, expected);
      }),
    );
  }

  it.each([0, 8])(
    "where signals of the last bar of a chunk wait for the next, phase %i",
    (phase) => {
      const bars = waves(2600, phase);
      expect(Math.sign(bars.close[1023]! - bars.close[1022]!)).toBe(phase === 0 ? -1 : 1);
      expectRuns(bars);
    },
  );

  it("where a price falls to next to nothing after an order has filled", () => {
    const bars = waves(2600, 0);
    // Opens rise a bar before these, and tell nothing of it.
    for (const bar of [713, 1513, 2009]) bars.close[bar] = 1e-5;
    expectRuns(bars, 0.001, "open");
  });

  it("where equity comes near the smallest numbers", () => {
    expectRuns(waves(2600, 0), 0.9);
  });

  it("where each drawdown is a little deeper than the one before", () => {
    // Above its average of 1,100 bars from the second chunk on, with falls of 10 %, 10.1 %, 10.2 % …
    const bars = waves(3600, 0);
    for (let i = 0; i < 3600; i++) {
      const fall = i % 100 < 10 ? 0.1 + Math.floor(i / 100) / 1000 : 0;
      bars.close[i] = i < 1200 ? 100 - i / 100 : 88 * Math.exp(0.003 * (i - 1200)) * (1 - fall);
    }
    expectRuns(bars);
  });

  it.each(["tv", "pandas", "backtrader", "vectorbt"])(
    "where columns first change places in a later chunk, and before an account that is flat (%s)",
    (dialect) => {
      // Prices that have always stood above their average cross nothing as the second chunk begins.
      const bars = waves(3600, 0);
      for (let i = 0; i < 1500; i++) bars.close[i] = 20 + i / 20;
      expectRuns(bars, 0.001, "close", dialect);
    },
  );

  it.each(["tv", "pandas", "backtrader", "vectorbt"])(
    "where an average is known from a bar of the first chunk on, and prices stand on one side of it (%s)",
    (dialect) => {
      // Above, or below, from the bar on which each is first known up to some bars later, across words of 64 bars.
      for (const slope of [1, -1]) {
        for (const stands of [140, 700, 1300]) {
          const bars = waves(2600, 0);
          for (let i = 0; i < stands; i++) bars.close[i] = 200 + (slope * i) / 20;
          expectRuns(bars, 0.001, "close", dialect, [63, 64, 65, 127, 128, 500, 1023, 1024, 1025]);
        }
      }
    },
  );

  it("where an average is known, and equal to the price, from the first bar on", () => {
    const bars = waves(2600, 0);
    bars.close.fill(100, 0, 300);
    expectRuns(bars, 0.001, "close", "tv", [63, 64, 128, 299, 300, 301]);
  });

  it.each([0, 1e-9, 0.02])(
    "where falls within a trade end, and begin, at its edges: %d",
    (deeper) => {
      // Long stretches above an average, each with a fall that is as deep as the last one, or a little deeper.
      const bars = waves(3600, 0);
      for (let i = 200; i < 3600; i++) {
        const [turn, at] = [Math.floor(i / 300), i % 300];
        const place = [3, 40, 150, 290][turn % 4]!;
        const fall = at >= place && at < place + 6 ? 0.1 + deeper * turn : 0;
        bars.close[i] = 80 * Math.exp(0.002 * (i - 200)) * (1 - fall);
      }
      expectRuns(bars, 0, "close", "tv", [400, 600, 1100]);
      expectRuns(bars, 0.001, "close", "tv", [400, 600, 1100]);
    },
  );

  it.each([
    ["crosses", CROSSES],
    ["comparisons", COMPARISONS],
  ] as const)("where a chunk begins with na while a position is held (%s)", (_, signals) => {
    const bars = waves(2600, 0);
    const volume = bars.close.map((wave, i) => (i >= 1000 && i < 1040 ? 500 + i : wave));
    volume.fill(Number.NaN, 1024, 1031);
    expectRuns({ ...bars, volume }, 0.001, "volume", "tv", [5, 20], signals);
  });

  it("where the deepest fall lies across both halves of the bars of a position", () => {
    // Volume makes the signals: a position with a fall of 7 %, one from bar 1050 on with a slow one of 10 %, then many.
    const bars = waves(3600, 0);
    const volume = bars.close.map((wave, i) => {
      if (i < 2100) return i < 150 || (i >= 345 && i < 1050) ? 100 - i / 100 : 500 + i;
      return wave;
    });
    const close = Float64Array.from({ length: 3600 }, (_, i) => {
      const fall = i >= 200 && i < 204 ? 0.07 : 0;
      const slow = Math.max(0, 0.1 * (1 - Math.abs(i - 1624) / 150));
      return (100 + i / 100) * (1 - fall - slow);
    });
    expectRuns({ ...bars, close, volume }, 0, "volume", "tv", [5, 20]);
  });
});

/** Rows of an engine that is asked for few metrics: what is not asked for may be left out. */
function expectFew(
  program: Program,
  bars: Bars,
  execution: Partial<Execution>,
  trials: readonly (readonly number[])[],
  expected: readonly (readonly number[])[],
): void {
  for (const kind of ["wasm", "js"] as const) {
    const few = engineRows(program, bars, execution, trials, kind, trials.length, {
      metrics: ASKED,
    });
    const isLeftOut = (name: string) => OF_MORE_SUMS.has(name) || name === "max_drawdown_bars";
    const left = expected.map((row) =>
      row.map((value, k) => (isLeftOut(SWEEP_METRICS[k]!) ? Number.NaN : value)),
    );
    expect(few).toEqual(left);
  }
}

/** Prices that rise and fall by a fifth every eight bars, with some noise. */
function waves(length: number, phase: number): Bars {
  const close = Float64Array.from({ length }, (_, i) => {
    const isHigh = Math.floor((i + 1 + phase) / 8) % 2 === 1;
    return (isHigh ? 110 : 90) + (i % 7) / 8;
  });
  const open = close.map((price, i) => (close[i - 1] ?? price) + 0.25);
  return {
    time: Float64Array.from({ length }, (_, i) => i * 60_000),
    open,
    high: close.map((price, i) => Math.max(price, open[i]!) + 1),
    low: close.map((price, i) => Math.min(price, open[i]!) / 2),
    close,
    volume: new Float64Array(length).fill(1),
  };
}

const CROSSES = [{ kind: "cross_over" }, { kind: "cross_under" }] as const;
const COMPARISONS = [
  { kind: "compare", op: ">" },
  { kind: "compare", op: "<" },
] as const;

function expectRuns(
  bars: Bars,
  commission = 0.001,
  field = "close",
  dialect = "tv",
  windows = [1100],
  [opens, closes]: readonly [object, object] = CROSSES,
): void {
  const rules = (state: string, condition: object, then: object) => ({
    when: {
      kind: "all_of",
      conditions: [
        { kind: "position", state },
        {
          ...condition,
          left: { kind: "field", field },
          right: { kind: "func", name: "sma", field, period: { param: "slow" } },
        },
      ],
    },
    then,
  });
  const program = compiled({
    type: "rule_based",
    dialect,
    params: { slow: { default: 8 } },
    rules: [
      rules("flat", opens, { side: "buy", size: { percent_of_equity: 100 } }),
      rules("long", closes, { side: "sell", close: true }),
    ],
  });
  // The first begins to trade in the second chunk, so that in it others run side by side than in the first.
  const trials = [...windows, 2, 3, 4, 5, 6, 7, 8, 6].map((slow) => [slow]);
  for (const fill of ["close", "next_open"] as const) {
    const execution = {
      cash: 10_000,
      commission,
      slippage: 0,
      fill,
      delay: 0,
      start: 0,
      riskFreeReturn: 0,
    };
    const expected = engineRows(program, bars, execution, trials, "reference");
    expect(expected[windows.length]![SWEEP_METRICS.indexOf("closed_trades")]).toBeGreaterThan(20);
    for (const kind of ["js", "wasm"] as const)
      expect(engineRows(program, bars, execution, trials, kind)).toEqual(expected);
    expectFew(program, bars, execution, trials, expected);
  }
}
