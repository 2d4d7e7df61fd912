import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile.ts";
import { runScript } from "../../src/script/run-script.ts";
import { barsOf } from "./broker-support.ts";
import { type Row, told, trading } from "./by-hand-support.ts";

const at = (price: number): Row => [price, price, price, price];
const LONG = 'strategy.entry("A", strategy.long)';
const OUT = 'strategy.close("A")';

describe("money at the start", () => {
  const flat = barsOf([at(10), at(10), at(10)]);
  const text = (version: number, settings = "") => `//@version=${version}
strategy("t"${settings}, default_qty_type=strategy.percent_of_equity, default_qty_value=50)
if bar_index == 0
    strategy.entry("A", strategy.long)
`;

  test.each([
    [2, 100_000],
    [3, 100_000],
    [4, 100_000],
    [5, 1_000_000],
    [6, 1_000_000],
  ])("version %i: %i where the script names none", (version, capital) => {
    const { trades, equity } = told(text(version), flat, 1);
    expect(equity).toEqual([capital, capital, capital]);
    // Half of it at 10.
    expect(trades).toEqual([`long ${capital / 20} of A: 1 @ 10 → open`]);
  });

  test("what the script names counts, and --cash before it", () => {
    expect(told(text(5, ", initial_capital=500"), flat, 1).equity).toEqual([500, 500, 500]);
    for (const settings of ["", ", initial_capital=500"]) {
      const { script } = compile(text(5, settings), { file: "x.pine" });
      const run = runScript(script!.code(), flat, { cash: 2000 });
      expect([...run.simulation.equity]).toEqual([2000, 2000, 2000]);
      expect([...run.simulation.trades.quantity]).toEqual([100]);
    }
  });
});

describe("commission (SEMANTICS 5.7)", () => {
  const rows = [at(100), at(100), at(120)];
  const calls = { 0: 'strategy.entry("A", strategy.long, 2)', 1: OUT };
  const paid = (settings: string) => trading({ settings, rows, calls });

  test("percent of the value of each fill", () => {
    // 1 % of 200 and of 240 is 2 + 2.4; profit 40 - 4.4.
    const { commissions, equity } = paid(
      "commission_type=strategy.commission.percent, commission_value=1",
    );
    expect(commissions).toEqual([4.4]);
    expect(equity).toEqual([10_000, 9_998, 10_035.6]);
  });

  test("per contract", () => {
    // 0.5 each for 2 bought and 2 sold.
    const { commissions, equity } = paid(
      "commission_type=strategy.commission.cash_per_contract, commission_value=0.5",
    );
    expect(commissions).toEqual([2]);
    expect(equity).toEqual([10_000, 9_999, 10_038]);
  });

  test("per order", () => {
    const { commissions, equity } = paid(
      "commission_type=strategy.commission.cash_per_order, commission_value=3",
    );
    expect(commissions).toEqual([6]);
    expect(equity).toEqual([10_000, 9_997, 10_034]);
  });

  test("a reversal is one order: its fee is split by quantity", () => {
    // Buys 3 (fee 8), then sells 3 + 1 (fee 8: 6 for closing 3, 2 for opening 1).
    const settings = "commission_type=strategy.commission.cash_per_order, commission_value=8";
    const reversal = {
      0: 'strategy.entry("A", strategy.long, 3)',
      1: 'strategy.entry("B", strategy.short, 1)',
    };
    const { trades, commissions, equity } = trading({ settings, rows, calls: reversal });
    expect(trades).toEqual(["long 3 of A: 1 @ 100 → 2 @ 120 by B", "short 1 of B: 2 @ 120 → open"]);
    expect(commissions).toEqual([14, 2]);
    // 3 · 20 - 16.
    expect(equity.at(-1)).toBe(10_044);
  });
});

describe("quantities", () => {
  const rows = [at(30), at(30), at(30)];

  test("cash buys what it buys at this close, cut down to the lot step of a millionth", () => {
    // 1,000 / 30 = 33.3333333…
    const settings = "default_qty_type=strategy.cash, default_qty_value=1000";
    expect(trading({ settings, rows, calls: { 0: LONG } }).trades).toEqual([
      "long 33.333333 of A: 1 @ 30 → open",
    ]);
  });

  test("percent_of_equity leaves room for the commission", () => {
    // 10,000 = q · 30 · 1.01: q = 330.0330033…
    const settings =
      "default_qty_type=strategy.percent_of_equity, default_qty_value=100, commission_value=1";
    expect(trading({ settings, rows, calls: { 0: LONG } }).trades).toEqual([
      "long 330.033003 of A: 1 @ 30 → open",
    ]);
  });

  test("tenths are tenths: 0.1 and 0.2 bought, 0.3 sold is flat", () => {
    const calls = {
      0: 'strategy.order("a", strategy.long, 0.1)\nstrategy.order("b", strategy.long, 0.2)',
      1: 'strategy.order("c", strategy.short, 0.3)',
    };
    expect(trading({ rows, calls }).trades).toEqual([
      "long 0.1 of a: 1 @ 30 → 2 @ 30 by c",
      "long 0.2 of b: 1 @ 30 → 2 @ 30 by c",
    ]);
  });
});

describe("what can be afforded (SEMANTICS 5.9)", () => {
  const rows = [at(100), at(100), at(100), at(100)];
  const buy = (qty: number) => `strategy.entry("A", strategy.long, ${qty})`;
  const capital = "initial_capital=1000";

  test("version 6 takes no order above the cash, version 5 does", () => {
    // 11 · 100 = 1,100 of 1,000.
    expect(trading({ version: 6, settings: capital, rows, calls: { 0: buy(11) } }).trades).toEqual(
      [],
    );
    expect(trading({ version: 5, settings: capital, rows, calls: { 0: buy(11) } }).trades).toEqual([
      "long 11 of A: 1 @ 100 → open",
    ]);
  });

  test("all of the cash can be spent", () => {
    expect(trading({ version: 6, settings: capital, rows, calls: { 0: buy(10) } }).trades).toEqual([
      "long 10 of A: 1 @ 100 → open",
    ]);
  });

  test("a margin of 20 % carries five times the cash", () => {
    // 50 · 100 · 20 % = 1,000; one more is too much.
    const settings = `${capital}, margin_long=20`;
    expect(trading({ version: 6, settings, rows, calls: { 0: buy(50) } }).trades).toHaveLength(1);
    expect(trading({ version: 6, settings, rows, calls: { 0: buy(51) } }).trades).toEqual([]);
  });

  test("closing is always allowed", () => {
    // Bought with all the cash; the fee of the sale is not there.
    const settings = `${capital}, commission_type=strategy.commission.cash_per_order, commission_value=0`;
    const calls = { 0: buy(10), 1: OUT };
    expect(trading({ version: 6, settings, rows, calls }).trades).toEqual([
      "long 10 of A: 1 @ 100 → 2 @ 100 by Close entry(s) order A",
    ]);
  });

  test("a margin call sells four times what is missing", () => {
    // 40 at 100 on 25 % of 4,000 = 1,000. At 95: equity 800, margin 950, 150 missing = 6.315789… units' margin (150 / 0.25 / 95),
    // four times that is 25.263156.
    const settings = `${capital}, margin_long=25`;
    const down: Row[] = [at(100), at(100), [100, 100, 95, 95]];
    expect(trading({ version: 6, settings, rows: down, calls: { 0: buy(40) } }).trades).toEqual([
      "long 25.263156 of A: 1 @ 100 → 2 @ 95 by Margin call",
      "long 14.736844 of A: 1 @ 100 → open",
    ]);
  });
});

describe("strategy.risk", () => {
  test("allow_entry_in: an entry the other way only closes", () => {
    const calls = {
      0: `strategy.risk.allow_entry_in(strategy.direction.long)\n${LONG}`,
      1: 'strategy.entry("B", strategy.short, 5)',
    };
    expect(trading({ rows: [at(10), at(11), at(12), at(13)], calls }).trades).toEqual([
      "long 1 of A: 1 @ 11 → 2 @ 12 by B",
    ]);
  });

  test("max_position_size cuts an order down", () => {
    // 3 of at most 4 are held: of the next 3 one is bought.
    const calls = {
      0: 'strategy.risk.max_position_size(4)\nstrategy.entry("A", strategy.long, 3)',
      1: 'strategy.entry("B", strategy.long, 3)',
    };
    const rows = [at(10), at(11), at(12)];
    expect(trading({ settings: "pyramiding=5", rows, calls }).trades).toEqual([
      "long 3 of A: 1 @ 11 → open",
      "long 1 of B: 2 @ 12 → open",
    ]);
  });

  test("max_intraday_filled_orders closes at the last of them and refuses more that day", () => {
    // The reversal of bar 2 is the second fill: what it opened is closed where it was opened.
    const calls = {
      0: `strategy.risk.max_intraday_filled_orders(2)\n${LONG}`,
      1: 'strategy.entry("B", strategy.short)',
      2: 'strategy.entry("C", strategy.long)',
    };
    expect(trading({ rows: [at(10), at(11), at(12), at(13), at(14)], calls }).trades).toEqual([
      "long 1 of A: 1 @ 11 → 2 @ 12 by B",
      "short 1 of B: 2 @ 12 → 2 @ 12 by Risk management close",
    ]);
  });

  test("max_intraday_loss closes at the point of the path where the loss is reached", () => {
    // 10 bought at 100: at the low 94 the loss is 60 of 50 allowed.
    const calls = {
      0: 'strategy.risk.max_intraday_loss(50, strategy.cash)\nstrategy.entry("A", strategy.long, 10)',
    };
    const rows: Row[] = [at(100), at(100), [100, 101, 94, 99], at(99)];
    expect(trading({ rows, calls }).trades).toEqual([
      "long 10 of A: 1 @ 100 → 2 @ 94 by Risk management close",
    ]);
  });

  test("max_drawdown stops for good once a closed trade has lost so much", () => {
    // In at 100, out at 94: 60 lost of 50 allowed. B is refused.
    const calls = {
      0: 'strategy.risk.max_drawdown(50, strategy.cash)\nstrategy.entry("A", strategy.long, 10)',
      1: OUT,
      2: 'strategy.entry("B", strategy.long)',
    };
    expect(trading({ rows: [at(100), at(100), at(94), at(94)], calls }).trades).toEqual([
      "long 10 of A: 1 @ 100 → 2 @ 94 by Close entry(s) order A",
    ]);
  });
});
