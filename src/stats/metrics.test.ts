import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { METRICS } from "./metric-table.ts";
import { type MetricsInput, metricsOf } from "./metrics.ts";

interface Trade {
  pnl: number;
  entry: number;
  held: number;
  open?: boolean;
}

function input(
  equity: number[],
  trades: Trade[] = [],
  more: Partial<MetricsInput> = {},
): MetricsInput {
  return {
    cash: 1000,
    equity: Float64Array.from(equity),
    firstBar: 0,
    trades: {
      length: trades.length,
      quantity: Float64Array.from(trades, () => 2),
      entryPrice: Float64Array.from(trades, (t) => t.entry),
      pnl: Float64Array.from(trades, (t) => t.pnl),
      barsHeld: Int32Array.from(trades, (t) => t.held),
      open: Uint8Array.from(trades, (t) => (t.open === true ? 1 : 0)),
    },
    barsInPosition: 3,
    commission: 1.5,
    traded: 2500,
    firstClose: 50,
    lastClose: 60,
    barsPerYear: 365,
    riskFreeReturn: 0,
    invested: null,
    ...more,
  };
}

const CURVE = [1000, 1010, 1000, 980, 1029, 1029];
const TRADES: Trade[] = [
  { pnl: 20, entry: 50, held: 1 },
  { pnl: -5, entry: 25, held: 2 },
  { pnl: -10, entry: 100, held: 3 },
  { pnl: 30, entry: 50, held: 6 },
  { pnl: -99, entry: 50, held: 40, open: true },
];

/** Worked out with 50-digit decimals from the formulas of docs/metrics.md. */
const EXPECTED = {
  final_equity: 1029,
  total_return: 0.029,
  cagr: 4.692049017421606,
  volatility: 0.4638251444926149,
  sharpe: 3.947658129472938,
  sortino: 10.51950821161324,
  max_drawdown: 30 / 1010,
  max_drawdown_bars: 2,
  calmar: 157.9656502531941,
  omega: 2.006622516556291,
  exposure: 0.5,
  trades: 5,
  closed_trades: 4,
  open_trades: 1,
  win_rate: 0.5,
  profit_factor: 50 / 15,
  expectancy: 8.75,
  average_trade: 0.0875,
  best_trade: 0.3,
  worst_trade: -0.1,
  payoff: 10 / 3,
  sqn: 0.9062168892044165,
  average_bars_held: 3,
  commission: 1.5,
  turnover: 2.5,
  buy_and_hold_return: 0.2,
};

function expectMetrics(actual: object, expected: Record<string, number | null>): void {
  for (const [name, value] of Object.entries(expected)) {
    const got = (actual as Record<string, number | null>)[name];
    if (value === null) expect([name, got]).toEqual([name, null]);
    else
      expect([name, Math.abs((got ?? Number.NaN) - value) <= 1e-13 * Math.abs(value)]).toEqual([
        name,
        true,
      ]);
  }
}

describe("metrics", () => {
  test("have literal values on a small run", () => {
    const { metrics, metrics_null } = metricsOf(input(CURVE, TRADES));
    expectMetrics(metrics, EXPECTED);
    expect(metrics_null).toEqual({});
  });

  test("take the risk-free return per bar off", () => {
    const { metrics } = metricsOf(input(CURVE, TRADES, { riskFreeReturn: 0.0365 }));
    expectMetrics(metrics, {
      sharpe: 3.868964681234102,
      sortino: 10.24805675761264,
      omega: 1.973532871520063,
      volatility: EXPECTED.volatility,
    });
  });

  test("are the names of the table, in its order", () => {
    expect(Object.keys(metricsOf(input(CURVE)).metrics)).toEqual(METRICS.map(({ name }) => name));
  });

  test("of a run without trades are null with their reasons", () => {
    const { metrics, metrics_null } = metricsOf(input([1000, 1000, 1000]));
    expectMetrics(metrics, { total_return: 0, cagr: 0, volatility: 0, max_drawdown: 0, trades: 0 });
    expect(metrics_null).toEqual({
      sharpe: "returns do not vary",
      sortino: "no return below the risk-free rate",
      calmar: "no drawdown",
      omega: "no return below the risk-free rate",
      win_rate: "no closed trades",
      profit_factor: "no closed trades",
      expectancy: "no closed trades",
      average_trade: "no closed trades",
      best_trade: "no closed trades",
      worst_trade: "no closed trades",
      payoff: "no closed trades",
      sqn: "no closed trades",
      average_bars_held: "no closed trades",
    });
  });

  test("of a ruined run leave the ratios null and the depth beyond 1", () => {
    const { metrics, metrics_null } = metricsOf(input([1000, 500, -100, 20]));
    expect(metrics.max_drawdown).toBe(1.1);
    expect(metrics.total_return).toBe(20 / 1000 - 1);
    const ratios = ["cagr", "volatility", "sharpe", "sortino", "calmar", "omega"] as const;
    for (const name of ratios) expect(metrics_null[name]).toBe("equity fell to zero or below");
  });

  test("of winners only have no profit factor and no payoff", () => {
    const { metrics_null } = metricsOf(input(CURVE, [{ pnl: 5, entry: 50, held: 1 }]));
    expect(metrics_null).toEqual({
      profit_factor: "no losing trades",
      payoff: "no losing trades",
      sqn: "fewer than two closed trades",
    });
  });

  test("of losers only have a profit factor of 0", () => {
    const losers = [1, 2].map(() => ({ pnl: -5, entry: 50, held: 1 }));
    const { metrics, metrics_null } = metricsOf(input(CURVE, losers));
    expect(metrics.profit_factor).toBe(0);
    expect(metrics_null).toEqual({ payoff: "no winning trades", sqn: "trades do not vary" });
  });

  test("of one bar have no deviation", () => {
    const { metrics_null } = metricsOf(input([1010]));
    expect(metrics_null).toMatchObject({
      volatility: "fewer than two bars",
      sharpe: "fewer than two bars",
    });
  });

  test("beyond the range of numbers are null", () => {
    const { metrics, metrics_null } = metricsOf(input([1e6], [], { barsPerYear: 525_600 }));
    expect(metrics.cagr).toBeNull();
    expect(metrics_null.cagr).toBe("beyond the range of numbers");
  });

  test("are never Infinity or NaN, and null exactly where there is a reason", () => {
    const equity = fc.array(fc.double({ min: -10, max: 2000, noNaN: true }), { maxLength: 30 });
    const trade = fc.record({
      pnl: fc.constantFrom(-5, 0, 3, 1e300),
      entry: fc.constantFrom(1, 50),
      held: fc.nat(9),
      open: fc.boolean(),
    });
    fc.assert(
      fc.property(equity, fc.array(trade, { maxLength: 5 }), (curve, trades) => {
        const { metrics, metrics_null } = metricsOf(input(curve, trades));
        for (const { name } of METRICS) {
          const value = metrics[name];
          expect(value === null).toBe(name in metrics_null);
          if (value !== null) expect(Number.isFinite(value)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("that are ratios do not change when all money is scaled by a power of two", () => {
    const curve = fc.array(fc.double({ min: 500, max: 2000, noNaN: true }), {
      minLength: 2,
      maxLength: 50,
    });
    fc.assert(
      fc.property(curve, (values) => {
        const one = metricsOf(input(values)).metrics;
        const two = metricsOf(
          input(
            values.map((v) => v * 8),
            [],
            { cash: 8000 },
          ),
        ).metrics;
        for (const name of [
          "sharpe",
          "sortino",
          "cagr",
          "max_drawdown",
          "calmar",
          "omega",
        ] as const) {
          expect(two[name]).toBe(one[name]);
        }
      }),
    );
  });
});
