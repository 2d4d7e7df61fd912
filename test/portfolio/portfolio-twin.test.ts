import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  benchmarkEquity,
  mergeTrades,
  simulate,
  simulatePortfolio,
} from "../../src/backtest/index.ts";
import type { Member } from "../../src/backtest/portfolio/portfolio.ts";
import { modelCases } from "../backtest/model-arbitraries.ts";
import { leveragedCases, type PortfolioCase, portfolioCases } from "./portfolio-arbitraries.ts";
import { twinPortfolio } from "./portfolio-twin.ts";

const seed = Number(process.env["SWYMC_FC_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
console.info(`portfolio-twin SWYMC_FC_SEED=${seed}`);
const YEARLY = { barsPerYear: 8760 };

const close = (a: number, b: number, scale: number) =>
  expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-8 * Math.max(1, Math.abs(scale)));

function expectTwin([members, settings]: PortfolioCase) {
  const fast = simulatePortfolio(members, settings);
  const slow = twinPortfolio(members, settings);
  fast.members.forEach(({ trades, rejections, pending, position }, k) => {
    const book = slow.books[k];
    expect(rejections.listed.map(({ bar, reason }) => ({ bar, reason }))).toEqual(
      book.refused.slice(0, 100),
    );
    const closed = Array.from({ length: trades.length }, (_, i) => i).filter(
      (i) => trades.open[i] === 0,
    );
    expect(closed.map((i) => [trades.side[i], trades.entryBar[i], trades.exitBar[i]])).toEqual(
      book.trades.map((t) => [t.side, t.entryBar, t.exitBar]),
    );
    for (const i of closed) {
      close(trades.quantity[i], book.trades[i].quantity, book.trades[i].quantity);
      close(trades.entryPrice[i], book.trades[i].entryPrice, 100);
      close(trades.exitPrice[i], book.trades[i].exitPrice, 100);
      close(trades.commission[i], book.trades[i].commission, 1);
    }
    expect(pending).toHaveLength(book.waiting.length);
    const left = book.lots.reduce((sum, { quantity }) => sum + quantity, 0);
    close(position, book.side * left, left);
  });
  expect(fast.equity).toHaveLength(slow.equity.length);
  slow.equity.forEach((value, row) => {
    close(fast.equity[row], value, settings.cash);
  });
  close(fast.cash, slow.cash, settings.cash);
  if (fast.realism === undefined) return fast.realism;
  close(fast.realism.funding, slow.funding, settings.cash);
  close(fast.realism.borrow, slow.borrow, settings.cash);
  return fast.realism;
}

describe("a portfolio", () => {
  test("equals its twin, which looks everything up anew at each moment", () => {
    const property = fc.property(portfolioCases(4), (drawn) => {
      expectTwin(drawn);
    });
    fc.assert(property, { seed, numRuns: 200 });
  }, 120_000);

  test("equals its twin where it borrows, and is called", () => {
    let calls = 0;
    const property = fc.property(leveragedCases(4), (drawn) => {
      calls += expectTwin(drawn)?.marginCalls ?? 0;
    });
    fc.assert(property, { seed, numRuns: 200 });
    expect(calls).toBeGreaterThan(3);
  }, 120_000);

  test.each([
    ["market orders", false],
    ["limit orders among them", true],
  ])(
    "of one symbol has the bits of a backtest, with %s",
    (_, limits) => {
      fc.assert(
        fc.property(
          modelCases(limits),
          fc.constantFrom("as drawn", "plain"),
          ([bars, drawn, settings, execution], models) => {
            const { exits: __, ...signals } = drawn;
            const plain = models === "plain";
            const asked = { ...settings, ...YEARLY, ...(plain ? {} : { execution }) };
            const alone = simulate(bars, plain ? signals : drawn, asked);
            const { start, ...shared } = asked;
            const member = { bars, signals: plain ? signals : drawn, start };
            const { members, ...joint } = simulatePortfolio([member], {
              ...shared,
              closeOf: (open) => open + 3_600_000,
            });
            const { time, rowsInPosition, ...totals } = joint;
            expect(time).toBe(bars.time);
            const { position, fills, rejections, pending, trades } = members[0];
            const waiting = ({ firstBar: ___, ...order }: object & { firstBar: number }) => order;
            expect({
              ...totals,
              start,
              barsInPosition: rowsInPosition,
              ...{ position, fills, rejections, trades },
              pending: pending.map(waiting),
            }).toEqual({ ...alone, pending: alone.pending.map(waiting) });
          },
        ),
        { seed, numRuns: 400 },
      );
    },
    120_000,
  );
});

describe("of any portfolio", () => {
  const check = (property: (drawn: PortfolioCase) => void) =>
    fc.assert(fc.property(portfolioCases(4), property), { seed, numRuns: 80 });

  test("cash and positions are what the fills left of them", () => {
    check(([members, settings]) => {
      const { cash, members: runs, equity, realism } = simulatePortfolio(members, settings);
      const marks = members.map(({ bars: { close } }) => close[close.length - 1]);
      const value = runs.reduce((sum, { position }, k) => sum + position * marks[k], 0);
      close(equity[equity.length - 1], cash + value, settings.cash);
      const gained = runs.flatMap(({ trades }) => [...trades.pnl]).reduce((a, b) => a + b, 0);
      const held = (realism?.funding ?? 0) + (realism?.borrow ?? 0);
      close(settings.cash + gained - held, equity[equity.length - 1], settings.cash);
    });
  }, 60_000);

  test("what comes later changes nothing before it", () => {
    check(([members, settings]) => {
      fc.pre(settings.execution?.closeAtEnd !== true);
      const whole = simulatePortfolio(members, settings);
      const cut = whole.time[whole.time.length >>> 1];
      const known = members.flatMap((member) => cutBefore(member, cut) ?? []);
      fc.pre(known.length === members.length);
      const part = simulatePortfolio(known, settings);
      const over = part.time.subarray(part.start).filter((time) => settings.closeOf(time) <= cut);
      const same = over.length;
      expect(part.equity.subarray(0, same)).toEqual(whole.equity.subarray(0, same));
    });
  }, 60_000);

  test("symbols that nothing is traded in change no number", () => {
    check(([members, settings]) => {
      // What is held costs money until the last bar of any symbol.
      fc.pre(settings.execution?.funding === null && settings.execution.borrow === 0);
      const silent = members.map(({ bars, signals, start }) => ({
        bars,
        signals: { ...signals, rules: [] },
        start,
      }));
      const alone = simulatePortfolio(members.slice(0, 1), settings);
      const beside = simulatePortfolio([members[0], ...silent.slice(1)], settings);
      expect(beside.members[0].trades).toEqual(alone.members[0].trades);
      close(beside.cash, alone.cash, settings.cash);
    });
  }, 60_000);

  test("trades of all are in the order of their exits, open ones last", () => {
    check(([members, settings]) => {
      const run = simulatePortfolio(members, settings);
      const { length, member, index, open } = mergeTrades(members, run);
      const exits = Array.from({ length }, (_, k) =>
        open[k]
          ? Infinity
          : members[member[k]].bars.time[run.members[member[k]].trades.exitBar[index[k]]],
      );
      expect(exits).toEqual([...exits].sort((a, b) => (a === b ? 0 : a - b)));
      const all = run.members.flatMap(({ trades }, m) => [...trades.pnl.keys()].map((i) => [m, i]));
      const merged = Array.from({ length }, (_, k) => [member[k], index[k]]);
      expect(merged.sort(([a, b], [c, d]) => a - c || b - d)).toEqual(all);
    });
  }, 60_000);

  test("the benchmark is an equal part in each symbol from its first close on", () => {
    check(([members, settings]) => {
      const run = simulatePortfolio(members, settings);
      const { closeOf, cash } = settings;
      const held = benchmarkEquity(members, run, cash, closeOf);
      const last = members.map(({ bars: { close: c }, start }) => c[c.length - 1] / c[start]);
      close(held[held.length - 1], (cash * last.reduce((a, b) => a + b, 0)) / members.length, cash);
      close(held[0], cash, cash);
    });
  }, 60_000);
});

function cutBefore({ bars, signals, start }: Member, time: number): Member | null {
  const length = bars.time.findIndex((t) => t >= time);
  const kept = length < 0 ? bars.time.length : length;
  if (kept <= start) return null;
  const cut = (column: Float64Array) => column.subarray(0, kept);
  const { time: t, open, high, low, close: c, volume } = bars;
  return {
    bars: {
      time: cut(t),
      open: cut(open),
      high: cut(high),
      low: cut(low),
      close: cut(c),
      volume: cut(volume),
    },
    signals: { ...signals, length: kept },
    start,
  };
}
