import { describe, expect, it } from "vitest";
import type { Action, Condition, Rule, StrategyDocument } from "../../src/dsl/document.ts";
import type { Bars } from "../../src/vector/columns.ts";
import { barsOf } from "./bars.ts";
import { type Execution, FREE, type ReferenceRun, simulate } from "./simulate.ts";

/** Fires where the close has that value. */
function at(close: number, action: Action): Rule {
  const when: Condition = {
    kind: "compare",
    left: { kind: "field", field: "close" },
    op: "==",
    right: { kind: "literal", value: close },
  };
  return { when, then: action };
}

function run(rules: readonly Rule[], closes: readonly number[], options: Partial<Execution> = {}) {
  return simulate({ type: "rule_based", rules }, barsOf(closes), { ...FREE, ...options });
}

/** Side, quantity, entry bar and price, exit bar and price. */
function tradesOf({ trades }: ReferenceRun) {
  return trades.map((trade) => [
    trade.side,
    trade.quantity,
    `${trade.entry.bar}@${trade.entry.price}`,
    trade.exit && `${trade.exit.bar}@${trade.exit.price}`,
  ]);
}

const buy = (quantity: string): Action => ({ side: "buy", quantity });
const sell = (quantity: string): Action => ({ side: "sell", quantity });

describe("market orders", () => {
  it("fill at the next open and are marked at the close", () => {
    const result = run([at(1, buy("2")), at(4, sell("2"))], [1, 3, 4, 5]);
    expect(tradesOf(result)).toEqual([["long", 2, "1@1", "3@4"]]);
    expect(result.equity).toEqual([10_000, 10_004, 10_006, 10_006]);
  });

  it("fill at the close of their own bar under that policy, the last one too", () => {
    const result = run([at(3, buy("2")), at(5, sell("2"))], [1, 3, 4, 5], { fill: "close" });
    expect(tradesOf(result)).toEqual([["long", 2, "1@3", "3@5"]]);
    expect(result.equity).toEqual([10_000, 10_000, 10_002, 10_004]);
    expect(result.pending).toEqual([]);
  });

  it("stay pending after the last bar", () => {
    const result = run([at(3, buy("2"))], [1, 3]);
    expect(result.trades).toEqual([]);
    expect(result.pending).toMatchObject([{ side: "buy", signalBar: 1 }]);
  });

  it("wait for each bar of latency", () => {
    expect(tradesOf(run([at(1, buy("1"))], [1, 2, 3, 4], { delay: 1 }))).toEqual([
      ["long", 1, "2@2", null],
    ]);
    expect(tradesOf(run([at(1, buy("1"))], [1, 2, 3], { delay: 1, fill: "close" }))).toEqual([
      ["long", 1, "1@2", null],
    ]);
  });

  it("pay slippage against them and commission on what is paid", () => {
    const result = run([at(100, buy("1")), at(200, sell("1"))], [100, 200, 200], {
      slippage: 0.5,
      commission: 0.01,
    });
    expect(tradesOf(result)).toEqual([["long", 1, "1@150", "2@100"]]);
    expect(result.trades[0].commission).toBe(2.5);
    expect(result.equity).toEqual([10_000, 10_000 - 150 - 1.5 + 200, 10_000 - 50 - 2.5]);
  });
});

describe("quantities", () => {
  it("add up exactly", () => {
    const rules = [at(1, buy("0.1")), at(2, buy("0.2")), at(3, sell("0.3"))];
    const result = run(rules, [1, 2, 3, 4, 5]);
    expect(tradesOf(result)).toEqual([
      ["long", 0.1, "1@1", "3@3"],
      ["long", 0.2, "2@2", "3@3"],
    ]);
  });

  it("reverse by the excess", () => {
    expect(tradesOf(run([at(1, buy("1")), at(2, sell("3"))], [1, 2, 3]))).toEqual([
      ["long", 1, "1@1", "2@2"],
      ["short", 2, "2@2", null],
    ]);
  });

  it("cancel in rule order, and pay twice", () => {
    const result = run([at(1, buy("1")), at(1, sell("1"))], [1, 2], { commission: 0.5 });
    expect(tradesOf(result)).toEqual([["long", 1, "1@1", "1@1"]]);
    expect(result.equity).toEqual([10_000, 9_999]);
  });

  it("follow from a share of equity with its commission", () => {
    const all: Action = { side: "buy", size: { percent_of_equity: 100 } };
    const result = run([at(4, all)], [4, 8], { commission: 0.25, cash: 1000 });
    expect(tradesOf(result)).toEqual([["long", 200, "1@4", null]]);
    expect(result.equity).toEqual([1000, 1600]);
    const half: Action = { side: "buy", size: { cash: 500 } };
    expect(tradesOf(run([at(4, half)], [4, 8], { commission: 0.25 }))).toEqual([
      ["long", 100, "1@4", null],
    ]);
  });

  it("are the whole position for close, and nothing from flat or on the same side", () => {
    const close: Action = { side: "sell", close: true };
    const rules = [
      at(1, close),
      at(2, buy("3")),
      at(3, { side: "buy", close: true }),
      at(4, close),
    ];
    expect(tradesOf(run(rules, [1, 2, 3, 4, 5]))).toEqual([["long", 3, "2@2", "4@4"]]);
  });
});

describe("affordability", () => {
  it("rejects whole what cash and commission cannot pay", () => {
    const result = run([at(10, buy("100"))], [10, 10], { cash: 1000, commission: 0.001 });
    expect(result.rejections).toMatchObject([{ side: "buy", quantity: 100, price: 10, bar: 1 }]);
    expect(result.trades).toEqual([]);
    expect(run([at(10, buy("100"))], [10, 11], { cash: 1000 }).rejections).toEqual([]);
  });

  it("counts the proceeds of a short twice against it", () => {
    const rules = [at(10, sell("60")), at(11, sell("40")), at(12, sell("1"))];
    const result = run(rules, [10, 11, 12, 13], { cash: 1000 });
    // After 60 short at 10: free = 1600 - 2·60·11 = 280 < 40·11.
    expect(result.rejections).toMatchObject([{ quantity: 40, price: 11 }]);
    expect(tradesOf(result)).toEqual([
      ["short", 60, "1@10", null],
      ["short", 1, "3@12", null],
    ]);
  });

  it("never stops a close", () => {
    const rules = [at(10, sell("100")), at(1000, buy("100"))];
    const result = run(rules, [10, 1000, 1000], { cash: 1000 });
    expect(tradesOf(result)).toEqual([["short", 100, "1@10", "2@1000"]]);
    expect(result.equity[2]).toBe(1000 - 99_000);
  });
});

describe("the market maker", () => {
  const spread: StrategyDocument = {
    type: "simple_spread",
    order_quantity: "1",
    spread: 0.5,
    interval_secs: 60,
  };
  const bars = (...rows: readonly (readonly number[])[]): Bars => ({
    time: Float64Array.from(rows, (_, bar) => bar * 30_000),
    open: Float64Array.from(rows, (row) => row[0]),
    high: Float64Array.from(rows, (row) => row[1]),
    low: Float64Array.from(rows, (row) => row[2]),
    close: Float64Array.from(rows, (row) => row[3]),
    volume: new Float64Array(rows.length),
  });

  it("is reached along the path, at the open after a gap", () => {
    // Quotes 75 and 125 on the close of 100; the open is nearer the low.
    const both = simulate(spread, bars([100, 100, 100, 100], [100, 130, 75, 100]));
    expect(tradesOf(both)).toEqual([["long", 1, "1@75", "1@125"]]);
    const highFirst = simulate(spread, bars([100, 100, 100, 100], [110, 125, 70, 100]));
    expect(tradesOf(highFirst)).toEqual([["short", 1, "1@125", "1@75"]]);
    const gap = simulate(spread, bars([100, 100, 100, 100], [60, 80, 50, 70]), {
      ...FREE,
      slippage: 0.1,
    });
    expect(tradesOf(gap)).toEqual([["long", 1, "1@60", null]]);
  });

  it("replaces its quotes, but not before interval_secs", () => {
    // Placed on bars 0 and 2; bar 1 is 30 s later. Quotes of bar 0: 75 and 125; of bar 2: 150 and 250.
    const rows = [
      [100, 100, 100, 100],
      [100, 100, 100, 100],
      [200, 200, 200, 200],
      [200, 200, 150, 200],
    ];
    const result = simulate(spread, bars(...rows));
    expect(tradesOf(result)).toEqual([["short", 1, "2@200", "3@150"]]);
    expect(result.pending).toMatchObject([{ side: "sell", signalBar: 2, price: 250 }]);
  });

  it("lets a quote work until the next one can", () => {
    const quick = { ...spread, interval_secs: 30 };
    const rows = [
      [100, 100, 100, 100],
      [100, 100, 70, 100],
      [100, 100, 75, 100],
    ];
    const result = simulate(quick, bars(...rows), { ...FREE, delay: 1 });
    expect(tradesOf(result)).toEqual([["long", 1, "2@75", null]]);
  });
});

describe("the named strategies", () => {
  it("keep interval_secs between orders", () => {
    const document: StrategyDocument = {
      type: "rsi_reversal",
      order_quantity: "1",
      rsi_period: 1,
      interval_secs: 120,
    };
    // RSI(1) is 0 after a fall and 100 after a rise: in on bar 1, out not before bar 3.
    const result = simulate(document, barsOf([5, 4, 6, 8, 9]));
    expect(tradesOf(result)).toEqual([["long", 1, "2@4", "4@8"]]);
  });

  it("place nothing by default", () => {
    expect(simulate({ type: "default", order_quantity: "1" }, barsOf([1, 2])).equity).toEqual([
      10_000, 10_000,
    ]);
  });
});

describe("parameters", () => {
  it("bind wherever a number stands, and are overridden by name", () => {
    const document: StrategyDocument = {
      type: "rule_based",
      params: { level: { default: 1 }, much: { default: 0.5 } },
      rules: [
        {
          when: { kind: "price_level", price: { param: "level" }, direction: "above" },
          then: { side: "buy", quantity: { param: "much" } },
        },
      ],
    };
    expect(tradesOf(simulate(document, barsOf([1, 2, 3]), FREE, { much: 2 }))).toEqual([
      ["long", 2, "2@2", null],
    ]);
  });
});
