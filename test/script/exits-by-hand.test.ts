import { describe, expect, test } from "vitest";
import { type Row, trading } from "./by-hand-support.ts";

const at = (price: number): Row => [price, price, price, price];
const enter = (qty: number) => `strategy.entry("A", strategy.long, ${qty})`;

describe("levels of strategy.exit (SEMANTICS 5.6)", () => {
  test("profit and loss are ticks from each entry's own price", () => {
    // A in at 100: profit 10 is 110. B in at 104: profit 10 is 114.
    const rows: Row[] = [at(100), at(100), at(104), [105, 111, 105, 106], [106, 115, 106, 110]];
    const calls = {
      0: enter(1),
      1: 'strategy.entry("B", strategy.long)',
      2: 'strategy.exit("X", profit=10, loss=50)',
    };
    expect(trading({ settings: "pyramiding=2", rows, calls }).trades).toEqual([
      "long 1 of A: 1 @ 100 → 3 @ 110 by X",
      "long 1 of B: 2 @ 104 → 4 @ 114 by X",
    ]);
  });

  test("for a short position profit is below the entry", () => {
    // In at 100: profit 6 is 94, loss 4 is 104. The bar goes down first (7 away, up 8).
    const rows: Row[] = [at(100), [100, 108, 93, 100]];
    const calls = {
      0: 'strategy.entry("S", strategy.short)\nstrategy.exit("X", "S", profit=6, loss=4)',
    };
    expect(trading({ rows, calls }).trades).toEqual(["short 1 of S: 1 @ 100 → 1 @ 94 by X"]);
  });

  test("from version 6 on the nearer of price and ticks counts, before the price", () => {
    // In at 100: the limit is 110, the profit 104; the stop 80, the loss 95.
    const both = `${enter(1)}\nstrategy.exit("X", "A", limit=110, profit=4, stop=80, loss=5)`;
    const up: Row[] = [at(100), [100, 106, 99, 105], [105, 111, 105, 111]];
    expect(trading({ version: 6, rows: up, calls: { 0: both } }).trades).toEqual([
      "long 1 of A: 1 @ 100 → 1 @ 104 by X",
    ]);
    expect(trading({ version: 5, rows: up, calls: { 0: both } }).trades).toEqual([
      "long 1 of A: 1 @ 100 → 2 @ 110 by X",
    ]);
    const down: Row[] = [at(100), [100, 101, 94, 94], [94, 94, 79, 79]];
    expect(trading({ version: 6, rows: down, calls: { 0: both } }).trades).toEqual([
      "long 1 of A: 1 @ 100 → 1 @ 95 by X",
    ]);
    expect(trading({ version: 4, rows: down, calls: { 0: both } }).trades).toEqual([
      "long 1 of A: 1 @ 100 → 2 @ 80 by X",
    ]);
  });

  test("before version 6 ticks count where the price is na", () => {
    const calls = {
      0: `${enter(1)}\nstrategy.exit("X", "A", limit=close > 0 ? float(na) : 1, profit=4)`,
    };
    expect(trading({ rows: [at(100), [100, 106, 99, 105]], calls }).trades).toEqual([
      "long 1 of A: 1 @ 100 → 1 @ 104 by X",
    ]);
  });

  test("without from_entry it holds for later entries too, until the position is flat", () => {
    // X is called once. A and B leave at 95; C, after that, does not.
    const rows: Row[] = [
      at(100),
      at(100),
      at(100),
      [100, 101, 94, 100],
      at(100),
      [100, 101, 90, 91],
    ];
    const calls = {
      0: enter(1),
      1: 'strategy.exit("X", stop=95)\nstrategy.entry("B", strategy.long)',
      3: 'strategy.entry("C", strategy.long)',
    };
    expect(trading({ settings: "pyramiding=2", rows, calls }).trades).toEqual([
      "long 1 of A: 1 @ 100 → 3 @ 95 by X",
      "long 1 of B: 2 @ 100 → 3 @ 95 by X",
      "long 1 of C: 4 @ 100 → open",
    ]);
  });

  test("with from_entry, called once, it holds for entries of that name that are added while it waits", () => {
    // Called while A's first unit is open. The second A in at 102: its profit of 10 is 112.
    const rows: Row[] = [at(100), at(100), at(100), at(102), [102, 112, 102, 112]];
    const calls = {
      0: enter(1),
      1: 'strategy.exit("X", "A", profit=10)',
      2: enter(1),
    };
    expect(trading({ settings: "pyramiding=2", rows, calls }).trades).toEqual([
      "long 1 of A: 1 @ 100 → 4 @ 110 by X",
      "long 1 of A: 3 @ 102 → 4 @ 112 by X",
    ]);
  });
});

describe("quantities of strategy.exit", () => {
  test("a share is one of the entry's first size, and is taken once", () => {
    // Half of 4 leaves at 110 on bar 2. The call of bar 2 does not take half of what is left.
    const half = 'strategy.exit("X", "A", qty_percent=50, limit=110)';
    const rows: Row[] = [at(100), at(100), [100, 111, 100, 111], [111, 115, 111, 115]];
    const calls = { 0: enter(4), 1: half, 2: half };
    expect(trading({ rows, calls }).trades).toEqual([
      "long 2 of A: 1 @ 100 → 2 @ 110 by X",
      "long 2 of A: 1 @ 100 → open",
    ]);
  });

  test("calls reserve quantity in order: what the first takes the second cannot", () => {
    // X takes 3 of 4 at 110, Y asks for all and gets 1 at 105.
    const calls = {
      0: enter(4),
      1: 'strategy.exit("X", "A", qty=3, limit=110)\nstrategy.exit("Y", "A", limit=105)',
    };
    expect(trading({ rows: [at(100), at(100), [100, 111, 100, 111]], calls }).trades).toEqual([
      "long 1 of A: 1 @ 100 → 2 @ 105 by Y",
      "long 3 of A: 1 @ 100 → 2 @ 110 by X",
    ]);
  });

  test("exits of one entry with stops: each closes its own share", () => {
    // Down to 94: X's 1 and Y's 3 both leave at 95, in the order of the calls.
    const calls = {
      0: enter(4),
      1: 'strategy.exit("X", "A", qty=1, limit=110, stop=95)\nstrategy.exit("Y", "A", stop=95)',
    };
    expect(trading({ rows: [at(100), at(100), [100, 101, 94, 94]], calls }).trades).toEqual([
      "long 1 of A: 1 @ 100 → 2 @ 95 by X",
      "long 3 of A: 1 @ 100 → 2 @ 95 by Y",
    ]);
  });
});

describe("trailing stops", () => {
  test("start at entry + trail_points and follow the best price by trail_offset", () => {
    // In at 100. 105 is passed on the way to 108: the stop stands at 108 - 3 = 105 and is met on the way down to 104.
    const rows: Row[] = [at(100), at(100), [100, 108, 99, 104]];
    const calls = { 0: enter(1), 1: 'strategy.exit("X", "A", trail_points=5, trail_offset=3)' };
    // High and low: 8 and 1 away, so first down to 99, up to 108, down to the close.
    expect(trading({ rows, calls }).trades).toEqual(["long 1 of A: 1 @ 100 → 2 @ 105 by X"]);
  });

  test("stay idle below their start", () => {
    const rows: Row[] = [at(100), at(100), [100, 104, 90, 95], [95, 96, 80, 82]];
    const calls = { 0: enter(1), 1: 'strategy.exit("X", "A", trail_points=5, trail_offset=3)' };
    expect(trading({ rows, calls }).trades).toEqual(["long 1 of A: 1 @ 100 → open"]);
  });

  test("start at trail_price where that is given, and go on over the bars", () => {
    // 106 is reached on bar 2 (best 107, stop 103). Bar 3: up to 110 first, the stop rises to 106, met on the way down.
    const rows: Row[] = [at(100), at(100), [104, 107, 104, 105], [105, 110, 99, 100]];
    const calls = { 0: enter(1), 1: 'strategy.exit("X", "A", trail_price=106, trail_offset=4)' };
    // Bar 3: the high is 5 away, the low 6.
    expect(trading({ rows, calls }).trades).toEqual(["long 1 of A: 1 @ 100 → 3 @ 106 by X"]);
  });

  test("without an offset they sell where they start", () => {
    const rows: Row[] = [at(100), at(100), [100, 108, 100, 107]];
    const calls = { 0: enter(1), 1: 'strategy.exit("X", "A", trail_points=5)' };
    expect(trading({ rows, calls }).trades).toEqual(["long 1 of A: 1 @ 100 → 2 @ 105 by X"]);
  });

  test("of a fixed and a trailing stop the nearer counts", () => {
    // The trailing stop stands at 108 - 9 = 99, the fixed one at 102.
    const rows: Row[] = [at(100), [100, 108, 100, 108], [108, 108, 98, 98]];
    const calls = {
      0: enter(1),
      1: 'strategy.exit("X", "A", stop=102, trail_points=5, trail_offset=9)',
    };
    expect(trading({ rows, calls }).trades).toEqual(["long 1 of A: 1 @ 100 → 2 @ 102 by X"]);
  });
});
