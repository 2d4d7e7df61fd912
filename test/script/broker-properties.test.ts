import fc from "fast-check";
import { expect, test } from "vitest";
import type { ScriptBrokerSettings } from "../../src/backtest/script/index.ts";
import type { Bars } from "../../src/vector/columns.ts";
import { generator, runSeed } from "../kernels/cases.ts";
import { barsOf, type Desk, LONG, NA, run, SHORT } from "./broker-support.ts";

const seed = runSeed("broker properties");
const RUNS = 90;
const BARS = 120;
const LOT = 1e-3;
/** Exits of the broker's own, which no program placed. */
const FORCED = ["Margin call", "Risk management close"];

const settings = fc.record({
  initial_capital: fc.constantFrom(1e3, 1e6),
  default_qty_type: fc.constantFrom("fixed", "cash", "percent_of_equity"),
  default_qty_value: fc.constantFrom(1, 0.1, 10, 250),
  pyramiding: fc.integer({ min: 0, max: 4 }),
  commission_type: fc.constant("percent"),
  commission_value: fc.constantFrom(0, 0.1),
  process_orders_on_close: fc.boolean(),
  close_entries_rule: fc.constantFrom("FIFO", "ANY"),
  margin_long: fc.constantFrom(0, 20, 100),
  margin_short: fc.constantFrom(0, 20, 100),
  backtest_fill_limits_assumption: fc.constantFrom(0, 0, 2),
  snap: fc.boolean(),
}) as fc.Arbitrary<Partial<ScriptBrokerSettings>>;

const cases = fc.record({ seed: fc.nat(), settings });

test("whatever a program orders, money and position are conserved and fills are possible", () => {
  let fills = 0;
  fc.assert(
    fc.property(cases, (given) => {
      const next = generator(given.seed);
      const bars = walk(next);
      const chosen = { ...given.settings, tick: 0.25, lot_step: LOT };
      const sizes: number[] = [];
      const result = run(bars, chosen, (desk, bar) => {
        sizes[bar] = desk.broker.position_size;
        const { broker } = desk;
        let open = 0;
        for (let i = 0; i < broker.opentrades; i++) open += lots(broker.trade("open", "size", i));
        // The open trades are the position, exactly.
        if (open !== lots(broker.position_size)) throw new Error(`open trades on bar ${bar}`);
        act(desk, bars.close[bar], next);
      });
      const { trades, labels } = result;
      const rate = (chosen.commission_value ?? 0) / 100;
      const onClose = chosen.process_orders_on_close ?? false;
      // One assertion for all: an expectation each would take most of the time.
      const wrong: string[] = [];
      const claim = (holds: boolean, what: string) => holds || wrong.push(what);
      for (let i = 0; i < trades.length; i++) {
        const lot = trades.quantity[i] / LOT;
        claim(Math.abs(lot - lots(trades.quantity[i])) < 1e-6, `quantity of ${i}`);
        claim(within(bars, trades.entryBar[i], trades.entryPrice[i]), `entry price of ${i}`);
        const waited = trades.entryBar[i] - trades.entrySignalBar[i];
        claim(waited >= (onClose ? 0 : 1), `entry of ${i} before it was placed`);
        if (trades.open[i] === 1) continue;
        claim(within(bars, trades.exitBar[i], trades.exitPrice[i]), `exit price of ${i}`);
        claim(trades.exitBar[i] >= trades.entryBar[i], `exit of ${i} before its entry`);
        if (FORCED.includes(labels.exitId[i])) continue;
        const soon = onClose || labels.exitComment[i] === "now";
        const wait = trades.exitBar[i] - trades.exitSignalBar[i];
        claim(wait >= (soon ? 0 : 1), `exit of ${i} before it was placed`);
      }
      for (let bar = 0; bar < BARS; bar++) {
        const equity = worth(result, bars, bar, chosen.initial_capital ?? 0, rate);
        const scale = Math.abs(equity) + Math.abs(result.traded);
        claim(Math.abs(result.equity[bar] - equity) <= 1e-9 * scale, `equity of ${bar}`);
      }
      expect(wrong).toEqual([]);
      const last = result.position === 0 ? 0 : result.position * bars.close[BARS - 1];
      expect(result.equity[BARS - 1]).toBe(result.cash + last);
      fills += result.fills;
    }),
    { numRuns: RUNS, seed },
  );
  expect(fills).toBeGreaterThan(10 * RUNS);
});

test("a program that looks at nothing trades on a shorter history as on a longer one", () => {
  fc.assert(
    fc.property(cases, fc.integer({ min: 1, max: BARS }), (given, length) => {
      const all = walk(generator(given.seed));
      const cut = Object.fromEntries(
        Object.entries(all).map(([name, column]) => [name, column.subarray(0, length)]),
      ) as unknown as Bars;
      const equity = (bars: Bars) => {
        const next = generator(given.seed + 1);
        const chosen = { ...given.settings, tick: 0.25, lot_step: LOT };
        return run(bars, chosen, (desk, bar) => act(desk, all.close[bar], next)).equity;
      };
      expect([...equity(cut)]).toEqual([...equity(all).subarray(0, length)]);
    }),
    { numRuns: RUNS / 3, seed },
  );
});

/** Cash and position by the trades alone: what is closed has its profit, what is open its value and cost. */
function worth(
  { trades }: ReturnType<typeof run>,
  bars: Bars,
  bar: number,
  capital: number,
  rate: number,
): number {
  let equity = capital;
  for (let i = 0; i < trades.length; i++) {
    if (trades.entryBar[i] > bar) continue;
    const { [i]: quantity } = trades.quantity;
    const { [i]: price } = trades.entryPrice;
    if (trades.open[i] === 0 && trades.exitBar[i] <= bar) equity += trades.pnl[i];
    else equity += trades.side[i] * quantity * (bars.close[bar] - price) - quantity * price * rate;
  }
  return equity;
}

function lots(quantity: number): number {
  return Math.round(quantity / LOT);
}

function within(bars: Bars, bar: number, price: number): boolean {
  return price >= bars.low[bar] && price <= bars.high[bar];
}

/** Prices on a grid of quarters, so that touches and ties occur. */
function walk(next: () => number): Bars {
  const quarters = (x: number) => Math.round(4 * x) / 4;
  let price = 100;
  const rows = Array.from({ length: BARS }, () => {
    const open = price + (next() < 0.2 ? quarters(6 * next() - 3) : 0);
    const close = Math.max(20, open + quarters(8 * next() - 4));
    price = close;
    const high = Math.max(open, close) + quarters(3 * next());
    const low = Math.min(open, close) - quarters(3 * next());
    return [open, high, low, close];
  });
  return barsOf(rows);
}

/** A few random calls at a close. */
function act(desk: Desk, close: number, next: () => number): void {
  const pick = <T>(...of: T[]): T => of[Math.floor(next() * of.length)];
  const near = () => close + 8 * next() - 4;
  const maybe = (value: () => number) => (next() < 0.5 ? value() : NA);
  const id = () => pick("A", "B", "C");
  const group = () => ({ oca: pick("", "", "G"), ocaType: pick("none", "cancel", "reduce") });
  for (let n = Math.floor(3 * next()); n > 0; n--) {
    const qty = maybe(() => 3 * next());
    const levels = { limit: next() < 0.3 ? near() : NA, stop: next() < 0.3 ? near() : NA };
    const side = pick(LONG, SHORT);
    switch (pick("entry", "entry", "order", "exit", "exit", "close", "all", "cancel")) {
      case "entry":
        desk.entry(id(), side, { qty, ...levels, ...group() });
        break;
      case "order":
        desk.order(id(), side, { qty, ...levels, ...group() });
        break;
      case "exit":
        desk.exit(pick("X", "Y"), pick("", "A", "B", "C"), {
          qty: next() < 0.3 ? 2 * next() : NA,
          qtyPercent: next() < 0.3 ? 100 * next() : NA,
          profit: maybe(() => Math.floor(12 * next())),
          limit: next() < 0.2 ? near() : NA,
          loss: maybe(() => Math.floor(12 * next())),
          stop: next() < 0.2 ? near() : NA,
          trailPoints: maybe(() => Math.floor(8 * next())),
          trailPrice: next() < 0.2 ? near() : NA,
          trailOffset: maybe(() => Math.floor(6 * next())),
          oca: pick("", "", "", "G"),
        });
        break;
      case "close":
        desk.close(id(), { qtyPercent: maybe(() => 120 * next()) });
        break;
      case "all":
        desk.broker.closeAll(next() < 0.5, "now");
        break;
      case "cancel":
        if (next() < 0.5) desk.broker.cancel(pick("A", "X"));
        else desk.broker.cancelAll();
    }
  }
}
