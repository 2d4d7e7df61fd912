import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { setUpRun } from "../../../src/program/run-setup.ts";
import { OF_MORE_SUMS } from "../../../src/sweep/engine/asked-sums.ts";
import { createEngine } from "../../../src/sweep/engine/create-engine.ts";
import { SWEEP_METRICS } from "../../../src/sweep/engine/sweep-metrics.ts";
import type { Bars } from "../../../src/vector/columns.ts";
import { check } from "../../properties/check.ts";
import { compiled } from "../../properties/product.ts";
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
        const { settings, annual } = setUpRun(execution, null, bars.time);
        const few = new Float64Array(trials.length * SWEEP_METRICS.length);
        createEngine(program, { bars, settings, annual, metrics: ASKED }, "wasm").run(
          Float64Array.from(trials.flat()),
          trials.length,
          few,
        );
        expected.forEach((row, trial) => {
          SWEEP_METRICS.forEach((name, k) => {
            const value = few[trial * SWEEP_METRICS.length + k]!;
            expect(value).toBe(OF_MORE_SUMS.has(name) ? Number.NaN : row[k]);
          });
        });
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
});

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

function expectRuns(bars: Bars, commission = 0.001, field = "close"): void {
  const rules = (state: string, kind: string, then: object) => ({
    when: {
      kind: "all_of",
      conditions: [
        { kind: "position", state },
        {
          kind,
          left: { kind: "field", field },
          right: { kind: "func", name: "sma", field, period: { param: "slow" } },
        },
      ],
    },
    then,
  });
  const program = compiled({
    type: "rule_based",
    params: { slow: { default: 8 } },
    rules: [
      rules("flat", "cross_over", { side: "buy", size: { percent_of_equity: 100 } }),
      rules("long", "cross_under", { side: "sell", close: true }),
    ],
  });
  // The first begins to trade in the second chunk, so that in it others run side by side than in the first.
  const trials = [1100, 2, 3, 4, 5, 6, 7, 8, 6].map((slow) => [slow]);
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
    expect(expected[1]![SWEEP_METRICS.indexOf("closed_trades")]).toBeGreaterThan(100);
    for (const kind of ["js", "wasm"] as const)
      expect(engineRows(program, bars, execution, trials, kind)).toEqual(expected);
  }
}
