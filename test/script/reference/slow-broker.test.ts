import { describe, expect, test } from "vitest";
import { parseScript } from "../../../src/dsl/text/parse/parse-script.ts";
import type { SlowBars } from "./broker.ts";
import { interpretScript, type SlowOptions } from "./interpret-script.ts";

/** Bars as [open, high, low, close], an hour apart from 2024-01-01 on. */
function barsOf(rows: readonly (readonly [number, number, number, number])[]): SlowBars {
  return {
    time: rows.map((_, i) => Date.UTC(2024, 0, 1) + 3_600_000 * i),
    open: rows.map((row) => row[0]),
    high: rows.map((row) => row[1]),
    low: rows.map((row) => row[2]),
    close: rows.map((row) => row[3]),
    volume: rows.map(() => 1),
  };
}

function run(text: string, rows: Parameters<typeof barsOf>[0], options: SlowOptions = {}) {
  const { script, diagnostics } = parseScript(text);
  expect(diagnostics).toEqual([]);
  const settings = { initial_capital: 10_000, ...options.settings };
  return interpretScript(script, barsOf(rows), { ...options, settings });
}

const head = (settings = "") =>
  `//@version=5\nstrategy("t"${settings === "" ? "" : `, ${settings}`})\n`;
const fills = ({ fills }: ReturnType<typeof run>) =>
  fills.map(({ bar, id, qty, price }) => [bar, id, qty, price]);
/** Signal on bar 0, fill at the open of bar 1: 100. */
const FLAT: [number, number, number, number] = [100, 100, 100, 100];
const LONG = 'if bar_index == 0\n    strategy.entry("L", strategy.long)\n';

describe("the slow broker, worked by hand", () => {
  test("fills market orders at the next open, marks equity at the close", () => {
    const { equity, fills: found } = run(head() + LONG, [
      FLAT,
      [101, 104, 100, 103],
      [103, 106, 103, 105],
    ]);
    expect(found).toEqual([{ bar: 1, id: "L", qty: 1, price: 101, commission: 0 }]);
    // 10000 - 101 + 103, then + 105.
    expect(equity).toEqual([10000, 10002, 10004]);
  });

  test("process_orders_on_close fills on the signal bar", () => {
    const found = run(head("process_orders_on_close=true") + LONG, [
      [99, 101, 98, 100],
      [103, 106, 103, 105],
    ]);
    expect(fills(found)).toEqual([[0, "L", 1, 100]]);
    expect(found.equity).toEqual([10000, 10005]);
  });

  test("an opposite entry reverses: the position and its own quantity", () => {
    const text = `${head()}if bar_index == 0\n    strategy.entry("L", strategy.long, qty=2)\nif bar_index == 1\n    strategy.entry("S", strategy.short, qty=3)\n`;
    const found = run(text, [FLAT, FLAT, FLAT]);
    expect(fills(found)).toEqual([
      [1, "L", 2, 100],
      [2, "S", -5, 100],
    ]);
    expect(found.closed).toBe(1);
    expect(found.trades.map(({ direction, qty }) => direction * qty)).toEqual([2, -3]);
  });

  test("pyramiding bars a second entry of the side; strategy.order does not ask", () => {
    const text = (call: string, settings: string) =>
      `${head(settings)}if bar_index < 3\n    strategy.${call}("L", strategy.long)\n`;
    const bars = [FLAT, FLAT, FLAT, FLAT, FLAT];
    expect(fills(run(text("entry", ""), bars)).length).toBe(1);
    expect(fills(run(text("entry", "pyramiding=2"), bars)).length).toBe(2);
    expect(fills(run(text("order", ""), bars)).length).toBe(3);
  });

  test("the path goes first to the extreme nearer the open: O-H-L-C only where strictly nearer", () => {
    const exits = `${head()}${LONG}strategy.exit("X", "L", limit=102, stop=98)\n`;
    // Open 100 stands 2.5 below the high and 3 above the low: the high is first, the limit is hit.
    expect(fills(run(exits, [FLAT, FLAT, [100, 102.5, 97, 100]]))[1]).toEqual([2, "X", -1, 102]);
    // As far from both: the low is first, the stop is hit.
    expect(fills(run(exits, [FLAT, FLAT, [100, 103, 97, 100]]))[1]).toEqual([2, "X", -1, 98]);
  });

  test("what the gap crossed fills at the open", () => {
    const exits = `${head()}${LONG}strategy.exit("X", "L", limit=102, stop=98)\n`;
    expect(fills(run(exits, [FLAT, FLAT, [95, 96, 94, 95]]))[1]).toEqual([2, "X", -1, 95]);
    expect(fills(run(exits, [FLAT, FLAT, [105, 106, 104, 105]]))[1]).toEqual([2, "X", -1, 105]);
  });

  test("profit and loss are ticks from the entry, and a touch is enough", () => {
    const text = `${head()}${LONG}strategy.exit("X", "L", profit=150, loss=200)\n`;
    // 150 ticks of 0.01 above 100.
    expect(fills(run(text, [FLAT, FLAT, [100, 101.5, 99, 100]]))[1]).toEqual([2, "X", -1, 101.5]);
    expect(fills(run(text, [FLAT, FLAT, [100, 101, 98, 100]]))[1]).toEqual([2, "X", -1, 98]);
  });

  test("slippage is adverse on market and stop fills, none on limits; percent commission on each fill", () => {
    const settings = "slippage=10, commission_type=strategy.commission.percent, commission_value=1";
    const text = `${head(settings)}${LONG}strategy.exit("X", "L", limit=102, stop=98)\n`;
    const found = run(text, [FLAT, FLAT, [100, 102.5, 97, 100]]);
    // Bought at 100 + 10·0.01, 1 % of it is 1.001; sold at the limit 102, 1 % is 1.02.
    expect(fills(found)).toEqual([
      [1, "L", 1, 100.1],
      [2, "X", -1, 102],
    ]);
    expect(found.trades[0].commission).toBeCloseTo(2.021, 12);
    expect(found.trades[0].profit).toBeCloseTo(1.9 - 2.021, 12);
    const stopped = run(text, [FLAT, FLAT, [100, 103, 97, 100]]);
    expect(fills(stopped)[1]).toEqual([2, "X", -1, 97.9]);
  });

  test("a fee per order is paid once by a reversal and split by quantity", () => {
    const settings = "commission_type=strategy.commission.cash_per_order, commission_value=3";
    const text = `${head(settings)}${LONG}if bar_index == 1\n    strategy.entry("S", strategy.short, qty=2)\n`;
    const found = run(text, [FLAT, FLAT, FLAT]);
    // In: 3. The reversal of 1 + 2 costs 3, of which 1 closes and 2 opens.
    expect(found.trades.map(({ commission }) => commission)).toEqual([4, 2]);
    expect(found.equity).toEqual([10000, 9997, 9994]);
  });

  test("partial exits take slices of the original size, in the order of the calls, and fire once", () => {
    const text = `${head()}if bar_index == 0\n    strategy.entry("L", strategy.long, qty=4)\nstrategy.exit("half", "L", qty_percent=50, limit=101)\nstrategy.exit("rest", "L", limit=102)\n`;
    const found = run(text, [
      FLAT,
      FLAT,
      [100, 101, 100, 101],
      [101, 101.5, 101, 101],
      [101, 102, 101, 102],
    ]);
    expect(fills(found)).toEqual([
      [1, "L", 4, 100],
      [2, "half", -2, 101],
      [4, "rest", -2, 102],
    ]);
  });

  test("a trailing stop starts at its points and follows the best price", () => {
    const text = `${head()}${LONG}strategy.exit("X", "L", trail_points=200, trail_offset=100)\n`;
    // Starts at 102, follows to 104, sells at 103 on the way down within the bar.
    expect(fills(run(text, [FLAT, FLAT, [101, 104, 97.5, 98]]))[1]).toEqual([2, "X", -1, 103]);
    // Not started at 101.9.
    expect(fills(run(text, [FLAT, FLAT, [101, 101.9, 100, 100]])).length).toBe(1);
  });

  test("a cancelled order does not fill, and OCA cancels the rest of its group", () => {
    const text = `${head()}if bar_index == 0\n    strategy.order("up", strategy.long, stop=102, oca_name="g", oca_type=strategy.oca.cancel)\n    strategy.order("down", strategy.short, stop=98, oca_name="g", oca_type=strategy.oca.cancel)\n`;
    expect(fills(run(text, [FLAT, [100, 103, 95, 97]]))).toEqual([[1, "up", 1, 102]]);
    const cancelled = `${text}    strategy.cancel("up")\n`;
    expect(fills(run(cancelled, [FLAT, [100, 103, 95, 97]]))).toEqual([[1, "down", -1, 98]]);
  });

  test("OCA reduce takes the filled quantity off the others", () => {
    const text = `${head()}if bar_index == 0\n    strategy.order("one", strategy.long, 1, stop=101, oca_name="g", oca_type=strategy.oca.reduce)\n    strategy.order("three", strategy.long, 3, stop=102, oca_name="g", oca_type=strategy.oca.reduce)\n`;
    expect(fills(run(text, [FLAT, [100, 103, 99, 100]]))).toEqual([
      [1, "one", 1, 101],
      [1, "three", 2, 102],
    ]);
  });

  test("percent of equity: money as of the call, commission included, cut to the lot step", () => {
    const settings =
      "default_qty_type=strategy.percent_of_equity, default_qty_value=10, commission_type=strategy.commission.percent, commission_value=0.5";
    const found = run(head(settings) + LONG, [FLAT, FLAT], { settings: { lot_step: 0.01 } });
    // 1000 / (100 · 1.005) = 9.9502…
    expect(fills(found)).toEqual([[1, "L", 9.95, 100]]);
  });

  test("what free cash does not pay for is rejected whole under margin 100", () => {
    const text = `//@version=6\nstrategy("t")\nif bar_index == 0\n    strategy.entry("L", strategy.long, qty=101)\n`;
    const found = run(text, [FLAT, FLAT]);
    expect([found.fills.length, found.rejections]).toEqual([0, 1]);
    expect(fills(run(text.replace("101", "100"), [FLAT, FLAT]))).toEqual([[1, "L", 100, 100]]);
  });

  test("close takes the entries of its name; the ledger the oldest first, or those of the name under ANY", () => {
    const text = (rule: string) =>
      `${head(`pyramiding=2, close_entries_rule="${rule}"`)}if bar_index == 0\n    strategy.entry("A", strategy.long)\nif bar_index == 1\n    strategy.entry("B", strategy.long)\nif bar_index == 2\n    strategy.close("B")\n`;
    const bars = [FLAT, FLAT, FLAT, FLAT];
    expect(run(text("FIFO"), bars).trades[0].entryId).toBe("A");
    expect(run(text("ANY"), bars).trades[0].entryId).toBe("B");
  });

  test("risk: only one side may be entered, the other closes; size is capped", () => {
    const sides = `${head()}strategy.risk.allow_entry_in(strategy.direction.long)\n${LONG}if bar_index == 1\n    strategy.entry("S", strategy.short)\n`;
    expect(fills(run(sides, [FLAT, FLAT, FLAT]))).toEqual([
      [1, "L", 1, 100],
      [2, "S", -1, 100],
    ]);
    const capped = `${head()}strategy.risk.max_position_size(2)\nif bar_index == 0\n    strategy.entry("L", strategy.long, qty=5)\n`;
    expect(fills(run(capped, [FLAT, FLAT]))).toEqual([[1, "L", 2, 100]]);
  });
});
