import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RunSettings, Signals } from "../../src/backtest/orders.ts";
import { simulate } from "../../src/backtest/simulate.ts";
import type { Trades } from "../../src/backtest/trades.ts";
import type { Bars } from "../../src/vector/columns.ts";
import {
  anySizing,
  fixedSizing,
  randomBars,
  randomSettings,
  randomSignals,
} from "./arbitraries.ts";
import { type ReferenceTrade, referenceRun } from "./reference-broker.ts";

const seed = Number(process.env["SWYMC_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
console.info(`reference-broker seed ${seed}`);

type Case = [Bars, Signals, RunSettings];

function cases(sizing: typeof anySizing, withLimits: boolean): fc.Arbitrary<Case> {
  return fc
    .integer({ min: 1, max: 120 })
    .chain((length) =>
      fc.tuple(randomBars(length), randomSignals(length, sizing, withLimits), randomSettings),
    );
}

function rows(trades: Trades): ReferenceTrade[] {
  return Array.from({ length: trades.length }, (_, i) => ({
    side: trades.side[i],
    quantity: trades.quantity[i],
    entrySignalBar: trades.entrySignalBar[i],
    entryBar: trades.entryBar[i],
    entryPrice: trades.entryPrice[i],
    exitSignalBar: trades.exitSignalBar[i],
    exitBar: trades.exitBar[i],
    exitPrice: trades.exitPrice[i],
    barsHeld: trades.barsHeld[i],
    pnlGross: trades.pnlGross[i],
    commission: trades.commission[i],
    pnl: trades.pnl[i],
    open: trades.open[i],
  }));
}

function expectSame([bars, signals, settings]: Case): void {
  const fast = simulate(bars, signals, settings);
  const slow = referenceRun(bars, signals, settings);
  expect(rows(fast.trades)).toEqual(slow.trades);
  expect(Array.from(fast.equity)).toEqual(slow.equity);
  expect(fast.cash).toBe(slow.cash);
  expect(fast.fills).toBe(slow.fills);
  expect(fast.barsInPosition).toBe(slow.barsInPosition);
  expect(fast.rejections.count).toBe(slow.rejected.length);
  expect(fast.pending.map(({ rule, signalBar }) => ({ rule, signalBar }))).toEqual(
    slow.pending.map(({ rule, signalBar }) => ({ rule, signalBar })),
  );
}

function expectClose([bars, signals, settings]: Case): void {
  const fast = simulate(bars, signals, settings);
  const slow = referenceRun(bars, signals, settings);
  expect(fast.rejections.count).toBe(slow.rejected.length);
  expect(fast.trades.length).toBe(slow.trades.length);
  expect(Array.from(fast.trades.exitBar)).toEqual(slow.trades.map((t) => t.exitBar));
  slow.trades.forEach((trade, i) => {
    expect(fast.trades.quantity[i] / trade.quantity).toBeCloseTo(1, 9);
  });
  slow.equity.forEach((value, i) => {
    expect(Math.abs(fast.equity[i] - value)).toBeLessThanOrEqual(1e-9 * settings.cash);
  });
}

describe("the simulator equals the bar-by-bar reference", () => {
  test("bit for bit on market orders of decimal quantities", () => {
    fc.assert(fc.property(cases(fixedSizing, false), expectSame), { seed, numRuns: 3000 });
  });

  test("bit for bit with limit orders among them", () => {
    fc.assert(fc.property(cases(fixedSizing, true), expectSame), { seed, numRuns: 3000 });
  });

  test("to 1e-9 with sizes of equity and cash", () => {
    fc.assert(fc.property(cases(anySizing, true), expectClose), { seed, numRuns: 3000 });
  });
});
