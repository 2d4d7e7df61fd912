import { describe, expect, test } from "vitest";
import {
  EXIT_REASONS,
  NO_MODELS,
  type OrderRule,
  type Sizing,
  simulatePortfolio,
} from "../../src/backtest/index.ts";
import type { Member, PortfolioSettings } from "../../src/backtest/portfolio/portfolio.ts";
import { maskOf } from "../backtest/arbitraries.ts";

const HOUR = 3_600_000;
const SETTINGS: PortfolioSettings = {
  cash: 100,
  commission: 0,
  slippage: 0,
  fill: "next_open",
  delay: 0,
  closeOf: (open) => open + HOUR,
};

interface Plan {
  /** Prices of the bars, each its open, high, low and close. */
  readonly prices: readonly number[];
  /** Hours at which the bars open; 0, 1, 2, … unless given. */
  readonly hours?: readonly number[];
  /** Bars on whose close something is bought or sold. */
  readonly buy?: readonly number[];
  readonly sell?: readonly number[];
  readonly size?: Sizing;
  readonly low?: readonly number[];
  /** At which it is bought, instead of at the market. */
  readonly limit?: number;
  readonly stop?: number;
}

const ONE: Sizing = { kind: "quantity", quantity: "1" };

function member({
  prices,
  hours,
  buy = [],
  sell = [],
  size = ONE,
  low,
  limit,
  stop,
}: Plan): Member {
  const column = Float64Array.from(prices);
  const length = column.length;
  const mask = (bars: readonly number[]) => maskOf(prices.map((_, bar) => bars.includes(bar)));
  const rule = (side: "buy" | "sell", k: number): OrderRule => ({
    side,
    sizing: size,
    when: { flat: k, long: k, short: k },
    ...(limit === undefined ? {} : { limit: new Float64Array(length).fill(limit) }),
  });
  return {
    bars: {
      time: Float64Array.from(hours ?? prices.map((_, k) => k), (hour) => hour * HOUR),
      ...{ open: column, high: column, low: Float64Array.from(low ?? prices), close: column },
      volume: new Float64Array(length).fill(1),
    },
    signals: {
      length,
      conditions: [mask(buy), mask(sell)],
      rules: [rule("buy", 0), rule("sell", 1)],
      replaceOrders: false,
      cooldown: 0,
      ...(stop === undefined ? {} : { exits: { stopLoss: { kind: "percent", percent: stop } } }),
    },
    start: 0,
  };
}

const run = (plans: readonly Plan[], settings: Partial<PortfolioSettings> = {}) =>
  simulatePortfolio(plans.map(member), { ...SETTINGS, ...settings });
const positions = (done: ReturnType<typeof run>) => done.members.map(({ position }) => position);

describe("orders of one bar", () => {
  const sixty = { prices: [60, 60, 60], buy: [0] };

  test("fill in the order of the symbols, until the cash runs out", () => {
    const done = run([sixty, sixty]);
    expect(positions(done)).toEqual([1, 0]);
    expect(done.cash).toBe(40);
    expect(done.members.map(({ rejections }) => rejections)).toEqual([
      { count: 0, listed: [] },
      {
        count: 1,
        listed: [
          {
            ...{ rule: 0, side: "buy", signalBar: 0, bar: 1, price: 60, quantity: 1 },
            ...{ needed: 60, available: 40, reason: "cash" },
          },
        ],
      },
    ]);
  });

  test.each(["next_open", "close"] as const)(
    "against a position come before the others (%s)",
    (fill) => {
      const entry = { prices: [60, 60, 60, 60], buy: [1] };
      const exit = { prices: [60, 60, 60, 60], buy: [0], sell: [1] };
      expect(positions(run([entry, exit], { fill }))).toEqual([1, 0]);
      expect(positions(run([exit, entry], { fill }))).toEqual([0, 1]);
    },
  );

  test("of one symbol keep the order of its rules", () => {
    // Buying comes first and cannot be paid, although the sale behind it would free the cash.
    const both = { prices: [60, 60, 60, 60], buy: [0, 1], sell: [1] };
    const done = run([both, { prices: [1, 1, 1, 1] }]);
    expect(done.members[0].rejections.count).toBe(1);
    expect(positions(done)).toEqual([0, 0]);
  });
});

describe("the account", () => {
  test("sizes shares of equity by all positions at their last close", () => {
    const half: Sizing = { kind: "percent_of_equity", percent: 50 };
    // 50 of 100 buy 5 of the first; it doubles to 100, and half of 150 buys 3 of the second… which 50 of cash cannot pay.
    const first = { prices: [10, 10, 20, 20, 20], buy: [0], size: half };
    const done = run([first, { prices: [25, 25, 25, 25, 25], buy: [2], size: half }]);
    expect(positions(done)).toEqual([5, 0]);
    expect(done.members[1].rejections.listed[0]).toMatchObject({
      needed: 75,
      available: 50,
      quantity: 3,
    });
    const third: Sizing = { kind: "percent_of_equity", percent: 100 / 3 };
    const paid = run([first, { prices: [25, 25, 25, 25, 25], buy: [2], size: third }]);
    expect(paid.members[1].position).toBeCloseTo(2, 12);
  });

  test("holds back twice the value of what is short in other symbols", () => {
    const short = { prices: [30, 30, 30, 30], sell: [0] };
    const done = run([short, { prices: [80, 80, 80, 80], buy: [1] }]);
    expect(done.members[1].rejections.listed[0]).toMatchObject({ needed: 80, available: 70 });
    expect(positions(run([short, { prices: [70, 70, 70, 70], buy: [1] }]))).toEqual([-1, 1]);
  });

  test("is marked at the last close where a symbol has a gap, whose order waits for its next bar", () => {
    const gap = { prices: [10, 11, 14], hours: [0, 1, 4], buy: [0, 1] };
    const done = run([{ prices: [5, 5, 5, 5, 5] }, gap]);
    expect([...done.time].map((time) => time / HOUR)).toEqual([0, 1, 2, 3, 4]);
    // One at 11 in hour 1; the other at 14 in hour 4.
    expect([...done.equity]).toEqual([100, 100, 100, 100, 103]);
    expect([...done.members[1].trades.entryPrice]).toEqual([11, 14]);
    expect(done.rowsInPosition).toBe(4);
  });

  test("keeps what is open in a symbol that ends, at its last close, with its orders pending", () => {
    const ends = { prices: [10, 10, 12], buy: [0], sell: [2] };
    const done = run([{ prices: [5, 5, 5, 5, 5] }, ends]);
    expect([...done.equity]).toEqual([100, 100, 102, 102, 102]);
    expect(done.members[1].pending).toHaveLength(1);
    expect(done.members[1].trades.open[0]).toBe(1);
    const execution = { ...NO_MODELS, closeAtEnd: true };
    const closed = run([{ prices: [5, 5, 5, 5, 5] }, { ...ends, sell: [] }], { execution });
    expect(closed.members[1].trades.exitBar[0]).toBe(2);
    expect(closed.cash).toBe(102);
  });

  test("pays funding for every symbol, over its gaps too", () => {
    const execution = { ...NO_MODELS, funding: { rate: 0.01, hours: 1 } };
    const gap = { prices: [10, 10, 10], hours: [0, 1, 4], buy: [0] };
    const done = run([{ prices: [20, 20, 20, 20, 20], buy: [0] }, gap], { execution });
    // From hour 1 to 4, three times 1 % of 30.
    expect(done.realism!.funding).toBeCloseTo(0.9, 12);
    expect(done.cash).toBeCloseTo(69.1, 12);
  });
});

describe("what is not yet over", () => {
  const later = [1 / 3, 4 / 3, 7 / 3];

  test("frees no cash: a stop within an hour does not pay for an order twenty minutes into it", () => {
    const stopped = { prices: [60, 60, 60], low: [60, 50, 60], buy: [0], stop: 10 };
    const done = run([stopped, { prices: [50, 50, 50], hours: later, buy: [0] }]);
    expect([...done.members[0].trades.exitBar]).toEqual([1]);
    expect(done.members[1].rejections.listed[0]).toMatchObject({ bar: 1, available: 40 });
  });

  test("tells no price: shares of equity go by the closes that are known", () => {
    const all: Sizing = { kind: "percent_of_equity", percent: 10 };
    // Bought at 50; its bar from hour 1 to 2 ends at 50, that from 2 on at 90. Seen at 2:20 it is worth 50.
    const moving = { prices: [50, 50, 90, 90], buy: [0] };
    const done = run([moving, { prices: [10, 10, 10], hours: later, buy: [1], size: all }]);
    expect(done.members[1].position).toBe(1);
  });
});

test("an order within a bar knows the others' closes of the bars before", () => {
  const tenth: Sizing = { kind: "percent_of_equity", percent: 10 };
  // While hour 2 lasts, the first is worth the 50 of hour 1, although it opened at 90 and closes there.
  const moving = { prices: [50, 50, 90, 90], buy: [0] };
  const within = { prices: [20, 20, 20, 20], low: [20, 20, 10, 20], limit: 10, buy: [1] };
  expect(positions(run([moving, { ...within, size: tenth }]))).toEqual([1, 1]);
});

describe("an account of leverage 4, which must keep an eighth", () => {
  const TWO: Sizing = { kind: "quantity", quantity: "2" };
  const borrowed = (plans: readonly Plan[]) =>
    run(plans, { execution: { ...NO_MODELS, leverage: 4 } });
  const calls = (done: ReturnType<typeof run>) =>
    done.members.map(({ trades }) =>
      Array.from({ length: trades.length }, (_, i) => i)
        .filter((i) => EXIT_REASONS[trades.exitReason[i]] === "margin_call" && !trades.open[i])
        .map((i) => [trades.exitBar[i], trades.exitPrice[i]]),
    );

  test("takes positions up to four times its equity, over all symbols", () => {
    const long = { prices: [100, 100, 100], buy: [0], size: TWO };
    const done = borrowed([long, long, { prices: [1, 1, 1], sell: [0] }]);
    expect(positions(done)).toEqual([2, 2, 0]);
    expect(done.members[2].rejections.listed).toMatchObject([{ reason: "cash", needed: 1 }]);
  });

  test("is called inside a bar where the others stand at their last close", () => {
    // -300 + 2a + 2 · 100 is an eighth of 2a + 200 at a = 500 / 7.
    const still = { prices: [100, 100, 100, 100], buy: [0], size: TWO };
    const falling = { ...still, low: [100, 100, 60, 100] };
    const done = borrowed([still, falling]);
    expect(calls(done)).toEqual([[], [[2, expect.closeTo(500 / 7, 10)]]]);
    expect(done.realism?.marginCalls).toBe(1);
  });

  test("falls together: the next open calls the first symbol, and the second only if that was not enough", () => {
    // At 85 each 340 is too little for 400 - 100. The first leaves at 80: -140 + 2b bears b down to 80.
    const first = { prices: [100, 100, 85, 80, 80], buy: [0], size: TWO };
    const second = (last: number) => ({ ...first, prices: [100, 100, 85, last, last] });
    expect(calls(borrowed([first, second(82)]))).toEqual([[[3, 80]], []]);
    expect(calls(borrowed([first, second(79)]))).toEqual([[[3, 80]], [[3, 79]]]);
  });

  test("calls a short position at any price once nothing could keep it", () => {
    // The crash of three long ones leaves -10 for one short: below its margin whatever its price.
    const crash = {
      prices: [100, 100, 30],
      buy: [0],
      size: { kind: "quantity", quantity: "3" },
    } as const;
    const short = { prices: [100, 100, 100], sell: [0] };
    expect(calls(borrowed([crash, short]))).toEqual([[[2, 30]], [[2, 100]]]);
  });
});
