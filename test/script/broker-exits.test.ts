import { describe, expect, test } from "vitest";
import { barsOf, type Desk, LONG, run, SHORT, tell } from "./broker-support.ts";

const STILL = [100, 100, 100, 100];
type Exit = Parameters<Desk["exit"]>[2];

/** Long 10 of A at 100 on bar 1, the exit called on bar 1; then the bars given. */
function bracket(exit: Exit, ...rows: number[][]) {
  return tell(
    run(barsOf([STILL, STILL, ...rows]), { tick: 0.5 }, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG, { qty: 10 });
      if (bar === 1) desk.exit("X", "A", exit);
    }),
  );
}

describe("stop and limit of one exit", () => {
  test("the limit, the stop, and a gap through the stop", () => {
    const exit = { limit: 110, stop: 95 };
    expect(bracket(exit, [101, 112, 100, 105])).toEqual(["long 10 of A: 1 @ 100 → 2 @ 110 by X"]);
    expect(bracket(exit, [101, 102, 94, 96])).toEqual(["long 10 of A: 1 @ 100 → 2 @ 95 by X"]);
    expect(bracket(exit, [93, 94, 90, 92])).toEqual(["long 10 of A: 1 @ 100 → 2 @ 93 by X"]);
    expect(bracket(exit, [114, 115, 113, 114])).toEqual(["long 10 of A: 1 @ 100 → 2 @ 114 by X"]);
  });

  test("of both within a bar the first on the path", () => {
    // From 104 the high is nearer (7 against 10): the limit. From 102 the low (8 against 9): the stop.
    const exit = { limit: 110, stop: 95 };
    expect(bracket(exit, [104, 111, 94, 100])[0]).toContain("2 @ 110");
    expect(bracket(exit, [102, 111, 94, 100])[0]).toContain("2 @ 95");
  });

  test("profit and loss are ticks from the price of the entry", () => {
    // 100 + 8·0.5 = 104; 100 - 6·0.5 = 97.
    expect(bracket({ profit: 8, loss: 6 }, [100, 104, 99, 100])[0]).toContain("2 @ 104");
    expect(bracket({ profit: 8, loss: 6 }, [100, 103, 97, 100])[0]).toContain("2 @ 97");
  });

  test("given both ways the level that is met first counts", () => {
    expect(bracket({ profit: 8, limit: 102 }, [100, 110, 99, 100])[0]).toContain("2 @ 102");
    expect(bracket({ loss: 6, stop: 98 }, [100, 101, 90, 100])[0]).toContain("2 @ 98");
    expect(bracket({ loss: 6, stop: 96 }, [100, 101, 90, 100])[0]).toContain("2 @ 97");
  });

  test("a short position mirrors it", () => {
    const result = run(barsOf([STILL, STILL, [100, 107, 99, 100]]), { tick: 0.5 }, (desk, bar) => {
      if (bar === 0) desk.entry("A", SHORT);
      if (bar === 1) desk.exit("X", "A", { profit: 20, loss: 10 });
    });
    expect(tell(result)).toEqual(["short 1 of A: 1 @ 100 → 2 @ 105 by X"]);
  });

  test("a call without any level does nothing", () => {
    expect(bracket({}, [100, 120, 80, 100])).toEqual(["long 10 of A: 1 @ 100 → open"]);
  });
});

describe("which entries an exit covers", () => {
  const wide = [100, 120, 80, 100];

  test("called before its entry fills it waits for it, and works on the bar of the fill", () => {
    const result = run(barsOf([STILL, wide]), {}, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG);
      if (bar === 0) desk.exit("X", "A", { stop: 95 });
    });
    expect(tell(result)).toEqual(["long 1 of A: 1 @ 100 → 1 @ 95 by X"]);
  });

  test("an entry within the bar is protected from its price on", () => {
    // 100 → 104 → 90 → 95: bought at 102 on the way up, stopped at 99 on the way down.
    const result = run(barsOf([STILL, [100, 104, 90, 95]]), { tick: 1 }, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG, { stop: 102 });
      if (bar === 0) desk.exit("X", "A", { loss: 3 });
    });
    expect(tell(result)).toEqual(["long 1 of A: 1 @ 102 → 1 @ 99 by X"]);
  });

  test("with no such entry open or on its way it does nothing", () => {
    const result = run(barsOf([STILL, STILL, wide]), {}, (desk, bar) => {
      if (bar === 0) desk.exit("X", "A", { stop: 95 });
      if (bar === 0) desk.entry("A", LONG);
    });
    expect(tell(result)).toEqual(["long 1 of A: 1 @ 100 → open"]);
  });

  test("without from_entry it holds for later entries too, until flat", () => {
    const rows = [STILL, STILL, STILL, [100, 101, 94, 100], STILL, wide];
    const result = run(barsOf(rows), { pyramiding: 3 }, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG);
      if (bar === 1) desk.exit("X", "", { stop: 95 });
      if (bar === 1) desk.entry("B", LONG);
      if (bar === 3) desk.entry("C", LONG);
    });
    expect(tell(result)).toEqual([
      "long 1 of A: 1 @ 100 → 3 @ 95 by X",
      "long 1 of B: 2 @ 100 → 3 @ 95 by X",
      "long 1 of C: 4 @ 100 → open",
    ]);
  });

  test("with from_entry it covers the entry named, and later ones of that name while it waits", () => {
    // X stands for the first A when the second one fills at 100: both leave at 95, B stays.
    const rows = [STILL, STILL, STILL, wide];
    const result = run(barsOf(rows), { pyramiding: 3, close_entries_rule: "ANY" }, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG, { qty: 2 });
      if (bar === 1) desk.exit("X", "A", { stop: 95 });
      if (bar === 1) desk.entry("A", LONG, { qty: 3 });
      if (bar === 1) desk.entry("B", LONG, { qty: 1 });
    });
    expect(tell(result)).toEqual([
      "long 2 of A: 1 @ 100 → 3 @ 95 by X",
      "long 3 of A: 2 @ 100 → 3 @ 95 by X",
      "long 1 of B: 2 @ 100 → open",
    ]);
  });

  test("once it has fired it holds for no later entry of that name", () => {
    // X takes 1 of the first A at 95 on bar 2. The second A fills at 100 on bar 3 and falls through 95 untouched.
    const rows = [STILL, STILL, wide, STILL, [100, 101, 94, 100]];
    const result = run(barsOf(rows), { pyramiding: 3 }, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG, { qty: 2 });
      if (bar === 1) desk.exit("X", "A", { stop: 95, qty: 1 });
      if (bar === 2) desk.entry("A", LONG, { qty: 3 });
    });
    expect(tell(result)).toEqual([
      "long 1 of A: 1 @ 100 → 2 @ 95 by X",
      "long 1 of A: 1 @ 100 → open",
      "long 3 of A: 3 @ 100 → open",
    ]);
  });

  test("exits of a position do not cover the one that a reversal opens", () => {
    const rows = [STILL, STILL, [100, 101, 99, 100], [100, 120, 80, 100]];
    const result = run(barsOf(rows), {}, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG);
      if (bar === 1) desk.exit("X", "", { stop: 95 });
      if (bar === 1) desk.entry("B", SHORT);
    });
    expect(tell(result)).toEqual([
      "long 1 of A: 1 @ 100 → 2 @ 100 by B",
      "short 1 of B: 2 @ 100 → open",
    ]);
  });

  test("each entry has its own levels in ticks; FIFO closes the oldest trade for it", () => {
    // B's profit of 4 from 104 is 108; A's is at 104 and met on its way there.
    const rows = [STILL, STILL, [104, 104, 104, 104], [105, 109, 104.5, 106]];
    const levels = (rule: "FIFO" | "ANY") =>
      run(barsOf(rows), { pyramiding: 2, tick: 1, close_entries_rule: rule }, (desk, bar) => {
        if (bar === 0) desk.entry("A", LONG);
        if (bar === 1) desk.entry("B", LONG);
        if (bar === 2) desk.exit("X", "B", { profit: 4 });
      });
    expect(tell(levels("FIFO"))).toEqual([
      "long 1 of A: 1 @ 100 → 3 @ 108 by X",
      "long 1 of B: 2 @ 104 → open",
    ]);
    expect(tell(levels("ANY"))).toEqual([
      "long 1 of B: 2 @ 104 → 3 @ 108 by X",
      "long 1 of A: 1 @ 100 → open",
    ]);
  });
});

describe("quantities", () => {
  /** Long 20 of A, then the exits called on each bar from bar 1 on. */
  const exits = (calls: (desk: Desk) => void, ...rows: number[][]) =>
    tell(
      run(barsOf([STILL, STILL, ...rows]), {}, (desk, bar) => {
        if (bar === 0) desk.entry("A", LONG, { qty: 20 });
        if (bar >= 1) calls(desk);
      }),
    );

  test("calls reserve quantity in order, whichever is met first", () => {
    // The limit has 19 of 20; the stop, although called with 20, the last one.
    const calls = (desk: Desk) => {
      desk.exit("limit", "A", { qty: 19, limit: 110 });
      desk.exit("stop", "A", { qty: 20, stop: 95 });
    };
    expect(exits(calls, [100, 101, 94, 100], [100, 112, 99, 110])).toEqual([
      "long 1 of A: 1 @ 100 → 2 @ 95 by stop",
      "long 19 of A: 1 @ 100 → 3 @ 110 by limit",
    ]);
  });

  test("a part is a share of the original size and fires once, called again and again", () => {
    const calls = (desk: Desk) => {
      desk.exit("half", "A", { qtyPercent: 50, limit: 105 });
      desk.exit("rest", "A", { limit: 110, stop: 90 });
    };
    const rows = [
      [100, 106, 99, 100],
      [100, 107, 99, 100],
      [100, 111, 99, 100],
    ];
    expect(exits(calls, ...rows)).toEqual([
      "long 10 of A: 1 @ 100 → 2 @ 105 by half",
      "long 10 of A: 1 @ 100 → 4 @ 110 by rest",
    ]);
  });

  test("after a close of part of the entry an exit takes what is left", () => {
    const result = run(barsOf([STILL, STILL, STILL, [100, 101, 90, 95]]), {}, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG, { qty: 20 });
      if (bar === 1) desk.exit("X", "A", { qty: 15, stop: 95 });
      if (bar === 1) desk.close("A", { qty: 12 });
    });
    expect(tell(result)).toEqual([
      "long 12 of A: 1 @ 100 → 2 @ 100 by Close entry(s) order A",
      "long 8 of A: 1 @ 100 → 3 @ 95 by X",
    ]);
  });

  test("the same id replaces the levels", () => {
    const result = run(barsOf([STILL, STILL, STILL, [100, 101, 90, 95]]), {}, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG);
      if (bar === 1) desk.exit("X", "A", { stop: 98 });
      if (bar === 2) desk.exit("X", "A", { stop: 93 });
    });
    expect(tell(result)).toEqual(["long 1 of A: 1 @ 100 → 3 @ 93 by X"]);
  });

  test("cancel takes an exit away", () => {
    const result = run(barsOf([STILL, STILL, STILL, [100, 101, 90, 95]]), {}, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG);
      if (bar === 1) desk.exit("X", "A", { stop: 98 });
      if (bar === 2) desk.broker.cancel("X");
    });
    expect(tell(result)).toEqual(["long 1 of A: 1 @ 100 → open"]);
  });

  test("exits of one oca_name reduce each other", () => {
    const calls = (desk: Desk) => {
      desk.exit("one", "A", { qty: 8, limit: 105, oca: "G" });
      desk.exit("two", "A", { qty: 12, limit: 110, oca: "G" });
    };
    // 8 are sold at 105: of the 12 at 110 four stay.
    const once = run(
      barsOf([STILL, STILL, [100, 106, 99, 100], [100, 111, 99, 100]]),
      {},
      (desk, bar) => {
        if (bar === 0) desk.entry("A", LONG, { qty: 20 });
        if (bar === 1) calls(desk);
      },
    );
    expect(tell(once)).toEqual([
      "long 8 of A: 1 @ 100 → 2 @ 105 by one",
      "long 4 of A: 1 @ 100 → 3 @ 110 by two",
      "long 8 of A: 1 @ 100 → open",
    ]);
  });
});

describe("trailing stops", () => {
  // Ticks of 0.5: points 8 start it at 104, an offset of 4 keeps it 2 behind the best price.
  const trail = { trailPoints: 8, trailOffset: 4 };

  test("start at the level and follow the path within the bar", () => {
    // 100 → 99 → 106 → 103: started on the way up, 106 - 2 = 104 on the way back.
    expect(bracket(trail, [100, 106, 99, 103])[0]).toContain("2 @ 104");
    // 100 → 106 → 94: the high first.
    expect(bracket(trail, [100, 106, 94, 100])[0]).toContain("2 @ 104");
    // 100 → 98 → 105 → 104.5: 103 is not met.
    expect(bracket(trail, [100, 105, 98, 104.5])[0]).toContain("open");
  });

  test("do not start below the level", () => {
    expect(bracket(trail, [100, 103.5, 98, 99])[0]).toContain("open");
  });

  test("carry over to the next bars, and fill at the open beyond a gap", () => {
    expect(bracket(trail, [100, 105, 98, 104.5], [104, 104.5, 102, 103])[0]).toContain("3 @ 103");
    expect(bracket(trail, [100, 105, 98, 104.5], [101, 102, 100, 101])[0]).toContain("3 @ 101");
    // 104.5 → 104.25 → 110: 108 is not met before the close at 109; then the next bar falls to it.
    const rows = [
      [100, 105, 98, 104.5],
      [104.5, 110, 104.25, 109],
      [109, 109.5, 105, 106],
    ];
    expect(bracket(trail, ...rows)[0]).toContain("4 @ 108");
  });

  test("without an offset they fill where they start", () => {
    expect(bracket({ trailPoints: 8, stop: 90 }, [100, 110, 99, 105])[0]).toContain("2 @ 104");
  });

  test("start at a price", () => {
    expect(bracket({ trailPrice: 103, trailOffset: 2 }, [100, 106, 99, 103])[0]).toContain(
      "2 @ 105",
    );
  });

  test("beside a fixed stop the nearer of the two counts", () => {
    const both = { ...trail, stop: 97 };
    expect(bracket(both, [100, 101, 96, 100])[0]).toContain("2 @ 97");
    expect(bracket(both, [100, 106, 99, 103])[0]).toContain("2 @ 104");
  });

  test("mirror for a short position", () => {
    const rows = [STILL, STILL, [100, 101, 94, 97]];
    // 100 → 101 → 94 → 97: started at 96, 94 + 2 = 96 on the way back.
    const result = run(barsOf(rows), { tick: 0.5 }, (desk, bar) => {
      if (bar === 0) desk.entry("A", SHORT);
      if (bar === 1) desk.exit("X", "A", trail);
    });
    expect(tell(result)).toEqual(["short 1 of A: 1 @ 100 → 2 @ 96 by X"]);
  });

  test("called again unchanged they go on; changed they begin anew at this close", () => {
    const rows = [STILL, STILL, [100, 110, 100, 109], [109, 109, 107.5, 108], [108, 108, 105, 105]];
    const result = (later: Exit) =>
      tell(
        run(barsOf(rows), { tick: 0.5 }, (desk, bar) => {
          if (bar === 0) desk.entry("A", LONG);
          if (bar === 1) desk.exit("X", "A", trail);
          if (bar > 1) desk.exit("X", "A", later);
        }),
      )[0];
    // 110 - 2 = 108, met on bar 3.
    expect(result(trail)).toContain("3 @ 108");
    // Begun anew at the close of 109 with 3 behind: 106; on bar 3 it stays there, on bar 4 it is met.
    expect(result({ trailPoints: 8, trailOffset: 6 })).toContain("4 @ 106");
  });

  test("an exit that is new to an open trade follows from that close on, not from the bar's high", () => {
    const rows = [STILL, [100, 108, 100, 105], [105, 105.5, 102, 103]];
    const result = run(barsOf(rows), { tick: 0.5 }, (desk, bar) => {
      if (bar === 0) desk.entry("A", LONG);
      if (bar === 1) desk.exit("X", "A", trail);
    });
    // 105 - 2 = 103; then 105.5 - 2 = 103.5, as the open is nearer the high.
    expect(tell(result)[0]).toContain("2 @ 103.5");
  });
});
