import { describe, expect, test } from "vitest";
import {
  ALWAYS,
  NEVER,
  type OrderRule,
  type RunSettings,
  type Signals,
  type Sizing,
  simulate,
  tradeObjects,
} from "../../src/backtest/index.ts";
import type { Bars } from "../../src/vector/columns.ts";
import { maskOf } from "./arbitraries.ts";

const HOUR = 3_600_000;

type Ohlc = readonly [open: number, high: number, low: number, close: number];

function barsOf(rows: readonly Ohlc[]): Bars {
  const column = (k: number) => Float64Array.from(rows, (row) => row[k]);
  return {
    time: Float64Array.from(rows, (_, i) => Date.UTC(2024, 0, 1) + i * HOUR),
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: new Float64Array(rows.length).fill(1),
  };
}

/** Bars that open at one price and close at the next one's open. */
function walk(...opens: number[]): Bars {
  return barsOf(
    opens.map((open, i) => {
      const close = opens[i + 1] ?? open;
      return [open, Math.max(open, close), Math.min(open, close), close] as const;
    }),
  );
}

/** A rule that fires on these bars whatever the position. */
interface On {
  side: "buy" | "sell";
  bars: number[];
  size: string | Sizing;
  limit?: number;
}

function signalsOf(length: number, rules: On[], more: Partial<Signals> = {}): Signals {
  return {
    length,
    conditions: rules.map(({ bars }) => maskOf(Array.from({ length }, (_, i) => bars.includes(i)))),
    rules: rules.map(
      ({ side, size, limit }, index): OrderRule => ({
        side,
        sizing: typeof size === "string" ? { kind: "quantity", quantity: size } : size,
        when: { flat: index, long: index, short: index },
        ...(limit === undefined ? {} : { limit: new Float64Array(length).fill(limit) }),
      }),
    ),
    replaceOrders: false,
    cooldown: 0,
    ...more,
  };
}

const SETTINGS: RunSettings = {
  cash: 1000,
  commission: 0,
  slippage: 0,
  fill: "next_open",
  delay: 0,
  start: 0,
};

function runOf(bars: Bars, rules: On[], settings: Partial<RunSettings> = {}, more = {}) {
  return simulate(bars, signalsOf(bars.time.length, rules, more), { ...SETTINGS, ...settings });
}

const buy = (bars: number[], size: string | Sizing = "1", limit?: number): On =>
  limit === undefined ? { side: "buy", bars, size } : { side: "buy", bars, size, limit };
const sell = (bars: number[], size: string | Sizing = "1", limit?: number): On => ({
  ...buy(bars, size, limit),
  side: "sell",
});

describe("market orders", () => {
  test("fill at the next open, and equity has the fill on its own bar", () => {
    const bars = barsOf([
      [10, 12, 9, 11],
      [20, 22, 19, 21],
      [30, 32, 29, 31],
    ]);
    const { equity, trades } = runOf(bars, [buy([0]), sell([1])], { commission: 0.01 });
    expect(Array.from(equity)).toEqual([1000, 1000 - 20 - 0.2 + 21, 1000 - 20 - 0.2 + 30 - 0.3]);
    expect([trades.pnlGross[0], trades.commission[0], trades.pnl[0]]).toEqual([10, 0.5, 9.5]);
  });

  test("with fill close enter the books of the signal bar, on the last bar too", () => {
    const bars = walk(10, 20, 30);
    const { equity, trades, pending } = runOf(bars, [buy([0, 2])], {
      fill: "close",
      commission: 0.5,
    });
    expect(Array.from(equity)).toEqual([990, 1000, 1000 - 15]);
    expect(Array.from(trades.entryBar)).toEqual([0, 2]);
    expect(pending).toEqual([]);
  });

  test("of the last bar stay pending", () => {
    const { pending, fills } = runOf(walk(10, 20), [buy([1])]);
    expect(fills).toBe(0);
    expect(pending).toEqual([
      { rule: 0, side: "buy", signalBar: 1, firstBar: 2, limit: Number.NaN },
    ]);
  });

  test("each bar of delay moves a fill by one, and one at a close is seen by that bar's rules", () => {
    const bars = walk(10, 20, 30, 40, 50);
    expect(Array.from(runOf(bars, [buy([0])], { delay: 2 }).trades.entryPrice)).toEqual([40]);
    const guarded = signalsOf(5, [buy([0, 1, 2, 3, 4])]);
    const flatOnly = {
      ...guarded,
      rules: guarded.rules.map((r) => ({ ...r, when: { flat: 0, long: NEVER, short: NEVER } })),
    };
    const { trades } = simulate(bars, flatOnly, { ...SETTINGS, fill: "close", delay: 2 });
    expect(Array.from(trades.entryBar)).toEqual([2, 3]);
  });

  test("slip against the order", () => {
    const { trades } = runOf(walk(100, 200, 400), [buy([0]), sell([1])], { slippage: 0.01 });
    expect([trades.entryPrice[0], trades.exitPrice[0]]).toEqual([200 * 1.01, 400 * 0.99]);
  });

  test("wait where the price is na", () => {
    const bars = walk(10, Number.NaN, 30, 40);
    bars.close.set([10, Number.NaN, 35, 40]);
    const { trades, equity } = runOf(bars, [buy([0])]);
    expect(Array.from(trades.entryBar)).toEqual([2]);
    expect(Array.from(equity)).toEqual([1000, 1000, 1005, 1010]);
  });
});

describe("several rules on one bar", () => {
  test("are separate orders at the same price that pay both commissions", () => {
    const { trades, cash, fills } = runOf(walk(10, 20), [buy([0]), sell([0])], {
      commission: 0.01,
    });
    expect(fills).toBe(2);
    expect([trades.length, trades.pnl[0]]).toEqual([1, -0.4]);
    expect(cash).toBeCloseTo(999.6, 12);
  });

  test("all see the position as it was at the close", () => {
    const both = signalsOf(3, [buy([0]), buy([0])]);
    const rules = both.rules.map((r) => ({
      ...r,
      when: { flat: ALWAYS, long: NEVER, short: NEVER },
    }));
    expect(simulate(walk(10, 20, 30), { ...both, rules }, SETTINGS).position).toBe(2);
  });
});

describe("quantities", () => {
  test("buy 0.1, buy 0.2, sell 0.3 is flat", () => {
    const rules = [buy([0], "0.1"), buy([1], "0.2"), sell([2], "0.3")];
    const { position, trades } = runOf(walk(10, 20, 30, 40), rules);
    expect(position).toBe(0);
    expect(Array.from(trades.quantity)).toEqual([0.1, 0.2]);
    expect(Array.from(trades.open)).toEqual([0, 0]);
  });

  test("close first in, first out, by slices of lots", () => {
    const rules = [buy([0], "2"), buy([1], "3"), sell([2], "4")];
    const { trades } = runOf(walk(10, 20, 30, 40), rules, { commission: 0.01 });
    expect(Array.from(trades.quantity)).toEqual([2, 2, 1]);
    expect(Array.from(trades.entryPrice)).toEqual([20, 30, 30]);
    expect(Array.from(trades.exitBar)).toEqual([3, 3, -1]);
    expect(Array.from(trades.commission)).toEqual([0.4 + 0.8, 0.6 + 0.8, 0.3]);
    expect(trades.pnlGross[2]).toBe(10);
  });

  test("net, and reverse by the excess", () => {
    const { trades, position } = runOf(walk(10, 20, 30), [buy([0], "1"), sell([1], "3")]);
    expect(position).toBe(-2);
    expect(Array.from(trades.side)).toEqual([1, -1]);
    expect(Array.from(trades.quantity)).toEqual([1, 2]);
  });

  test("of close are the whole position, and nothing where it would grow", () => {
    const close: Sizing = { kind: "close" };
    const rules = [buy([0, 1], "0.7"), buy([2], close), sell([3], close), sell([4], close)];
    const { trades, position, fills, rejections } = runOf(walk(10, 20, 30, 40, 50, 60), rules);
    expect([position, fills, trades.length, rejections.count]).toEqual([0, 3, 2, 0]);
  });

  test("of equity and of cash hold the commission", () => {
    const share = { commission: 0.25 };
    const bars = walk(10, 20, 40);
    const half = runOf(bars, [buy([0], { kind: "percent_of_equity", percent: 50 })], share);
    expect([half.position, half.cash]).toEqual([20, 500]);
    const money = runOf(bars, [buy([0], { kind: "cash", cash: 100 })], share);
    expect([money.position, money.cash]).toEqual([4, 900]);
  });

  test("the bars after a fill on which all money is in the asset are told, orders that fill nothing between", () => {
    const bars = walk(10, 12, 11, 15, 9, 10, 13, 14);
    const all: Sizing = { kind: "percent_of_equity", percent: 100 };
    const half: Sizing = { kind: "percent_of_equity", percent: 50 };
    const invested = (size: Sizing, sells: number[], more: On[] = []) =>
      Array.from(
        runOf(bars, [buy([0], size), sell(sells, { kind: "close" }), ...more], {
          commission: 0.001,
        }).invested,
      );
    expect(invested(all, [3])).toEqual([2, 4]);
    expect(invested(all, [])).toEqual([2, 8]);
    expect(invested(half, [3])).toEqual([]);
    expect(invested(all, [0])).toEqual([]);
    // The second buy is rejected on bar 4.
    expect(invested(all, [6], [buy([3], "1")])).toEqual([2, 7]);
  });

  test("of a sized exit that meets the position end at exactly 0", () => {
    const all: Sizing = { kind: "percent_of_equity", percent: 100 };
    const { position, trades } = runOf(walk(3, 7, 11, 13), [buy([0], all), sell([1], all)]);
    expect([position, trades.length]).toEqual([0, 1]);
  });
});

describe("affordability", () => {
  test("rejects an order whole, counts it and lists the first 100", () => {
    const length = 250;
    const bars = walk(...new Array<number>(length).fill(100));
    const every = Array.from({ length: length - 1 }, (_, i) => i);
    const { rejections, fills } = runOf(bars, [buy(every, "11")]);
    expect([fills, rejections.count, rejections.listed.length]).toEqual([0, 249, 100]);
    expect(rejections.listed[0]).toEqual({
      rule: 0,
      side: "buy",
      signalBar: 0,
      bar: 1,
      price: 100,
      quantity: 11,
      needed: 1100,
      available: 1000,
      reason: "cash",
    });
  });

  test("lets all the cash go in, commission included", () => {
    const all: Sizing = { kind: "percent_of_equity", percent: 100 };
    expect(runOf(walk(3, 7, 11), [buy([0], all)], { commission: 0.001 }).fills).toBe(1);
  });

  test("takes twice the value of a short from the cash", () => {
    const bars = walk(100, 100, 100, 100);
    expect(runOf(bars, [sell([0], "6"), sell([1], "4")]).position).toBe(-10);
    const { rejections } = runOf(bars, [sell([0], "6"), sell([1], "5")]);
    expect(rejections.listed[0]).toMatchObject({ needed: 500, available: 400 });
  });

  test("lets a position be closed when nothing could be opened", () => {
    const bars = barsOf([
      [100, 100, 100, 100],
      [100, 300, 100, 300],
      [300, 300, 300, 300],
      [300, 300, 300, 300],
    ]);
    const { position, cash } = runOf(bars, [sell([0], "10"), buy([1], "10")]);
    expect([position, cash]).toEqual([0, -1000]);
  });

  test("tests the increasing part of a reversal after the closing one", () => {
    const bars = walk(100, 100, 100, 100);
    expect(runOf(bars, [buy([0], "10"), sell([1], "20")]).position).toBe(-10);
    expect(runOf(bars, [buy([0], "10"), sell([1], "21")]).position).toBe(10);
  });
});

describe("limit orders", () => {
  const day = (...ohlc: Ohlc[]) => barsOf([[10, 10, 10, 10], ...ohlc]);

  test("fill at a touch, at their own price and without slippage", () => {
    const { trades } = runOf(day([10, 11, 9, 10]), [buy([0], "1", 9)], { slippage: 0.1 });
    expect(Array.from(trades.entryPrice)).toEqual([9]);
  });

  test("fill at the open where the gap crossed them", () => {
    expect(runOf(day([8, 11, 7, 10]), [buy([0], "1", 9)]).trades.entryPrice[0]).toBe(8);
    expect(runOf(day([13, 14, 7, 10]), [sell([0], "1", 12)]).trades.entryPrice[0]).toBe(13);
  });

  test("stay working until they are reached", () => {
    const { trades } = runOf(day([10, 11, 9.5, 10], [10, 11, 9, 10]), [buy([0], "1", 9)]);
    expect(Array.from(trades.entryBar)).toEqual([2]);
  });

  test("follow the path to the high first where the open is nearer to it", () => {
    const both = [buy([0], "1", 9), sell([0], "1", 12)];
    const first = (bar: Ohlc) => runOf(day(bar), both).trades.side[0];
    expect(first([11, 12, 9, 10])).toBe(-1);
    expect(first([10, 12, 9, 10])).toBe(1);
    expect(first([10.5, 12, 9, 10])).toBe(1);
  });

  test("on one side fill nearest first", () => {
    const rules = [buy([0], "1", 8), buy([0], "2", 9)];
    expect(Array.from(runOf(day([10, 11, 7, 10]), rules).trades.entryPrice)).toEqual([9, 8]);
  });

  test("are not placed where their price is na", () => {
    const { fills, pending } = runOf(day([10, 11, 9, 10]), [buy([0], "1", Number.NaN)]);
    expect([fills, pending.length]).toEqual([0, 0]);
  });

  test("that are replaced never fill again, and a replacement has the same delay", () => {
    const bars = day([10, 10, 10, 10], [10, 10, 5, 10], [10, 10, 5, 10]);
    const rules = [buy([0, 1], "1", 6)];
    const replaced = (delay: number) =>
      Array.from(runOf(bars, rules, { delay }, { replaceOrders: true }).trades.entryBar);
    expect(replaced(0)).toEqual([2]);
    expect(replaced(1)).toEqual([2, 3]);
  });
});

describe("a run", () => {
  test("waits out the cooldown between bars that place orders", () => {
    const bars = walk(1, 2, 3, 4, 5, 6, 7);
    const every = buy([0, 1, 2, 3, 4, 5]);
    const bought = (cooldown: number) =>
      Array.from(runOf(bars, [every], {}, { cooldown }).trades.entrySignalBar);
    expect(bought(HOUR)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(bought(HOUR + 1)).toEqual([0, 2, 4]);
    expect(bought(3 * HOUR)).toEqual([0, 3]);
  });

  test("acts and marks equity from its start on", () => {
    const { equity, trades, start } = runOf(walk(1, 2, 3, 4), [buy([0, 2])], { start: 1 });
    expect([start, equity.length, trades.length]).toEqual([1, 3, 1]);
    expect(trades.entryBar[0]).toBe(3);
  });

  test("without bars is empty", () => {
    const { equity, trades } = runOf(walk(), [buy([])]);
    expect([equity.length, trades.length]).toEqual([0, 0]);
  });

  test("leaves an open position open and reports its trade at the last close", () => {
    const bars = walk(10, 20, 35);
    const [trade] = tradeObjects(bars, runOf(bars, [buy([0])]));
    expect(trade).toEqual({
      side: "long",
      quantity: 1,
      entry_signal_time: "2024-01-01T00:00:00Z",
      entry_time: "2024-01-01T01:00:00Z",
      entry_price: 20,
      exit_signal_time: null,
      exit_time: null,
      exit_price: null,
      exit_reason: null,
      bars_held: 1,
      pnl_gross: 15,
      commission: 0,
      pnl: 15,
      status: "open",
    });
  });
});
