import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomWalk } from "../../bench/backtest/random-walk.ts";
import { computeMetrics } from "../../src/backtest/compute-metrics.ts";
import { simulate } from "../../src/backtest/index.ts";
import { compile } from "../../src/index.ts";
import { settingsOf } from "../../src/program/options.ts";
import { planSignals } from "../../src/program/run-plan.ts";
import {
  type AnalysedRun,
  type AnalysedTrades,
  excursions,
  metricsByPeriod,
  metricsBySide,
  tradeDistributions,
  tradesByWindow,
} from "../../src/stats/analysis/index.ts";
import { RangeExtremes } from "../../src/stats/analysis/range-extremes.ts";
import { wilsonInterval } from "../../src/stats/validation/wilson.ts";
import { noise } from "./noise.ts";

interface Trade {
  side?: number;
  entry: number;
  exit?: number;
  entryPrice?: number;
  exitPrice?: number;
  pnl?: number;
}

function tradeList(list: readonly Trade[]): AnalysedTrades {
  const floats = (value: (trade: Trade) => number) => Float64Array.from(list, value);
  const ints = (value: (trade: Trade) => number) => Int32Array.from(list, value);
  const pnl = floats((t) => t.pnl ?? 0);
  return {
    length: list.length,
    side: Int8Array.from(list, (t) => t.side ?? 1),
    quantity: floats(() => 1),
    entryBar: ints((t) => t.entry),
    entryPrice: floats((t) => t.entryPrice ?? 100),
    exitBar: ints((t) => t.exit ?? -1),
    exitPrice: floats((t) => t.exitPrice ?? Number.NaN),
    barsHeld: ints((t) => (t.exit ?? t.entry) - t.entry),
    pnlGross: pnl,
    commission: floats(() => 0),
    pnl,
    open: Uint8Array.from(list, (t) => (t.exit === undefined ? 1 : 0)),
  };
}

/** Long and short in turn with a commission, on hours that reach over a new year. */
function longAndShort(): {
  run: AnalysedRun;
  simulation: ReturnType<typeof simulate>;
  bars: ReturnType<typeof randomWalk>;
} {
  const bars = randomWalk(3000);
  bars.time.forEach((_, i) => {
    bars.time[i] = Date.UTC(2022, 10, 1) + i * 3_600_000;
  });
  const cross = (direction: string, side: string) => ({
    when: { kind: "ema_crossover", fast_period: 5, slow_period: 20, direction },
    then: { side, quantity: "2" },
  });
  const position = (state: string, side: string, direction: string) => ({
    when: {
      kind: "all_of",
      conditions: [{ kind: "position", state }, cross(direction, side).when],
    },
    then: { side, quantity: state === "flat" ? "1" : "2" },
  });
  const document = {
    type: "rule_based",
    candle_interval: "1h",
    rules: [
      position("flat", "buy", "above"),
      position("long", "sell", "below"),
      position("short", "buy", "above"),
    ],
  };
  const { program, diagnostics } = compile(document);
  if (!program) throw new Error(JSON.stringify(diagnostics));
  const settings = settingsOf({ cash: 10_000, commission: 0.001 });
  const simulation = simulate(bars, planSignals(program.code("interpreter"), bars, []), settings);
  const run = {
    cash: 10_000,
    equity: simulation.equity,
    firstBar: simulation.start,
    time: bars.time,
    close: bars.close,
    trades: simulation.trades,
    barsPerYear: 8760,
    riskFreeReturn: 0,
  };
  return { run, simulation, bars };
}

describe("on a run of the simulator", () => {
  const { run, simulation, bars } = longAndShort();
  const whole = computeMetrics(bars, simulation, settingsOf({ cash: 10_000, commission: 0.001 }), {
    barsPerYear: 8760,
    riskFreeReturn: 0,
  }).metrics;
  const sum = (values: readonly (number | null)[]) => values.reduce<number>((a, b) => a + b!, 0);

  test("there are trades of both sides", () => {
    const shorts = run.trades.side.subarray(0, run.trades.length).filter((side) => side < 0).length;
    expect(shorts).toBeGreaterThan(20);
    expect(run.trades.length - shorts).toBeGreaterThan(20);
  });

  test.each(["month", "year"] as const)("what a %s did adds up to what the run did", (unit) => {
    const periods = metricsByPeriod(run, unit);
    expect(periods.map(({ name }) => name)).toEqual(
      unit === "year" ? ["2022", "2023"] : ["2022-11", "2022-12", "2023-01", "2023-02", "2023-03"],
    );
    const all = (name: keyof typeof whole) => periods.map(({ metrics }) => metrics[name]);
    const returns = all("total_return").reduce<number>((product, r) => product * (1 + r!), 1) - 1;
    expect(returns).toBeCloseTo(whole.total_return!, 12);
    expect(sum(all("closed_trades"))).toBe(whole.closed_trades);
    expect(sum(all("open_trades"))).toBe(whole.open_trades);
    expect(sum(all("commission"))).toBeCloseTo(whole.commission!, 9);
    const exposed = periods.map(({ metrics, from, to }) => metrics.exposure! * (to - from));
    expect(sum(exposed)).toBeCloseTo(simulation.barsInPosition, 9);
    const turned = periods.map(
      ({ metrics, from }) => metrics.turnover! * (from === 0 ? run.cash : run.equity[from - 1]),
    );
    expect(sum(turned)).toBeCloseTo(simulation.traded, 6);
    const held =
      all("buy_and_hold_return").reduce<number>((product, r) => product * (1 + r!), 1) - 1;
    expect(held).toBeCloseTo(whole.buy_and_hold_return!, 12);
  });

  test("long and short together earn what the run earned, on every bar", () => {
    const { long, short } = metricsBySide(run);
    run.equity.forEach((equity, i) => {
      expect(long.equity[i] + short.equity[i] - run.cash).toBeCloseTo(equity, 8);
    });
    for (const name of ["trades", "commission", "turnover"] as const) {
      expect(sum([long.metrics[name], short.metrics[name]])).toBeCloseTo(whole[name]!, 9);
    }
    const exposure = long.metrics.exposure! + short.metrics.exposure!;
    expect(exposure).toBeCloseTo(whole.exposure!, 12);
    expect(long.metrics.win_rate).not.toBe(short.metrics.win_rate);
  });

  test("excursions are those of each trade's own bars", () => {
    const found = excursions({
      trades: run.trades,
      high: bars.high,
      low: bars.low,
      fillsAtClose: false,
    });
    for (let i = 0; i < run.trades.length; i++) {
      const { entryBar, exitBar, entryPrice, exitPrice, side, open } = run.trades;
      const prices = [entryPrice[i]];
      const end = open[i] === 1 ? bars.low.length : exitBar[i];
      for (let bar = entryBar[i]; bar < end; bar++) prices.push(bars.high[bar], bars.low[bar]);
      if (open[i] === 0) prices.push(exitPrice[i]);
      const gains = prices.map((price) => side[i] * (price / entryPrice[i] - 1));
      expect(found.adverse[i]).toBeCloseTo(Math.max(0, -Math.min(...gains)), 13);
      expect(found.favourable[i]).toBeCloseTo(Math.max(...gains), 13);
    }
  });
});

test("with fills at the close the entry's bar does not count and the exit's does", () => {
  const high = Float64Array.of(200, 110, 130, 300);
  const low = Float64Array.of(50, 90, 80, 10);
  const trades = tradeList([
    { entry: 0, exit: 2, exitPrice: 100 },
    { entry: 0, exit: 2, exitPrice: 100, side: -1 },
    { entry: 2, exit: 2, exitPrice: 100 },
  ]);
  const at = (fillsAtClose: boolean) => excursions({ trades, high, low, fillsAtClose });
  expect([...at(true).adverse]).toEqual([expect.closeTo(0.2), expect.closeTo(0.3), 0]);
  expect([...at(true).favourable]).toEqual([expect.closeTo(0.3), expect.closeTo(0.2), 0]);
  expect([...at(false).adverse]).toEqual([0.5, 1, 0]);
  expect([...at(false).favourable]).toEqual([1, 0.5, 0]);
});

test("extremes of any range are those of its values", () => {
  for (const length of [1, 15, 16, 17, 255, 256, 257, 5000]) {
    const values = noise(length, length);
    const range = new RangeExtremes(values, values);
    fc.assert(
      fc.property(fc.nat(length), fc.nat(length), (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const slice = [...values.subarray(from, to)];
        expect(range.lowest(from, to)).toBe(Math.min(...slice));
        expect(range.highest(from, to)).toBe(Math.max(...slice));
      }),
      { numRuns: 100 },
    );
  }
});

test("after ruin there are no further periods", () => {
  const day = 86_400_000;
  const run: AnalysedRun = {
    cash: 100,
    equity: Float64Array.of(110, -5, 20),
    firstBar: 0,
    time: Float64Array.of(0, 31 * day, 60 * day),
    close: Float64Array.of(1, 1, 1),
    trades: tradeList([]),
    barsPerYear: 365,
    riskFreeReturn: 0,
  };
  const periods = metricsByPeriod(run, "month");
  expect(periods.map(({ name }) => name)).toEqual(["1970-01", "1970-02"]);
  expect(periods[1].metrics_null.sharpe).toBe("equity fell to zero or below");
});

test("distributions of trades leave open ones out and count streaks", () => {
  const closed = [5, 3, -1, -2, -4, 0, 7].map((pnl, i) => ({ entry: i, exit: i + 2, pnl }));
  const found = tradeDistributions(tradeList([...closed, { entry: 8, pnl: -99 }]), 2);
  expect(found.longest_winning_streak).toBe(2);
  expect(found.longest_losing_streak).toBe(3);
  expect(found.pnl).toMatchObject({ count: 7, min: -4, max: 7, median: 0 });
  expect(found.returns!.max).toBe(0.07);
  expect(found.bars_held).toMatchObject({ min: 2, max: 2 });
  expect(tradeDistributions(tradeList([]))).toMatchObject({ pnl: null, longest_losing_streak: 0 });
});

describe("time windows", () => {
  const at = (text: string) => Date.parse(`${text}Z`);
  // Monday 2024-01-01.
  const time = Float64Array.of(
    at("2024-01-01T00:05"),
    at("2024-01-01T00:05:30"),
    at("2024-01-01T13:05"),
    at("2024-01-07T13:59"),
    at("1969-12-31T23:58"),
  );
  const trades = tradeList([
    { entry: 1, exit: 4, pnl: 10 },
    { entry: 0, exit: 4, pnl: -4 },
    { entry: 2, exit: 4, pnl: 6 },
    { entry: 3, exit: 4, pnl: 1 },
    { entry: 4, pnl: 1 },
  ]);
  const filled = (window: "minute_in_hour" | "hour" | "weekday", firstEntryOnly = false) =>
    tradesByWindow(trades, time, { window, firstEntryOnly })
      .filter((row) => row.trades > 0)
      .map((row) => [row.window, row.trades, row.wins, row.pnl]);

  test("group closed trades by the time of entry", () => {
    expect(filled("minute_in_hour")).toEqual([
      [5, 3, 2, 12],
      [59, 1, 1, 1],
    ]);
    expect(filled("hour")).toEqual([
      [0, 2, 1, 6],
      [13, 2, 2, 7],
    ]);
    expect(filled("weekday")).toEqual([
      [1, 3, 2, 12],
      [7, 1, 1, 1],
    ]);
  });

  test("take the first entry of each window alone where asked", () => {
    // Minute 0:05 was entered twice: first by the trade that lost.
    expect(filled("minute_in_hour", true)).toEqual([
      [5, 2, 1, 2],
      [59, 1, 1, 1],
    ]);
    expect(filled("weekday", true)).toEqual([
      [1, 1, 0, -4],
      [7, 1, 1, 1],
    ]);
  });

  test("have a row for every window, with the interval of its win rate", () => {
    const rows = tradesByWindow(trades, time, { window: "hour" });
    expect(rows.map((row) => row.window)).toEqual(Array.from({ length: 24 }, (_, k) => k));
    expect(rows[0]).toEqual({
      window: 0,
      trades: 2,
      wins: 1,
      win_rate: 0.5,
      win_rate_interval: wilsonInterval(1, 2),
      expectancy: 3,
      pnl: 6,
      average_trade: expect.closeTo(0.03, 14),
    });
    expect(rows[1]).toMatchObject({ trades: 0, win_rate: null, win_rate_interval: null, pnl: 0 });
  });

  test("count times before the epoch like others", () => {
    const old = tradeList([{ entry: 4, exit: 4, pnl: 1 }]);
    const window = (name: "minute_in_hour" | "hour" | "weekday") =>
      tradesByWindow(old, time, { window: name }).find((row) => row.trades === 1)!.window;
    // Wednesday, 23:58.
    expect([window("minute_in_hour"), window("hour"), window("weekday")]).toEqual([58, 23, 3]);
  });
});
