import { describe, expect, test } from "vitest";
import { type Row, trading } from "./by-hand-support.ts";

/** A bar that stands still. */
const at = (price: number): Row => [price, price, price, price];
const LONG = 'strategy.entry("A", strategy.long)';

describe("when orders fill (SEMANTICS 5.1 to 5.3)", () => {
  test("a market order fills at the next open", () => {
    // Called at the close 11 of bar 0; bar 1 opens at 12. Equity: 10,000 - 12 + 13 = 10,001 and + 15 = 10,003.
    const rows: Row[] = [
      [10, 12, 9, 11],
      [12, 14, 11, 13],
      [14, 16, 13, 15],
    ];
    const { trades, equity } = trading({ rows, calls: { 0: LONG } });
    expect(trades).toEqual(["long 1 of A: 1 @ 12 → open"]);
    expect(equity).toEqual([10_000, 10_001, 10_003]);
  });

  test("under process_orders_on_close it fills at this close, and counts on this bar", () => {
    // In at 11 and out at 15: + 4. On bar 1 it stands at 13: + 2.
    const rows: Row[] = [
      [10, 12, 9, 11],
      [12, 14, 11, 13],
      [14, 16, 13, 15],
    ];
    const calls = { 0: LONG, 2: 'strategy.close("A")' };
    const { trades, equity } = trading({ settings: "process_orders_on_close=true", rows, calls });
    expect(trades).toEqual(["long 1 of A: 0 @ 11 → 2 @ 15 by Close entry(s) order A"]);
    expect(equity).toEqual([10_000, 10_002, 10_004]);
  });

  const bracket = `${LONG}\nstrategy.exit("X", "A", limit=104, stop=96)`;

  test("the bar goes first to the extreme that is nearer to its open", () => {
    // Open 100, high 105 (5 away), low 90 (10 away): up first, the limit 104 is met.
    expect(trading({ rows: [at(100), [100, 105, 90, 95]], calls: { 0: bracket } }).trades).toEqual([
      "long 1 of A: 1 @ 100 → 1 @ 104 by X",
    ]);
    // High 110 (10 away), low 95 (5 away): down first, the stop 96 is met.
    expect(trading({ rows: [at(100), [100, 110, 95, 95]], calls: { 0: bracket } }).trades).toEqual([
      "long 1 of A: 1 @ 100 → 1 @ 96 by X",
    ]);
    // Both 10 away: only strictly nearer is up first, so down.
    expect(trading({ rows: [at(100), [100, 110, 90, 95]], calls: { 0: bracket } }).trades).toEqual([
      "long 1 of A: 1 @ 100 → 1 @ 96 by X",
    ]);
  });

  test("touching a level is enough", () => {
    // The high is the limit.
    expect(trading({ rows: [at(100), [100, 104, 97, 99]], calls: { 0: bracket } }).trades).toEqual([
      "long 1 of A: 1 @ 100 → 1 @ 104 by X",
    ]);
  });

  test("what a gap has crossed fills at the open: stops worse, limits better than their levels", () => {
    // Buy stop 105, next open 108. Sell stop (exit) 104, then open 101.
    const gaps: Row[] = [at(100), at(100), [108, 109, 107, 108], [101, 102, 100, 101]];
    const stops = {
      1: 'strategy.entry("A", strategy.long, stop=105)',
      2: 'strategy.exit("X", "A", stop=104)',
    };
    expect(trading({ rows: gaps, calls: stops }).trades).toEqual([
      "long 1 of A: 2 @ 108 → 3 @ 101 by X",
    ]);
    // Buy limit 95, next open 92. Sell limit 97, then open 99.
    const dips: Row[] = [at(100), at(100), [92, 93, 91, 92], [99, 100, 98, 99]];
    const limits = {
      1: 'strategy.entry("A", strategy.long, limit=95)',
      2: 'strategy.exit("X", "A", limit=97)',
    };
    expect(trading({ rows: dips, calls: limits }).trades).toEqual([
      "long 1 of A: 2 @ 92 → 3 @ 99 by X",
    ]);
  });

  test("a stop-limit waits for its stop, then for its limit", () => {
    // Stop 105 is passed on the way up to 106; the limit 103 is met on the way down to 98.
    const rows: Row[] = [at(100), [104, 106, 98, 99]];
    const calls = { 0: 'strategy.entry("A", strategy.long, stop=105, limit=103)' };
    expect(trading({ rows, calls }).trades).toEqual(["long 1 of A: 1 @ 103 → open"]);
    // Without reaching the stop the limit does not count.
    const quiet: Row[] = [at(100), [103, 104, 98, 99]];
    expect(trading({ rows: quiet, calls }).trades).toEqual([]);
  });

  test("backtest_fill_limits_assumption: the price must go beyond a limit, which then fills at its level", () => {
    const settings = "backtest_fill_limits_assumption=2";
    const calls = { 0: 'strategy.entry("A", strategy.long, limit=95)' };
    // Low 94 is one tick beyond, low 93 two.
    const rows: Row[] = [at(100), [100, 101, 94, 97], [97, 98, 93, 96]];
    expect(trading({ settings, rows, calls }).trades).toEqual(["long 1 of A: 2 @ 95 → open"]);
  });

  test("a position that is open at the end stays open", () => {
    // 10,000 - 100 + 107.
    const { trades, equity } = trading({ rows: [at(100), at(100), at(107)], calls: { 0: LONG } });
    expect(trades).toEqual(["long 1 of A: 1 @ 100 → open"]);
    expect(equity.at(-1)).toBe(10_007);
  });
});

describe("prices (SEMANTICS 5.4)", () => {
  test("slippage is adverse on market and stop fills, and none on limits", () => {
    // 3 ticks of 1: in at 100 + 3; the stop 90 sells at 87; the limit 110 at 110.
    const settings = "slippage=3";
    const rows: Row[] = [at(100), [100, 101, 99, 100], [100, 101, 89, 95]];
    const stop = { 0: `${LONG}\nstrategy.exit("X", "A", stop=90)` };
    expect(trading({ settings, rows, calls: stop }).trades).toEqual([
      "long 1 of A: 1 @ 103 → 2 @ 87 by X",
    ]);
    const up: Row[] = [at(100), [100, 101, 99, 100], [100, 111, 99, 105]];
    const limit = { 0: `${LONG}\nstrategy.exit("X", "A", limit=110)` };
    expect(trading({ settings, rows: up, calls: limit }).trades).toEqual([
      "long 1 of A: 1 @ 103 → 2 @ 110 by X",
    ]);
  });

  test("levels snap to the tick: stops away from the price, limits to the better side", () => {
    // Ticks of 5. A buy stop at 103 waits at 105, a buy limit at 98 at 95.
    const rows: Row[] = [at(100), [100, 104, 96, 100], [100, 106, 94, 100]];
    const calls = {
      0: `strategy.order("S", strategy.long, 1, stop=103)
strategy.order("L", strategy.long, 1, limit=98)`,
    };
    // Bar 2: high and low are 6 away each, so down first: the limit at 95, then the stop at 105.
    expect(trading({ rows, calls, tick: 5 }).trades).toEqual([
      "long 1 of L: 2 @ 95 → open",
      "long 1 of S: 2 @ 105 → open",
    ]);
  });
});

describe("entries and orders (SEMANTICS 5.5)", () => {
  test("an entry against the position closes it and opens its own quantity", () => {
    // 3 long; the entry of 2 short sells 5.
    const calls = {
      0: 'strategy.entry("A", strategy.long, 3)',
      1: 'strategy.entry("B", strategy.short, 2)',
    };
    expect(trading({ rows: [at(10), at(11), at(12), at(13)], calls }).trades).toEqual([
      "long 3 of A: 1 @ 11 → 2 @ 12 by B",
      "short 2 of B: 2 @ 12 → open",
    ]);
  });

  test("a limit entry reverses the position that it was placed in", () => {
    // Placed while 3 are long: sells 2 + 3 at 15.
    const calls = {
      0: 'strategy.entry("A", strategy.long, 3)',
      1: 'strategy.entry("B", strategy.short, 2, limit=15)',
    };
    expect(trading({ rows: [at(10), at(11), [12, 16, 12, 13]], calls }).trades).toEqual([
      "long 3 of A: 1 @ 11 → 2 @ 15 by B",
      "short 2 of B: 2 @ 15 → open",
    ]);
  });

  test("pyramiding blocks further entries of one direction; strategy.order passes it", () => {
    const rows = [at(10), at(11), at(12), at(13), at(14)];
    const calls = {
      0: LONG,
      1: 'strategy.entry("B", strategy.long)',
      2: 'strategy.entry("C", strategy.long)',
      3: 'strategy.order("D", strategy.long, 1)',
    };
    expect(trading({ settings: "pyramiding=2", rows, calls }).trades).toEqual([
      "long 1 of A: 1 @ 11 → open",
      "long 1 of B: 2 @ 12 → open",
      "long 1 of D: 4 @ 14 → open",
    ]);
  });

  test("strategy.order nets: 3 long and 5 short are 2 short", () => {
    const calls = {
      0: 'strategy.order("A", strategy.long, 3)',
      1: 'strategy.order("B", strategy.short, 5)',
    };
    expect(trading({ rows: [at(10), at(11), at(12)], calls }).trades).toEqual([
      "long 3 of A: 1 @ 11 → 2 @ 12 by B",
      "short 2 of B: 2 @ 12 → open",
    ]);
  });

  const two = {
    0: LONG,
    1: 'strategy.entry("B", strategy.long)',
    2: 'strategy.close("B")',
  };

  test("FIFO: closing B takes the oldest trade, A's", () => {
    const rows = [at(10), at(11), at(12), at(13)];
    expect(trading({ settings: "pyramiding=2", rows, calls: two }).trades).toEqual([
      "long 1 of A: 1 @ 11 → 3 @ 13 by Close entry(s) order B",
      "long 1 of B: 2 @ 12 → open",
    ]);
  });

  test('close_entries_rule="ANY": closing B takes B\'s', () => {
    const rows = [at(10), at(11), at(12), at(13)];
    const settings = 'pyramiding=2, close_entries_rule="ANY"';
    expect(trading({ settings, rows, calls: two }).trades).toEqual([
      "long 1 of B: 2 @ 12 → 3 @ 13 by Close entry(s) order B",
      "long 1 of A: 1 @ 11 → open",
    ]);
  });

  test("close takes a quantity or a share of what is open", () => {
    // 8 bought; 2 of them sold, then half of the other 6.
    const calls = {
      0: 'strategy.entry("A", strategy.long, 8)',
      1: 'strategy.close("A", qty=2)',
      2: 'strategy.close("A", qty_percent=50)',
    };
    expect(trading({ rows: [at(10), at(11), at(12), at(13)], calls }).trades).toEqual([
      "long 2 of A: 1 @ 11 → 2 @ 12 by Close entry(s) order A",
      "long 3 of A: 1 @ 11 → 3 @ 13 by Close entry(s) order A",
      "long 3 of A: 1 @ 11 → open",
    ]);
  });

  test("close with immediately fills at this close", () => {
    const calls = { 0: LONG, 1: 'strategy.close("A", immediately=true)' };
    expect(trading({ rows: [at(10), [11, 12, 11, 12], at(13)], calls }).trades).toEqual([
      "long 1 of A: 1 @ 11 → 1 @ 12 by Close entry(s) order A",
    ]);
  });

  test("cancel takes orders with a price away, and leaves market orders", () => {
    const calls = {
      0: `strategy.entry("A", strategy.long, limit=9)
strategy.cancel("A")
strategy.entry("B", strategy.long)
strategy.cancel("B")`,
    };
    expect(trading({ rows: [at(10), at(8), at(8)], calls }).trades).toEqual([
      "long 1 of B: 1 @ 8 → open",
    ]);
  });

  test("an order of the same id takes the place of the one that waits", () => {
    const calls = {
      0: 'strategy.entry("A", strategy.long, limit=9)',
      1: 'strategy.entry("A", strategy.long, limit=7)',
    };
    expect(trading({ rows: [at(10), at(10), at(8), at(7)], calls }).trades).toEqual([
      "long 1 of A: 3 @ 7 → open",
    ]);
  });
});

describe("OCA groups", () => {
  test("cancel: the order that fills takes the others away", () => {
    const calls = {
      0: `strategy.order("up", strategy.long, 1, stop=12, oca_name="g", oca_type=strategy.oca.cancel)
strategy.order("dn", strategy.short, 1, stop=8, oca_name="g", oca_type=strategy.oca.cancel)`,
    };
    // Up first (2 away, down 3): the buy at 12 fills, the sell at 8 is gone.
    expect(trading({ rows: [at(10), [10, 12, 7, 8]], calls }).trades).toEqual([
      "long 1 of up: 1 @ 12 → open",
    ]);
  });

  test("reduce: the others shrink by what was filled", () => {
    // 5 long. The target of 3 at 12 fills; of the stop's 5 there are 2 left for 8.
    const calls = {
      0: 'strategy.order("in", strategy.long, 5)',
      1: `strategy.order("tp", strategy.short, 3, limit=12, oca_name="g", oca_type=strategy.oca.reduce)
strategy.order("sl", strategy.short, 5, stop=8, oca_name="g", oca_type=strategy.oca.reduce)`,
    };
    expect(trading({ rows: [at(10), at(10), [10, 12, 7, 8]], calls }).trades).toEqual([
      "long 3 of in: 1 @ 10 → 2 @ 12 by tp",
      "long 2 of in: 1 @ 10 → 2 @ 8 by sl",
    ]);
  });
});
