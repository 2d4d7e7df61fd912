import { expect } from "vitest";
import type { Bars } from "../../src/vector/columns.ts";
import type { ReferenceTrade } from "../reference/broker.ts";
import type { ReferenceRun } from "../reference/simulate.ts";
import type { runOf } from "./product.ts";

/** Relative room for sums that may be added in another order. */
const TOLERANCE = 1e-12;

/**
 * Holds a run of the product to the reference: times, sides, order and fixed quantities exactly, money to the
 * last digits. Where a decision hung on less than SEMANTICS fixes, only the bars before it are compared.
 */
export function expectAgreement(
  actual: ReturnType<typeof runOf>,
  expected: ReferenceRun,
  bars: Bars,
  cash: number,
): void {
  const moved = expected.trades.reduce((sum, trade) => sum + worth(trade), cash);
  const certain = Math.min(expected.doubtfulBar ?? bars.time.length, spentBar(expected, cash));
  const near = (a: number, b: number) => Math.abs(a - b) <= TOLERANCE * moved;
  const different = actual.equity.findIndex(
    (value, bar) => bar < certain && !near(value, expected.equity[bar]),
  );
  expect
    .soft(
      different,
      `equity ${actual.equity[different]} is ${expected.equity[different]} on that bar`,
    )
    .toBe(-1);
  expect(actual.equity.length).toBe(expected.equity.length);
  if (certain < bars.time.length) return;

  const total = expected.trades.reduce((sum, { quantity }) => sum + quantity, 0);
  // A slice that only the rounding of sizes cut off is no trade.
  const dust = expected.roundedQuantities ? 1e-9 * total : 0;
  const trades = expected.trades.filter(({ quantity }) => quantity >= dust);
  const rows = trades.map((trade) => rowOf(trade, bars));
  const quantities = actual.trades["quantity"] as number[];
  const column = (name: keyof (typeof rows)[number]) =>
    actual.trades[name].filter((_, index) => quantities[index] >= dust);
  for (const name of EXACT) expect(column(name), name).toEqual(rows.map((row) => row[name]));
  for (const name of NUMBERS) {
    const values = column(name) as (number | null)[];
    rows.forEach((row, index) => {
      const [value, wanted] = [values[index], row[name]];
      const own = DIFFERENCES.has(name) ? worth(trades[index]) : Math.abs(wanted ?? 0);
      // What is left of rounded quantities is as uncertain as their sum.
      const whole = name === "quantity" ? total : moved;
      const exactly = name === "quantity" && !expected.roundedQuantities;
      const room = exactly ? 0 : TOLERANCE * (expected.roundedQuantities ? whole : own);
      const agrees = value === wanted || Math.abs((value ?? NaN) - (wanted ?? NaN)) <= room;
      expect(agrees, `trade ${index}: ${name} ${value} is ${wanted}`).toBe(true);
    });
  }
  expect(actual.rejections.count).toBe(expected.rejections.length);
  expect(
    actual.rejections.listed.map(({ side, signalBar, bar }) => [side, signalBar, bar]),
  ).toEqual(
    expected.rejections.slice(0, 100).map(({ side, signalBar, bar }) => [side, signalBar, bar]),
  );
  expect(actual.pending.map(({ side, signalBar }) => [side, signalBar])).toEqual(
    expected.pending.map(({ side, signalBar }) => [side, signalBar]),
  );
}

/**
 * The bar on which an account that trades rounded sizes has lost 99 %, else the number of bars. Rounding is
 * relative to the orders of the early bars, so the later, small ones are all rounding in the end.
 */
function spentBar({ roundedQuantities, equity }: ReferenceRun, cash: number): number {
  const bar = roundedQuantities ? equity.findIndex((value) => value < 0.01 * cash) : -1;
  return bar < 0 ? equity.length : bar;
}

const EXACT = [
  "side",
  "status",
  "entry_signal_time",
  "entry_time",
  "exit_signal_time",
  "exit_time",
  "bars_held",
] as const;
const NUMBERS = [
  "quantity",
  "entry_price",
  "exit_price",
  "pnl_gross",
  "commission",
  "pnl",
] as const;
/** Differences of larger numbers. */
const DIFFERENCES = new Set<string>(["pnl_gross", "pnl"]);

function worth({ quantity, entry, exit }: ReferenceTrade): number {
  return quantity * (entry.price + (exit?.price ?? 0));
}

function rowOf({ side, quantity, entry, exit, commission }: ReferenceTrade, bars: Bars) {
  const last = bars.time.length - 1;
  const time = (bar: number | undefined) => (bar === undefined ? null : bars.time[bar]);
  const marked = exit?.price ?? bars.close[last];
  const gross = (side === "long" ? 1 : -1) * quantity * (marked - entry.price);
  return {
    side,
    quantity,
    entry_signal_time: time(entry.signalBar),
    entry_time: time(entry.bar),
    entry_price: entry.price,
    exit_signal_time: time(exit?.signalBar),
    exit_time: time(exit?.bar),
    exit_price: exit?.price ?? null,
    bars_held: (exit?.bar ?? last) - entry.bar,
    pnl_gross: gross,
    commission,
    pnl: gross - commission,
    status: exit ? "closed" : "open",
  };
}
