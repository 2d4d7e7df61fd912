import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ExecutionModels, NO_MODELS } from "../../src/backtest/execution-models.ts";
import {
  NEVER,
  type RunSettings,
  type SignalExits,
  type Signals,
} from "../../src/backtest/orders.ts";
import { isPlainExecution } from "../../src/backtest/plain-execution.ts";
import { simulate } from "../../src/backtest/simulate.ts";
import { EXIT_REASONS } from "../../src/backtest/trades.ts";
import type { Bars } from "../../src/vector/columns.ts";
import { randomBars, randomSignals } from "./arbitraries.ts";

const seed = Number(process.env["SWYMC_FC_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
console.info(`execution-models SWYMC_FC_SEED=${seed}`);
const HOUR = 3_600_000;

type Row = readonly [open: number, high: number, low: number, close: number, volume?: number];

/** Hourly bars from midnight of a day on. */
function barsOf(...rows: readonly Row[]): Bars {
  const column = (k: number) => Float64Array.from(rows, (row) => row[k] ?? 1000);
  const time = Float64Array.from(rows, (_, bar) => Date.UTC(2024, 0, 1) + bar * HOUR);
  return {
    time,
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: column(4),
  };
}

const still = (price: number, volume?: number): Row =>
  volume === undefined ? [price, price, price, price] : [price, price, price, price, volume];

const at = (bars: number, ...set: readonly number[]) => {
  const mask = new Uint32Array(Math.ceil(bars / 32));
  for (const bar of set) mask[bar >>> 5]! |= 1 << (bar & 31);
  return mask;
};

/** Buys (or sells) a quantity on the close of one bar, and closes on another's. */
function once(
  data: Bars,
  quantity: string,
  options: { side?: "buy" | "sell"; enter?: number; leave?: number; exits?: SignalExits } = {},
): Signals {
  const { side = "buy", enter = 0, leave, exits } = options;
  const length = data.time.length;
  const held = leave === undefined ? NEVER : 1;
  return {
    length,
    conditions: [at(length, enter), at(length, ...(leave === undefined ? [] : [leave]))],
    rules: [
      {
        side,
        sizing: { kind: "quantity", quantity },
        when: { flat: 0, long: NEVER, short: NEVER },
      },
      {
        side: side === "buy" ? "sell" : "buy",
        sizing: { kind: "close" },
        when: { flat: NEVER, long: held, short: held },
      },
    ],
    ...(exits === undefined ? {} : { exits }),
    replaceOrders: false,
    cooldown: 0,
  };
}

const PLAIN: RunSettings = {
  cash: 10_000,
  commission: 0,
  slippage: 0,
  fill: "next_open",
  delay: 0,
  start: 0,
};

function run(
  data: Bars,
  signals: Signals,
  models: Partial<ExecutionModels>,
  settings: Partial<RunSettings> = {},
) {
  const execution = { ...NO_MODELS, ...models };
  const simulation = simulate(data, signals, { ...PLAIN, ...settings, execution });
  const { trades } = simulation;
  const rows = Array.from({ length: trades.length }, (_, i) => ({
    entry: trades.entryPrice[i],
    exit: trades.exitPrice[i],
    bar: trades.exitBar[i],
    commission: trades.commission[i],
    quantity: trades.quantity[i],
    reason: EXIT_REASONS[trades.exitReason[i]!],
  }));
  return { ...simulation, rows };
}

const flat4 = barsOf(still(100), still(100), still(100), still(100));

describe("plain execution", () => {
  test("is what has no model, no exit and no size by volatility or Kelly", () => {
    const signals = once(flat4, "1");
    expect(isPlainExecution(signals, PLAIN)).toBe(true);
    expect(isPlainExecution(signals, { ...PLAIN, execution: NO_MODELS })).toBe(true);
    const inert = { ...NO_MODELS, latencyMs: 5, bothHit: "stop_first" as const };
    expect(isPlainExecution(signals, { ...PLAIN, execution: inert })).toBe(true);
    for (const on of [{ spread: 0.1 }, { closeAtEnd: true }, { leverage: 1 }, { tick: 0.5 }]) {
      expect(isPlainExecution(signals, { ...PLAIN, execution: { ...NO_MODELS, ...on } })).toBe(
        false,
      );
    }
    expect(isPlainExecution({ ...signals, exits: {} }, PLAIN)).toBe(false);
  });
});

describe("commission", () => {
  const round = once(flat4, "2", { leave: 1 });

  test("per unit and per order stands beside the commission by value", () => {
    // Twice: 200 · 0.1 % + 2 · 0.5 + 3.
    const { commission, cash } = run(
      flat4,
      round,
      { commissionPerUnit: 0.5, commissionPerOrder: 3 },
      { commission: 0.001 },
    );
    expect(commission).toBeCloseTo(8.4, 12);
    expect(cash).toBeCloseTo(10_000 - 8.4, 9);
  });

  test("of a target is the maker's", () => {
    const data = barsOf(still(100), [100, 111, 100, 110], still(110));
    const exits = { takeProfit: { kind: "percent", percent: 10 } } as const;
    // 100 · 1 % to get in, 110 · 0.1 % to get out.
    const { commission, rows } = run(
      data,
      once(data, "1", { exits }),
      { makerCommission: 0.001 },
      { commission: 0.01 },
    );
    expect(rows).toMatchObject([{ entry: 100, exit: 110, reason: "take_profit" }]);
    expect(commission).toBeCloseTo(1.11, 12);
  });

  test("falls by tiers of what was traded before", () => {
    const tiers = [
      { volume: 0, taker: 0.01, maker: 0.01 },
      { volume: 200, taker: 0.001, maker: 0.001 },
    ];
    // 200 at 1 %, then 200 at 0.1 %.
    expect(run(flat4, round, { commissionTiers: tiers }).commission).toBeCloseTo(2.2, 12);
  });
});

describe("prices of market fills", () => {
  const round = once(flat4, "1", { leave: 1 });

  test("buys pay half the spread more, sales get half of it less", () => {
    const { rows, realism } = run(flat4, round, { spread: 0.02 });
    expect(rows).toMatchObject([{ entry: 101, exit: 99 }]);
    expect(realism).toMatchObject({ spread: 2, slippage: 0, impact: 0 });
  });

  test("ticks of slippage are against the order, and the tick rounds against it", () => {
    const { rows } = run(flat4, round, { tick: 0.25, slippageTicks: 3 });
    expect(rows).toMatchObject([{ entry: 100.75, exit: 99.25 }]);
    const odd = run(flat4, round, { tick: 0.25, spread: 0.001 });
    expect(odd.rows).toMatchObject([{ entry: 100.25, exit: 99.75 }]);
  });

  test("impact is the coefficient times the root of quantity over the day's volume before", () => {
    // Before the fill on bar 1: 400; on bar 2: 800. √(4/400) = 0.1, √(4/800) = 0.0707….
    const data = barsOf(still(100, 400), still(100, 400), still(100, 9e9), still(100, 9e9));
    const impact = { model: "square_root", coefficient: 0.5, volume: "24h" } as const;
    const { rows, realism } = run(data, once(data, "4", { leave: 1 }), { impact });
    expect(rows[0]!.entry).toBeCloseTo(105, 12);
    expect(rows[0]!.exit).toBeCloseTo(100 * (1 - 0.5 * Math.sqrt(4 / 800)), 12);
    expect(realism!.impact).toBeCloseTo(20 + 400 * 0.5 * Math.sqrt(4 / 800), 9);
  });

  test("the volume of a session is that of the last day with bars", () => {
    const rows = Array.from({ length: 60 }, (_, bar) => still(100, bar < 24 ? 100 : 1));
    const data = barsOf(...rows);
    const impact = { model: "square_root", coefficient: 1, volume: "session" } as const;
    // The order fills on bar 40, of the second day; the first one had 2,400.
    const { rows: trades } = run(data, once(data, "6", { enter: 39 }), { impact });
    expect(trades[0]!.entry).toBeCloseTo(100 * (1 + Math.sqrt(6 / 2400)), 12);
  });

  test("impact with volatility multiplies by that of a day", () => {
    // Returns of ±ln 1.1 on every bar: their mean square is ln²1.1, and four bars came before the fill.
    const data = barsOf(
      still(100, 25),
      still(110, 25),
      still(100, 25),
      still(110, 25),
      still(110, 25),
    );
    const impact = { model: "square_root_volatility", coefficient: 1, volume: "24h" } as const;
    const { rows } = run(data, once(data, "1", { enter: 3 }), { impact });
    expect(rows[0]!.entry).toBeCloseTo(110 * (1 + Math.log(1.1) * 2 * 0.1), 10);
  });

  test("impact knows nothing of the bar of the fill and later ones", () => {
    fc.assert(
      fc.property(randomBars(40), fc.integer({ min: 1, max: 30 }), (plain, bar) => {
        const volume = Float64Array.from({ length: 40 }, (_, i) => 5 + (i % 7));
        const data = { ...plain, volume };
        const impact = { model: "square_root_volatility", coefficient: 1, volume: "24h" } as const;
        const price = (from: Bars) =>
          run(from, once(from, "1", { enter: bar }), { impact }, { cash: 1e9 }).rows[0]?.entry;
        const later = (column: Float64Array, factor: number) =>
          column.map((value, i) => (i > bar ? value * factor : value));
        const changed = { ...data, volume: later(volume, 1e6), close: later(data.close, 3) };
        expect(price(changed)).toBe(price(data));
      }),
      { seed, numRuns: 200 },
    );
  });
});

describe("limits", () => {
  test("an order above the available share of a bar's volume is refused, or filled up to it", () => {
    const data = barsOf(still(100, 10), still(100, 10), still(100, 10));
    const refused = run(data, once(data, "3"), { liquidity: { share: 0.2, excess: "reject" } });
    expect(refused.rejections).toMatchObject({
      count: 1,
      listed: [{ reason: "liquidity", quantity: 3 }],
    });
    expect(refused.rows).toEqual([]);
    const cut = run(data, once(data, "3"), { liquidity: { share: 0.2, excess: "partial" } });
    expect(cut.position).toBe(2);
    expect(cut.realism).toMatchObject({ partialFills: 1 });
  });

  test("quantities are rounded down to lots, and refused below one", () => {
    expect(run(flat4, once(flat4, "2.57"), { lot: "0.25" }).position).toBe(2.5);
    const small = run(flat4, once(flat4, "0.2"), { lot: "0.25" });
    expect(small.rejections.listed).toMatchObject([{ reason: "lot" }]);
  });

  test("leverage lets orders reach a multiple of equity", () => {
    const order = once(flat4, "250");
    expect(run(flat4, order, {}).rejections.count).toBe(1);
    expect(run(flat4, order, { leverage: 2 }).rejections.count).toBe(1);
    expect(run(flat4, order, { leverage: 2.5 })).toMatchObject({ position: 250, cash: -15_000 });
  });

  test("a margin call closes all where equity is the maintenance share of the position", () => {
    // 200 at 100 with 10,000: cash -10,000. Equity is a quarter of the value at 10,000 / (200 · 0.75) = 66.67.
    const data = barsOf(still(100), still(100), [100, 100, 60, 80], still(80));
    const { rows, realism, cash } = run(data, once(data, "200"), { leverage: 2 });
    expect(rows).toMatchObject([{ bar: 2, reason: "margin_call" }]);
    expect(rows[0]!.exit).toBeCloseTo(200 / 3, 10);
    expect(realism).toMatchObject({ marginCalls: 1 });
    expect(cash).toBeCloseTo(10_000 - (200 * 100) / 3, 8);
    // A gap through it fills at the open: 200 · (50 - 100).
    const gap = barsOf(still(100), still(100), still(50), still(50));
    expect(run(gap, once(gap, "200"), { leverage: 2 }).cash).toBe(0);
  });
});

describe("carry", () => {
  test("funding is paid by longs and received by shorts at each of its hours", () => {
    const data = barsOf(...Array.from({ length: 18 }, () => still(100)));
    const funding = { rate: 0.001, hours: 8 };
    // From 01:00 on: 08:00 and 16:00.
    expect(run(data, once(data, "10"), { funding }).realism!.funding).toBeCloseTo(2, 12);
    const short = run(data, once(data, "10", { side: "sell" }), { funding });
    expect(short.realism!.funding).toBeCloseTo(-2, 12);
    expect(short.equity.at(-1)).toBeCloseTo(10_002, 9);
  });

  test("shorts and borrowed money pay by the time they are held", () => {
    const data = barsOf(still(100), still(100), still(100), still(100));
    const year = 365 * 24;
    // Short 1,000 for two hours.
    const short = run(data, once(data, "10", { side: "sell" }), { borrow: 0.1 });
    expect(short.realism!.borrow).toBeCloseTo((1000 * 0.1 * 2) / year, 9);
    // 5,000 borrowed for two hours, with interest on the first hour's interest.
    const long = run(data, once(data, "150"), { borrow: 0.1, leverage: 2 });
    const first = (5000 * 0.1) / year;
    expect(long.realism!.borrow).toBeCloseTo(2 * first + (first * 0.1) / year, 9);
  });
});

describe("exits", () => {
  const stop = { stopLoss: { kind: "percent", percent: 5 } } as const;
  const both = { ...stop, takeProfit: { kind: "percent", percent: 5 } } as const;

  test("a stop fills at its level, with the spread, or at the open behind a gap", () => {
    const data = barsOf(still(100), still(100), [98, 99, 90, 91], still(91));
    expect(run(data, once(data, "1", { exits: stop }), {}).rows).toMatchObject([
      { exit: 95, bar: 2, reason: "stop_loss" },
    ]);
    const gap = barsOf(still(100), still(100), [90, 99, 89, 91], still(91));
    expect(run(gap, once(gap, "1", { exits: stop }), {}).rows).toMatchObject([{ exit: 90 }]);
    // Entry at 101, so the stop stands at 95.95 and sells for 1 % less.
    const wide = run(data, once(data, "1", { exits: stop }), { spread: 0.02 }).rows[0]!;
    expect(wide.exit).toBeCloseTo(95.95 * 0.99, 10);
  });

  test("may be hit on the bar of the entry", () => {
    const data = barsOf(still(100), [100, 101, 94, 96], still(96));
    expect(run(data, once(data, "1", { exits: stop }), {}).rows).toMatchObject([
      { exit: 95, bar: 1 },
    ]);
  });

  test("stand the other way round for a short", () => {
    const data = barsOf(still(100), still(100), [100, 106, 99, 101], still(101));
    const signals = once(data, "1", { side: "sell", exits: both });
    expect(run(data, signals, {}).rows).toMatchObject([{ exit: 105, reason: "stop_loss" }]);
  });

  test("of a bar that reaches both go by the path, or by the policy that is named", () => {
    // The open is nearer the high.
    const data = barsOf(still(100), still(100), [101, 106, 94, 100], still(100));
    const reason = (bothHit: ExecutionModels["bothHit"]) =>
      run(data, once(data, "1", { exits: both }), { bothHit }).rows[0]!.reason;
    expect(reason("tv_path")).toBe("take_profit");
    expect(reason("stop_first")).toBe("stop_loss");
    expect(reason("target_first")).toBe("take_profit");
    const low = barsOf(still(100), still(100), [99, 106, 94, 100], still(100));
    expect(run(low, once(low, "1", { exits: both }), {}).rows[0]!.reason).toBe("stop_loss");
  });

  test("a trailing stop follows the best price, inside a bar as well", () => {
    const exits = { trailingStop: { kind: "ticks", ticks: 4 } } as const;
    const data = barsOf(
      still(100),
      still(100),
      [100, 110, 100, 109],
      [109, 112, 107.5, 108],
      still(108),
    );
    // The path of bar 2 ends 1 below its best of 110; bar 3 opens nearer the high: 112, and 4 below that is 108.
    expect(run(data, once(data, "1", { exits }), { tick: 1 }).rows).toMatchObject([
      { exit: 108, bar: 3, reason: "trailing_stop" },
    ]);
  });

  test("an ATR is that of the close which decided, and no position is opened without one", () => {
    const atr = Float64Array.of(Number.NaN, 3, 50, 50);
    const exits = { stopLoss: { kind: "atr", multiple: 2, atr } } as const;
    const data = barsOf(still(100), still(100), [100, 100, 93, 95], still(95));
    expect(run(data, once(data, "1", { enter: 1, exits }), {}).rows).toMatchObject([{ exit: 94 }]);
    const early = run(data, once(data, "1", { exits }), {});
    expect(early.rejections.listed).toMatchObject([{ reason: "exit" }]);
  });

  test("what is open at the end is closed there when that is asked for", () => {
    const data = barsOf(still(100), still(100), still(107));
    const { rows, position, equity } = run(data, once(data, "1"), {
      closeAtEnd: true,
      commissionPerOrder: 1,
    });
    expect(rows).toMatchObject([{ exit: 107, bar: 2, reason: "end", commission: 2 }]);
    expect([position, equity[2]]).toEqual([0, 10_005]);
  });
});

describe("sizes", () => {
  const of = (data: Bars, sizing: Signals["rules"][number]["sizing"], enter: number): Signals => {
    const signals = once(data, "1", { enter });
    return { ...signals, rules: [{ ...signals.rules[0]!, sizing }] };
  };

  test("a volatility target divides by the annual volatility of the close", () => {
    const data = barsOf(still(100), still(110), still(99), still(108.9), still(100));
    const sizing = { kind: "volatility_target", percent: 20, period: 3, maxPercent: 100 } as const;
    // Returns 0.1, -0.1, 0.1: mean 1/30, sum of squares 0.03 - 3/900, sample variance half of that.
    const deviation = Math.sqrt((0.03 - 3 / 900) / 2);
    const { position } = run(data, of(data, sizing, 3), {}, { barsPerYear: 16 });
    expect(position * 100).toBeCloseTo(10_000 * (0.2 / (deviation * 4)), 6);
    const early = run(data, of(data, sizing, 2), {}, { barsPerYear: 16 });
    expect(early.rejections.listed).toMatchObject([{ reason: "volatility" }]);
  });

  test("Kelly's share follows from the latest trades, once there are enough", () => {
    const prices = [100, 100, 110, 100, 100, 95, 100, 100, 100];
    const data = barsOf(...prices.map((price) => still(price)));
    const length = prices.length;
    const sizing = { kind: "kelly", fraction: 0.5, trades: 2, percent: 10 } as const;
    const signals: Signals = {
      length,
      conditions: [at(length, 0, 3, 6), at(length, 1, 4)],
      rules: [
        { side: "buy", sizing, when: { flat: 0, long: NEVER, short: NEVER } },
        { side: "sell", sizing: { kind: "close" }, when: { flat: NEVER, long: 1, short: NEVER } },
      ],
      replaceOrders: false,
      cooldown: 0,
    };
    // 10 % and +10 %, 10 % and -5 %: W = 1/2, R = 2, Kelly 1/4, half of it 1/8 of equity.
    const { rows, equity } = run(data, signals, {});
    expect(rows.map(({ quantity }) => quantity)).toHaveLength(0 + 3);
    expect(rows[0]!.quantity).toBeCloseTo(10, 9);
    expect(rows[2]!.quantity * 100).toBeCloseTo(equity[6]! / 8, 6);
  });
});

describe("higher costs never raise equity for the same orders", () => {
  const fixed = fc
    .constantFrom("1", "0.25")
    .map((quantity) => ({ kind: "quantity" as const, quantity }));
  const costs = fc.record({
    commission: fc.double({ min: 0, max: 0.01, noNaN: true }),
    slippage: fc.double({ min: 0, max: 0.01, noNaN: true }),
    spread: fc.double({ min: 0, max: 0.02, noNaN: true }),
    commissionPerUnit: fc.double({ min: 0, max: 1, noNaN: true }),
    commissionPerOrder: fc.double({ min: 0, max: 2, noNaN: true }),
    impact: fc.double({ min: 0, max: 0.1, noNaN: true }),
  });

  test("whatever is raised, on every bar", () => {
    fc.assert(
      fc.property(
        randomBars(60).chain((data) =>
          fc.tuple(fc.constant(data), randomSignals(60, fixed, false)),
        ),
        costs,
        costs,
        ([data, signals], base, more) => {
          const equity = (c: typeof base) => {
            const { commission, slippage, impact: coefficient, ...rest } = c;
            const impact = { model: "square_root", coefficient, volume: "24h" } as const;
            const settings = { commission, slippage, cash: 1e9 };
            return run(data, signals, { ...rest, impact }, settings).equity;
          };
          const names = Object.keys(base) as (keyof typeof base)[];
          const raised = Object.fromEntries(
            names.map((n) => [n, base[n] + more[n]]),
          ) as typeof base;
          const [low, high] = [equity(base), equity(raised)];
          high.forEach((value, i) => {
            expect(value).toBeLessThanOrEqual(low[i]! + 1e-6);
          });
        },
      ),
      { seed, numRuns: 300 },
    );
  });
});
