import { describe, expect, test } from "vitest";
import { barsOf, type Desk, LONG, run, SHORT, tell } from "./broker-support.ts";

const flat = (price: number) => [price, price, price, price];

describe("default quantities", () => {
  const quantity = (settings: Parameters<typeof run>[1], prices = [100, 100]) =>
    run(barsOf(prices.map(flat)), { lot_step: 0.01, ...settings }, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG);
    }).position;

  test("fixed, cut down to the lot step", () => {
    expect(quantity({ default_qty_value: 3.149 })).toBe(3.14);
    expect(quantity({ default_qty_value: 0.3 })).toBe(0.3);
  });

  test("cash over the price at which it is placed", () => {
    // 1,000 / 30 = 33.333…
    expect(quantity({ default_qty_type: "cash", default_qty_value: 1000 }, [30, 30])).toBe(33.33);
    // Placed at 40: 25, also when it fills at 30.
    expect(quantity({ default_qty_type: "cash", default_qty_value: 1000 }, [40, 30])).toBe(25);
  });

  test("percent of equity pays its commission out of the share", () => {
    const all = { default_qty_type: "percent_of_equity", default_qty_value: 100 } as const;
    expect(quantity(all, [30, 30])).toBe(333.33);
    // 10,000 / (30·1.001) = 333.0003…; per contract 10,000 / (30 + 0.5) = 327.868…; (10,000 - 9) / 30 = 333.0333…
    expect(quantity({ ...all, commission_value: 0.1 }, [30, 30])).toBe(333);
    const contract = { commission_type: "cash_per_contract", commission_value: 0.5 } as const;
    expect(quantity({ ...all, ...contract }, [30, 30])).toBe(327.86);
    const order = { commission_type: "cash_per_order", commission_value: 9 } as const;
    expect(quantity({ ...all, ...order }, [30, 30])).toBe(333.03);
  });

  test("of a priced order the money is fixed when placed, the quantity at the price of the fill", () => {
    const bars = barsOf([flat(40), [40, 41, 24, 30]]);
    const settings = { default_qty_type: "cash", default_qty_value: 1000, lot_step: 0.01 } as const;
    const result = run(bars, settings, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG, { limit: 25 });
    });
    expect(result.position).toBe(40);
  });

  test("quantities are exact: 0.1 and 0.2 bought, 0.3 sold is flat", () => {
    const result = run(barsOf([1, 1, 1, 1].map(flat)), {}, (desk, bar) => {
      if (bar === 0) desk.order("A", LONG, { qty: 0.1 });
      if (bar === 1) desk.order("B", LONG, { qty: 0.2 });
      if (bar === 2) desk.order("C", SHORT, { qty: 0.3 });
    });
    expect(result.position).toBe(0);
    expect(result.trades.open.includes(1)).toBe(false);
  });
});

describe("commission", () => {
  /** Long 2 at 100, reversed to short 3 at 110, closed at 105. */
  const reversal = (settings: Parameters<typeof run>[1]) =>
    run(barsOf([100, 100, 110, 105].map(flat)), settings, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG, { qty: 2 });
      if (bar === 1) desk.entry("B", SHORT, { qty: 3 });
      if (bar === 2) desk.broker.closeAll(false, "");
    });

  test("percent of the value of each fill", () => {
    // 1 % of 200, 550 and 315; the trades: 2 + 2.2 and 3.3 + 3.15.
    const result = reversal({ commission_value: 1 });
    expect(result.commission).toBeCloseTo(10.65, 12);
    expect([...result.trades.commission]).toEqual([4.2, 6.45]);
    // 2·10 - 4.2 and 3·5 - 6.45.
    expect([...result.trades.pnl]).toEqual([15.8, 8.55]);
    expect(result.cash).toBeCloseTo(10_000 + 20 + 15 - 10.65, 9);
  });

  test("per contract", () => {
    const result = reversal({ commission_type: "cash_per_contract", commission_value: 0.5 });
    // 2, 5 and 3 contracts.
    expect(result.commission).toBe(5);
    expect([...result.trades.commission]).toEqual([2, 3]);
  });

  test("per order: a reversal pays once, split by quantity", () => {
    const result = reversal({ commission_type: "cash_per_order", commission_value: 10 });
    expect(result.commission).toBe(30);
    // 10 + 10·2/5 and 10·3/5 + 10.
    expect([...result.trades.commission]).toEqual([14, 16]);
  });
});

describe("affordability", () => {
  const tried = (settings: Parameters<typeof run>[1], qty: number, side = LONG) =>
    run(barsOf([100, 100, 100].map(flat)), { initial_capital: 1000, ...settings }, (desk, bar) => {
      if (bar === 0) desk.entry("A", side, { qty });
    });

  test("value and commission above the free cash: rejected whole and listed", () => {
    expect(tried({}, 10).rejections.count).toBe(0);
    expect(tried({ commission_value: 1 }, 9.9).rejections.count).toBe(0);
    const result = tried({ commission_value: 1 }, 10);
    expect(result.fills).toBe(0);
    expect(result.rejections).toEqual({
      count: 1,
      listed: [
        {
          reason: "cash",
          rule: -1,
          side: "buy",
          signalBar: 0,
          bar: 1,
          price: 100,
          quantity: 10,
          needed: 1010,
          available: 1000,
        },
      ],
    });
  });

  test("a margin of 20 percent carries five times as much, 0 anything", () => {
    expect(tried({ margin_long: 20 }, 50).fills).toBe(1);
    expect(tried({ margin_long: 20 }, 51).fills).toBe(0);
    expect(tried({ margin_short: 20 }, 50, SHORT).fills).toBe(1);
    expect(tried({ margin_short: 20 }, 51, SHORT).fills).toBe(0);
    expect(tried({ margin_long: 0 }, 1e6).fills).toBe(1);
  });

  test("closing is always allowed; a reversal that cannot be paid is rejected whole", () => {
    const result = run(
      barsOf([100, 100, 50, 50, 50].map(flat)),
      { initial_capital: 1000 },
      (desk, bar) => {
        if (bar === 0) desk.entry("A", LONG, { qty: 10 });
        // Worth 500 now: 11 at 50 are more than that.
        if (bar === 1) desk.entry("B", SHORT, { qty: 11 });
        if (bar === 2) desk.close("A");
      },
    );
    expect(result.rejections.count).toBe(1);
    expect(tell(result)).toEqual(["long 10 of A: 1 @ 100 → 3 @ 50 by Close entry(s) order A"]);
  });

  test("an addition to a short position needs cash less twice its value", () => {
    const result = run(
      barsOf([100, 100, 100].map(flat)),
      { initial_capital: 1000, pyramiding: 2 },
      (desk, bar) => {
        if (bar === 0) desk.entry("A", SHORT, { qty: 6 });
        // 1,600 of cash less 1,200: 4 more at 100 and no fifth.
        if (bar === 1) desk.entry("B", SHORT, { qty: 4 });
      },
    );
    expect(result.position).toBe(-10);
    const more = run(
      barsOf([100, 100, 100].map(flat)),
      { initial_capital: 1000, pyramiding: 2 },
      (desk, bar) => {
        if (bar === 0) desk.entry("A", SHORT, { qty: 6 });
        if (bar === 1) desk.entry("B", SHORT, { qty: 4.01 });
      },
    );
    expect(more.position).toBe(-6);
  });
});

describe("margin calls", () => {
  test("close four times what covers the shortfall, at the worst price of the bar", () => {
    // Short 9 at 100 with 1,000: at 110 equity is 910, the margin 990. 80 / 110 = 0.7272…, four times 0.72 is 2.88.
    const bars = barsOf([flat(100), flat(100), [100, 110, 99, 105], flat(105)]);
    const result = run(bars, { initial_capital: 1000, lot_step: 0.01 }, (desk, bar) => {
      if (bar === 0) desk.entry("A", SHORT, { qty: 9 });
    });
    expect(tell(result)).toEqual([
      "short 2.88 of A: 1 @ 100 → 2 @ 110 by Margin call",
      "short 6.12 of A: 1 @ 100 → open",
    ]);
  });

  test("less than a lot: one contract; a long without leverage is never called", () => {
    // At 100.01 equity is 999.91 and the margin 900.09 + … of 10: 1,000.1: 0.2 lacking, no whole lot of 1.
    const bars = barsOf([flat(100), flat(100), [100, 100.01, 99, 100]]);
    const settings = { initial_capital: 1000, lot_step: 1 };
    const short = run(bars, settings, (desk, bar) => {
      if (bar === 0) desk.entry("A", SHORT, { qty: 10 });
    });
    expect(short.position).toBe(-9);
    const long = run(barsOf([flat(100), flat(100), flat(1)]), settings, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG, { qty: 10 });
    });
    expect(long.position).toBe(10);
  });

  test("the price of the next one is told", () => {
    // Long 20 at 100 of 1,000 with margin 50: 1,000 - 2,000 + 20·p = 10·p at p = 100; short 5: 1,500 - 5·p = 5·p at 150.
    const price = (side: number, qty: number, margin: number) => {
      let told = 0;
      const settings = { initial_capital: 1000, margin_long: margin, margin_short: margin };
      run(barsOf([100, 100].map(flat)), settings, (desk, bar) => {
        if (bar === 0) desk.entry("A", side, { qty });
        told = desk.broker.ledger("margin_liquidation_price");
      });
      return told;
    };
    expect(price(LONG, 20, 50)).toBe(100);
    expect(price(SHORT, 5, 100)).toBe(150);
    expect(price(LONG, 5, 100)).toBeNaN();
  });
});

describe("rules of risk", () => {
  const DAY = 24;

  test("allow_entry_in: entries of the other side only close", () => {
    const result = run(barsOf([1, 1, 1, 1, 1].map(flat)), {}, (desk, bar) => {
      desk.broker.risk("allow_entry_in", Number.NaN, "long");
      if (bar === 0) desk.entry("S", SHORT);
      if (bar === 1) desk.entry("L", LONG);
      if (bar === 2) desk.entry("S", SHORT);
    });
    expect(tell(result)).toEqual(["long 1 of L: 2 @ 1 → 3 @ 1 by S"]);
  });

  test("max_position_size cuts what would go beyond it", () => {
    const result = run(barsOf([1, 1, 1, 1].map(flat)), { pyramiding: 5 }, (desk, bar) => {
      desk.broker.risk("max_position_size", 5, "");
      desk.entry(`E${bar}`, LONG, { qty: 3 });
    });
    expect([...result.trades.quantity]).toEqual([3, 2]);
  });

  test("max_intraday_filled_orders closes the position and stops until the next day", () => {
    const bars = barsOf(Array.from({ length: DAY + 3 }, () => flat(1)));
    const result = run(bars, {}, (desk, bar) => {
      desk.broker.risk("max_intraday_filled_orders", 2, "");
      desk.entry("L", bar % 2 === 0 ? LONG : SHORT);
    });
    // The reversal on bar 2 is the second fill: the short goes at once. On the next day two more.
    expect(tell(result)).toEqual([
      "long 1 of L: 1 @ 1 → 2 @ 1 by L",
      "short 1 of L: 2 @ 1 → 2 @ 1 by Risk management close",
      `long 1 of L: ${DAY + 1} @ 1 → ${DAY + 2} @ 1 by L`,
      `short 1 of L: ${DAY + 2} @ 1 → ${DAY + 2} @ 1 by Risk management close`,
    ]);
  });

  test("max_intraday_loss closes at the worst price of the bar that breaks it", () => {
    const bars = barsOf([flat(100), flat(100), [100, 101, 80, 100], flat(100), flat(100)]);
    const result = run(bars, {}, (desk, bar) => {
      desk.broker.risk("max_intraday_loss", 15, "cash");
      if (bar === 0 || bar > 2) desk.entry("L", LONG);
    });
    expect(tell(result)).toEqual(["long 1 of L: 1 @ 100 → 2 @ 80 by Risk management close"]);
    expect(result.labels.exitComment).toEqual(["Close Position (Max intraday loss reached)"]);
  });

  test("max_drawdown stops for good once a closed trade shows it", () => {
    const bars = barsOf([100, 100, 70, 70, 70, 70].map(flat));
    const result = run(bars, {}, (desk, bar) => {
      desk.broker.risk("max_drawdown", 50, "cash");
      if (bar === 0) desk.entry("L", LONG, { qty: 2 });
      if (bar === 2) desk.close("L", { qty: 1 });
      if (bar > 3) desk.entry("L", LONG);
    });
    // At 70 it is 60 down, but only the close on bar 3 counts it: the rest goes at that bar's close.
    expect(tell(result)).toEqual([
      "long 1 of L: 1 @ 100 → 3 @ 70 by Close entry(s) order L",
      "long 1 of L: 1 @ 100 → 3 @ 70 by Risk management close",
    ]);
  });

  test("max_cons_loss_days stops for good after so many days that lost", () => {
    const bars = barsOf(Array.from({ length: 3 * DAY }, (_, i) => flat(100 - i)));
    const result = run(bars, {}, (desk) => {
      desk.broker.risk("max_cons_loss_days", 2, "");
      desk.entry("L", LONG);
    });
    expect(tell(result)).toEqual([
      `long 1 of L: 1 @ 99 → ${2 * DAY} @ 52 by Risk management close`,
    ]);
  });
});

describe("what a program reads", () => {
  // Long 2 at 100 with 1 of commission per contract; one sold at 110; the other down to 90, closed at 95.
  const bars = barsOf([
    flat(100),
    [100, 104, 98, 100],
    flat(110),
    [110, 112, 90, 100],
    flat(95),
    flat(95),
  ]);
  const settings = { commission_type: "cash_per_contract", commission_value: 1 } as const;
  const read = (at: number, what: (desk: Desk) => unknown) => {
    let found: unknown;
    run(bars, settings, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG, { qty: 2, comment: "in" });
      if (bar === 1) desk.close("A", { qty: 1 });
      if (bar === 3) desk.close("A");
      if (bar === at) found = what(desk);
    });
    return found;
  };

  test("the position and its money", () => {
    expect(read(1, ({ broker }) => [broker.position_size, broker.position_avg_price])).toEqual([
      2, 100,
    ]);
    // Two entries have cost 2.
    expect(read(1, ({ broker }) => [broker.netprofit, broker.openprofit, broker.equity])).toEqual([
      -2, 0, 9998,
    ]);
    // 10 - 2 of commission, less 1 for the open one; 10 open; cash 10,000 - 200 - 2 + 110 - 1 + 110.
    expect(read(2, ({ broker }) => [broker.netprofit, broker.openprofit, broker.equity])).toEqual([
      7, 10, 10_017,
    ]);
    expect(read(2, ({ broker }) => [broker.opentrades, broker.closedtrades])).toEqual([1, 1]);
    expect(read(4, ({ broker }) => [broker.position_size, broker.position_avg_price])).toEqual([
      0,
      Number.NaN,
    ]);
  });

  test("sums over closed trades", () => {
    const of = (...fields: string[]) =>
      read(4, ({ broker }) => fields.map((f) => broker.ledger(f)));
    // Profits 8 and -7.
    expect(of("netprofit", "grossprofit", "grossloss")).toEqual([1, 8, 7]);
    expect(of("wintrades", "losstrades", "eventrades")).toEqual([1, 1, 0]);
    expect(of("avg_trade", "avg_winning_trade", "avg_losing_trade")).toEqual([0.5, 8, 7]);
    expect(of("netprofit_percent", "grossloss_percent")).toEqual([0.01, 0.07]);
    // Each against what its entry cost, 101.
    expect(of("avg_winning_trade_percent", "avg_losing_trade_percent")).toEqual([
      100 * (8 / 101),
      100 * (-7 / 101),
    ]);
    expect(
      of("max_contracts_held_all", "max_contracts_held_long", "max_contracts_held_short"),
    ).toEqual([2, 2, 0]);
  });

  test("drawdown and run-up of equity along the bars", () => {
    // Highest 10,019 at 112 on bar 3, then 9,997 at 90. Lowest before that 9,994 at 98 on bar 1.
    expect(read(4, ({ broker }) => broker.ledger("max_drawdown"))).toBe(22);
    expect(read(4, ({ broker }) => broker.ledger("max_runup"))).toBe(25);
  });

  test("a closed trade", () => {
    const field = (name: string, index = 0) =>
      read(4, ({ broker }) => broker.trade("closed", name, index));
    expect(
      ["entry_price", "exit_price", "size", "profit", "commission"].map((f) => field(f, 1)),
    ).toEqual([100, 95, 1, -7, 2]);
    expect(["entry_bar_index", "exit_bar_index"].map((f) => field(f, 1))).toEqual([1, 4]);
    expect(field("exit_time", 1)).toBe(bars.time[4]);
    expect(field("profit_percent")).toBe(8);
    // The second saw 112 and 90; its entry cost 1.
    expect(field("max_runup", 1)).toBe(11);
    expect(field("max_drawdown", 1)).toBe(11);
    // The first was held on bar 1 alone: 104 and 98.
    expect(field("max_runup")).toBe(9);
    expect(field("max_drawdown")).toBe(3);
    expect(field("profit", 2)).toBeNaN();
    expect(field("profit", -1)).toBeNaN();
    const text = (name: string) => read(4, ({ broker }) => broker.tradeText("closed", name, 0));
    expect(["entry_id", "entry_comment", "exit_id"].map(text)).toEqual([
      "A",
      "in",
      "Close entry(s) order A",
    ]);
  });

  test("an open trade", () => {
    const field = (name: string) => read(3, ({ broker }) => broker.trade("open", name, 0));
    expect(["entry_price", "size", "profit", "commission", "max_runup"].map(field)).toEqual([
      100, 1, -1, 1, 11,
    ]);
    expect(field("exit_price")).toBeNaN();
    expect(read(3, ({ broker }) => broker.tradeText("open", "entry_id", 0))).toBe("A");
    expect(read(3, ({ broker }) => broker.ledgerText("position_entry_name"))).toBe("A");
  });
});
