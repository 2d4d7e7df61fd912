import { describe, expect, test } from "vitest";
import { barsOf, LONG, NA, run, SHORT, tell } from "./broker-support.ts";

/** Bars that stand still at a price, `count` of them. */
const still = (price: number, count: number) =>
  Array.from({ length: count }, () => [price, price, price, price]);

describe("market orders", () => {
  const bars = barsOf([
    [10, 12, 9, 11],
    [12, 14, 11, 13],
    [14, 15, 13, 14],
    [13, 13, 10, 11],
  ]);

  test("fill at the next open; an order of the last bar stays pending", () => {
    const result = run(bars, {}, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG);
      if (bar === 3) desk.entry("B", SHORT);
    });
    expect(tell(result)).toEqual(["long 1 of A: 1 @ 12 → open"]);
    expect(result.pending).toEqual([
      { rule: -1, side: "sell", signalBar: 3, firstBar: 4, limit: NA },
    ]);
    // cash 10,000 - 12; equity at the closes 13, 14, 11.
    expect([...result.equity]).toEqual([10_000, 10_001, 10_002, 9_999]);
    expect(result.barsInPosition).toBe(3);
  });

  test("fill at this close under process_orders_on_close, on the last bar too", () => {
    const result = run(bars, { process_orders_on_close: true }, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG);
      if (bar === 3) desk.close("A");
    });
    expect(tell(result)).toEqual(["long 1 of A: 0 @ 11 → 3 @ 11 by Close entry(s) order A"]);
    expect([...result.equity]).toEqual([10_000, 10_002, 10_003, 10_000]);
    expect(result.pending).toEqual([]);
  });

  test("an entry against the position reverses: |position| + quantity", () => {
    const result = run(bars, {}, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG, { qty: 3 });
      if (bar === 1) desk.entry("B", SHORT, { qty: 2 });
    });
    expect(tell(result)).toEqual([
      "long 3 of A: 1 @ 12 → 2 @ 14 by B",
      "short 2 of B: 2 @ 14 → open",
    ]);
    expect(result.position).toBe(-2);
    expect(result.fills).toBe(2);
  });

  test("an order against the position nets", () => {
    const result = run(bars, {}, (desk, bar) => {
      if (bar === 0) desk.order("A", LONG, { qty: 3 });
      if (bar === 1) desk.order("B", SHORT, { qty: 2 });
      if (bar === 2) desk.order("C", SHORT, { qty: 2 });
    });
    expect(tell(result)).toEqual([
      "long 2 of A: 1 @ 12 → 2 @ 14 by B",
      "long 1 of A: 1 @ 12 → 3 @ 13 by C",
      "short 1 of C: 3 @ 13 → open",
    ]);
  });

  test("pyramiding counts open entries of strategy.entry and lets orders pass", () => {
    const result = run(barsOf(still(10, 6)), { pyramiding: 2 }, (desk, bar) => {
      if (bar < 4) desk.entry(`E${bar}`, LONG);
      if (bar === 4) desk.order("O", LONG);
    });
    expect(result.labels.entryId).toEqual(["E0", "E1", "O"]);
  });

  test("an entry keeps its place of pyramiding until its own quantity was closed", () => {
    // close("B") sells 0.5: the ledger takes it from A, the oldest, but B's own half is spent, so A may be added to.
    const result = run(barsOf(still(10, 5)), { pyramiding: 2 }, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG, { qty: 1 });
      if (bar === 0) desk.entry("B", LONG, { qty: 0.5 });
      if (bar === 1) desk.close("B");
      if (bar === 2) desk.entry("A", LONG, { qty: 1 });
    });
    expect(tell(result)).toEqual([
      "long 0.5 of A: 1 @ 10 → 2 @ 10 by Close entry(s) order B",
      "long 0.5 of A: 1 @ 10 → open",
      "long 0.5 of B: 1 @ 10 → open",
      "long 1 of A: 3 @ 10 → open",
    ]);
  });

  test("an entry whose trade the ledger closed in another's name keeps its place", () => {
    // close("B") sells 1 of B's 3: the ledger closes A's trade with it, yet both names keep their places.
    const result = run(barsOf(still(10, 5)), { pyramiding: 2 }, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG, { qty: 1 });
      if (bar === 0) desk.entry("B", LONG, { qty: 3 });
      if (bar === 1) desk.close("B", { qty: 1 });
      if (bar === 2) desk.entry("A", LONG, { qty: 1 });
    });
    expect(tell(result)).toEqual([
      "long 1 of A: 1 @ 10 → 2 @ 10 by Close entry(s) order B",
      "long 3 of B: 1 @ 10 → open",
    ]);
  });

  test("entries of one bar that pass pyramiding together are refused at the fill", () => {
    const result = run(barsOf(still(10, 3)), {}, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG);
      if (bar === 0) desk.entry("B", LONG);
    });
    expect(result.labels.entryId).toEqual(["A"]);
  });

  test("the same id replaces the order that has not filled", () => {
    const result = run(barsOf(still(10, 3)), {}, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG, { qty: 1 });
      if (bar === 0) desk.entry("A", LONG, { qty: 5 });
    });
    expect(result.position).toBe(5);
  });

  test("after a close on the same bar an entry of the same side is placed anew", () => {
    const result = run(barsOf(still(10, 4)), {}, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG);
      if (bar === 1) desk.close("A");
      if (bar === 1) desk.entry("B", LONG);
    });
    expect(tell(result)).toEqual([
      "long 1 of A: 1 @ 10 → 2 @ 10 by Close entry(s) order A",
      "long 1 of B: 2 @ 10 → open",
    ]);
  });
});

describe("closing", () => {
  test("close takes the quantity or share of one entry; without an open entry it does nothing", () => {
    const result = run(barsOf(still(10, 6)), { pyramiding: 2 }, (desk, bar) => {
      if (bar === 0) desk.close("A");
      if (bar === 0) desk.entry("A", LONG, { qty: 8 });
      if (bar === 1) desk.close("A", { qtyPercent: 25 });
      if (bar === 2) desk.close("A", { qty: 5 });
      if (bar === 3) desk.close("B");
    });
    expect(tell(result)).toEqual([
      "long 2 of A: 1 @ 10 → 2 @ 10 by Close entry(s) order A",
      "long 5 of A: 1 @ 10 → 3 @ 10 by Close entry(s) order A",
      "long 1 of A: 1 @ 10 → open",
    ]);
  });

  const steps = barsOf([10, 11, 12, 13, 14].map((p) => [p, p, p, p]));
  const two = (rule: "FIFO" | "ANY") =>
    run(steps, { pyramiding: 2, close_entries_rule: rule }, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG);
      if (bar === 1) desk.entry("B", LONG);
      if (bar === 2) desk.close("B");
    });

  test("FIFO closes the oldest trade, whichever entry is named", () => {
    expect(tell(two("FIFO"))).toEqual([
      "long 1 of A: 1 @ 11 → 3 @ 13 by Close entry(s) order B",
      "long 1 of B: 2 @ 12 → open",
    ]);
  });

  test("ANY closes the trade that is named", () => {
    expect(tell(two("ANY"))).toEqual([
      "long 1 of B: 2 @ 12 → 3 @ 13 by Close entry(s) order B",
      "long 1 of A: 1 @ 11 → open",
    ]);
  });

  test("close_all takes everything, immediately at this close", () => {
    const result = run(steps, { pyramiding: 2 }, (desk, bar) => {
      if (bar < 2) desk.entry(`E${bar}`, LONG);
      if (bar === 3) desk.broker.closeAll(true, "enough");
      // The fill comes after the program: what it reads is still the position.
      if (bar === 3) expect(desk.broker.position_size).toBe(2);
    });
    expect(tell(result)).toEqual([
      "long 1 of E0: 1 @ 11 → 3 @ 13 by Close position order",
      "long 1 of E1: 2 @ 12 → 3 @ 13 by Close position order",
    ]);
    expect(result.labels.exitComment).toEqual(["enough", "enough"]);
  });
});

describe("priced orders", () => {
  test("fill at their level, a touch is enough, and at the open where the gap crossed them", () => {
    const bars = barsOf([
      [100, 101, 99, 100],
      // Low touches 98: the limit fills there. High touches 103: the stop fills there.
      [100, 103, 98, 100],
      [100, 100, 100, 100],
      // Opens at 95, below the limit of 97, and at 95, below the stop of 96.
      [95, 99, 94, 98],
    ]);
    const at = (bar: number, side: number, price: { limit?: number; stop?: number }) =>
      tell(run(bars, {}, (desk, now) => now === bar && desk.entry("A", side, price)))[0];
    expect(at(0, LONG, { limit: 98 })).toBe("long 1 of A: 1 @ 98 → open");
    expect(at(0, LONG, { stop: 103 })).toBe("long 1 of A: 1 @ 103 → open");
    expect(at(0, LONG, { limit: 97.9 })).toBe("long 1 of A: 3 @ 95 → open");
    expect(at(0, LONG, { stop: 103.1 })).toBeUndefined();
    expect(at(2, SHORT, { stop: 96 })).toBe("short 1 of A: 3 @ 95 → open");
    expect(at(2, SHORT, { limit: 98 })).toBe("short 1 of A: 3 @ 98 → open");
  });

  test("are met in the order of the path: the nearer extreme first", () => {
    // 100 is 1 from the high and 10 from the low: up, then down.
    const up = run(barsOf([still(100, 1)[0], [100, 101, 90, 95]]), {}, both);
    // Strictly nearer: at equal distance the low comes first.
    const down = run(barsOf([still(100, 1)[0], [100, 110, 90, 95]]), {}, both);
    expect(tell(up)[0]).toBe("long 1 of up: 1 @ 101 → 1 @ 99 by down");
    expect(tell(down)[0]).toBe("short 1 of down: 1 @ 99 → 1 @ 101 by up");

    function both(desk: Parameters<Parameters<typeof run>[2]>[0], bar: number) {
      if (bar > 0) return;
      desk.order("up", LONG, { stop: 101 });
      desk.order("down", SHORT, { stop: 99, qty: 3 });
    }
  });

  test("a stop-limit becomes a limit at its stop", () => {
    const bars = barsOf([
      [100, 100, 100, 100],
      // Up through the stop of 102 to 104: above the limit of 101 nothing fills; back at 101 it does.
      [100, 104, 90, 95],
    ]);
    // 100 is 4 from the high and 10 from the low: up first.
    const result = run(bars, {}, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG, { stop: 102, limit: 101 });
      if (bar === 0) desk.entry("B", LONG, { stop: 103, limit: 105 });
    });
    // B's limit is above its stop: it fills where the stop was met, and A is refused by pyramiding.
    expect(tell(result)).toEqual(["long 1 of B: 1 @ 103 → open"]);
    const alone = run(bars, {}, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG, { stop: 102, limit: 101 });
    });
    expect(tell(alone)).toEqual(["long 1 of A: 1 @ 101 → open"]);
  });

  test("slippage is adverse, on market and stop fills, never on limits", () => {
    const bars = barsOf([
      [100, 100, 100, 100],
      [100, 105, 95, 100],
      [100, 105, 95, 100],
    ]);
    const price = (side: number, level: { limit?: number; stop?: number }) =>
      run(
        bars,
        { slippage: 3, tick: 0.5 },
        (desk, bar) => bar === 0 && desk.entry("A", side, level),
      ).trades.entryPrice[0];
    expect(price(LONG, {})).toBe(101.5);
    expect(price(SHORT, {})).toBe(98.5);
    expect(price(LONG, { stop: 102 })).toBe(103.5);
    expect(price(SHORT, { stop: 98 })).toBe(96.5);
    expect(price(LONG, { limit: 98 })).toBe(98);
    expect(price(SHORT, { limit: 102 })).toBe(102);
  });

  test("levels snap away from the market: bought lower and sold higher at a limit, stopped later", () => {
    const bars = barsOf([
      [100, 100, 100, 100],
      [100, 110, 90, 100],
    ]);
    const price = (side: number, level: { limit?: number; stop?: number }) =>
      run(
        bars,
        { snap: true, tick: 0.25 },
        (desk, bar) => bar === 0 && desk.entry("A", side, level),
      ).trades.entryPrice[0];
    expect(price(LONG, { limit: 97.9 })).toBe(97.75);
    expect(price(SHORT, { limit: 102.1 })).toBe(102.25);
    expect(price(LONG, { stop: 102.1 })).toBe(102.25);
    expect(price(SHORT, { stop: 97.9 })).toBe(97.75);
    expect(price(LONG, { limit: 97.75 })).toBe(97.75);
  });

  test("with a fill assumption the price must go so many ticks beyond a limit", () => {
    const bars = barsOf([
      [100, 100, 100, 100],
      [100, 101, 97, 100],
      [100, 101, 96.5, 100],
    ]);
    const settings = { backtest_fill_limits_assumption: 2, tick: 0.5 };
    const result = run(bars, settings, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG, { limit: 97.5 });
    });
    // 97.5 - 2·0.5 = 96.5 is first reached on bar 2; it fills at its own price.
    expect(tell(result)).toEqual(["long 1 of A: 2 @ 97.5 → open"]);
  });

  test("a priced entry reverses the position that it was placed in", () => {
    const bars = barsOf([...still(100, 3), [100, 101, 90, 95], ...still(95, 1)]);
    const result = run(bars, {}, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG, { qty: 2 });
      if (bar === 2) desk.entry("B", SHORT, { qty: 1, stop: 95 });
    });
    expect(tell(result)).toEqual([
      "long 2 of A: 1 @ 100 → 3 @ 95 by B",
      "short 1 of B: 3 @ 95 → open",
    ]);
  });

  test("cancel and cancel_all take priced orders away", () => {
    const bars = barsOf([...still(100, 2), [100, 110, 90, 100]]);
    const result = run(bars, {}, (desk, bar) => {
      if (bar === 0) for (const id of ["A", "B", "C"]) desk.order(id, LONG, { limit: 95 });
      if (bar === 1) desk.broker.cancel("B");
    });
    expect(result.labels.entryId).toEqual(["A", "C"]);
    const none = run(bars, {}, (desk, bar) => {
      if (bar === 0) for (const id of ["A", "B", "C"]) desk.order(id, LONG, { limit: 95 });
      if (bar === 1) desk.broker.cancelAll();
    });
    expect(none.fills).toBe(0);
  });
});

describe("OCA groups", () => {
  // Down to 90, then up to 110: 100 is as near to both.
  const bars = barsOf([...still(100, 1), [100, 110, 90, 100], [100, 110, 90, 100]]);
  const group = (ocaType: string, first = 2) =>
    tell(
      run(bars, {}, (desk, bar) => {
        if (bar > 0) return;
        desk.order("buy", LONG, { qty: first, limit: 95, oca: "G", ocaType });
        desk.order("sell", SHORT, { qty: 3, limit: 105, oca: "G", ocaType });
        desk.order("other", SHORT, { qty: 1, limit: 108, oca: "H", ocaType });
      }),
    );

  test("cancel: a fill cancels the rest of the group", () => {
    expect(group("cancel")).toEqual([
      "long 1 of buy: 1 @ 95 → 1 @ 108 by other",
      "long 1 of buy: 1 @ 95 → open",
    ]);
  });

  test("reduce: a fill takes its quantity from the others, which go at 0", () => {
    // 3 - 2 = 1 is left to sell at 105.
    expect(group("reduce")).toEqual([
      "long 1 of buy: 1 @ 95 → 1 @ 105 by sell",
      "long 1 of buy: 1 @ 95 → 1 @ 108 by other",
    ]);
    expect(group("reduce", 3)).toEqual([
      "long 1 of buy: 1 @ 95 → 1 @ 108 by other",
      "long 2 of buy: 1 @ 95 → open",
    ]);
  });

  test("none: the name alone does nothing", () => {
    expect(group("none")).toEqual([
      "long 2 of buy: 1 @ 95 → 1 @ 105 by sell",
      "short 1 of sell: 1 @ 105 → open",
      "short 1 of other: 1 @ 108 → open",
    ]);
  });
});

test("a bar whose price is na fills nothing, and marks at the last close", () => {
  const bars = barsOf([...still(10, 1), [NA, NA, NA, NA], [12, 12, 12, 12], [NA, NA, NA, NA]]);
  const result = run(bars, {}, (desk, bar) => {
    if (bar === 0) desk.entry("A", LONG);
  });
  expect(tell(result)).toEqual(["long 1 of A: 2 @ 12 → open"]);
  expect([...result.equity]).toEqual([10_000, 10_000, 10_000, 10_000]);
});
