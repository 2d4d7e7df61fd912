import fc from "fast-check";
import { expect, test } from "vitest";
import { createScriptBroker } from "../../src/backtest/script/create-script-broker.ts";
import { RunMemory } from "../../src/backtest/script/run-memory.ts";
import type { ScriptBroker } from "../../src/backtest/script/script-broker.ts";
import { BROKER_DEFAULTS, type ScriptBrokerSettings } from "../../src/backtest/script/settings.ts";
import type { Bars } from "../../src/vector/columns.ts";
import { runSeed } from "../kernels/cases.ts";
import { marketOf } from "./random-market.ts";
import { SlowBroker } from "./reference/broker.ts";

const seed = runSeed("the broker of scripts against the slow one");

/** Calls on one bar: the name of a method and its arguments, prices as offsets in ticks from the close. */
type CallText = readonly [string, ...(number | string | boolean)[]];

const none = Number.NaN;
const orNone = (values: fc.Arbitrary<number>) => fc.option(values, { nil: none, freq: 2 });
const id = fc.constantFrom("A", "B", "C");
const direction = fc.constantFrom(1, -1);
const qty = fc.option(fc.constantFrom(1, 2, 3, 0.5, 0.1, 1.25), { nil: none, freq: 3 });
const offset = fc.integer({ min: -40, max: 40 });
const points = fc.integer({ min: 1, max: 40 });
const oca = fc.constantFrom("", "", "", "group");
const ocaType = fc.constantFrom("none", "cancel", "reduce");

const opening = (call: string) =>
  fc.tuple(
    fc.constant(call),
    id,
    direction,
    qty,
    orNone(offset),
    orNone(offset),
    oca,
    ocaType,
    fc.constant("why"),
  );
const market = (call: string) =>
  fc.tuple(
    fc.constant(call),
    id,
    direction,
    qty,
    fc.constant(none),
    fc.constant(none),
    oca,
    ocaType,
    fc.constant(""),
  );
const exit = fc.tuple(
  fc.constant("exit"),
  fc.constantFrom("X", "Y"),
  fc.constantFrom("", "A", "B"),
  fc.option(fc.constantFrom(0.5, 1), { nil: none, freq: 3 }),
  fc.option(fc.constantFrom(50, 25, 100), { nil: none, freq: 3 }),
  orNone(points),
  orNone(offset),
  orNone(points),
  orNone(offset),
  fc.option(offset, { nil: none, freq: 4 }),
  orNone(points),
  fc.option(fc.integer({ min: 0, max: 20 }), { nil: none, freq: 2 }),
  fc.constantFrom("", "", "group"),
  fc.constant("out"),
);

const call: fc.Arbitrary<CallText> = fc.oneof(
  { weight: 4, arbitrary: market("entry") },
  { weight: 4, arbitrary: opening("entry") },
  { weight: 1, arbitrary: market("order") },
  { weight: 2, arbitrary: opening("order") },
  { weight: 5, arbitrary: exit },
  {
    weight: 2,
    arbitrary: fc.tuple(
      fc.constant("close"),
      id,
      fc.constantFrom(none, none, 0.5),
      fc.constantFrom(none, 50),
      fc.boolean(),
      fc.constant(""),
    ),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constant("closeAll"), fc.boolean(), fc.constant("")) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("cancel"), fc.constantFrom("A", "B", "X")) },
  { weight: 1, arbitrary: fc.constant<[string]>(["cancelAll"]) },
) as fc.Arbitrary<CallText>;

/** Which arguments of a call are prices, written as ticks from the close. */
const PRICES: Readonly<Record<string, readonly number[]>> = {
  entry: [3, 4],
  order: [3, 4],
  exit: [5, 7, 8],
};

const settings: fc.Arbitrary<ScriptBrokerSettings> = fc.record({
  initial_capital: fc.constantFrom(10_000, 500, 100_000),
  default_qty_type: fc.constantFrom(
    "fixed" as const,
    "cash" as const,
    "percent_of_equity" as const,
  ),
  default_qty_value: fc.constantFrom(1, 2, 10, 90),
  pyramiding: fc.constantFrom(0, 1, 2, 3),
  commission_type: fc.constantFrom(
    "percent" as const,
    "cash_per_contract" as const,
    "cash_per_order" as const,
  ),
  commission_value: fc.constantFrom(0, 0.1, 1),
  slippage: fc.constantFrom(0, 0, 2),
  process_orders_on_close: fc.boolean(),
  close_entries_rule: fc.constantFrom("FIFO" as const, "ANY" as const),
  margin_long: fc.constantFrom(0, 100, 25, 150),
  margin_short: fc.constantFrom(0, 100, 25, 150),
  backtest_fill_limits_assumption: fc.constantFrom(0, 0, 3),
  tick: fc.constantFrom(0.01, 0.25),
  snap: fc.boolean(),
  lot_step: fc.constantFrom(BROKER_DEFAULTS.lot_step, 0.1, 1),
  start: fc.constant(0),
});

interface Stream {
  readonly settings: ScriptBrokerSettings;
  readonly market: number;
  /** Made on every bar, with prices as of the first. */
  readonly standing: readonly CallText[];
  readonly bars: readonly (readonly CallText[])[];
}

const barsOf = (calls: fc.Arbitrary<CallText>) =>
  fc.array(
    fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 3, arbitrary: fc.array(calls, { maxLength: 3, size: "max" }) },
    ),
    { minLength: 2, maxLength: 40, size: "max" },
  );

const streams: fc.Arbitrary<Stream> = fc.record({
  settings,
  market: fc.nat(),
  standing: fc.oneof(
    fc.constant([]),
    fc.array(fc.oneof({ weight: 3, arbitrary: exit as fc.Arbitrary<CallText> }, call), {
      minLength: 1,
      maxLength: 2,
    }),
  ),
  bars: barsOf(call),
});

/** Market orders, mostly one at a time: to enter, to turn and to close all. */
const plainCall = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.tuple(
      fc.constantFrom("entry", "entry", "entry", "order"),
      fc.constantFrom("A", "A", "B"),
      direction,
      qty,
      fc.constant(none),
      fc.constant(none),
      fc.constant(""),
      fc.constant("none"),
      fc.constantFrom("", "why"),
    ),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(
      fc.constant("close"),
      fc.constantFrom("A", "A", "B"),
      fc.constantFrom(none, none, 0.5),
      fc.constant(none),
      fc.constant(false),
      fc.constantFrom("", "enough"),
    ),
  },
  { weight: 3, arbitrary: fc.constant(["closeAll", false, ""]) },
  { weight: 1, arbitrary: call },
) as fc.Arbitrary<CallText>;

const plainStreams: fc.Arbitrary<Stream> = fc.record({
  settings,
  market: fc.nat(),
  standing: fc.constant([]),
  bars: barsOf(plainCall),
});

const READS = [
  "position_size",
  "position_avg_price",
  "equity",
  "netprofit",
  "openprofit",
  "closedtrades",
  "opentrades",
] as const;

function drive(
  broker: ScriptBroker,
  { bars: calls, standing, settings: { tick } }: Stream,
  bars: Bars,
  look: () => void = () => {},
) {
  const seen: number[][] = [];
  for (let bar = 0; bar < bars.time.length; bar++) {
    broker.openBar(bar);
    seen.push(READS.map((name) => broker[name]));
    const make = ([name, ...written]: CallText, close: number) => {
      if (name === "exit" && !broker.takesExits) return;
      const prices = PRICES[name] ?? [];
      const args = written.map((value, i) =>
        prices.includes(i) && typeof value === "number" ? close + value * tick : value,
      );
      const given =
        name === "exit"
          ? [
              ...args.slice(0, 2),
              Float64Array.from(args.slice(2, 11) as number[]),
              ...args.slice(11),
            ]
          : args;
      (broker as unknown as Record<string, (...args: unknown[]) => void>)[name](...given);
    };
    for (const each of calls[bar]) make(each, bars.close[bar]);
    for (const each of standing) make(each, bars.close[0]);
    broker.closeBar(bar);
    look();
  }
  return seen;
}

function fast(stream: Stream, bars: Bars, memory: RunMemory | null = null) {
  const broker = createScriptBroker(bars, stream.settings, [], memory);
  const reads = drive(broker, stream, bars);
  const { trades, labels, equity, rejections } = broker.finish();
  return {
    trades: Array.from({ length: trades.length }, (_, i) => [
      trades.side[i],
      trades.quantity[i],
      labels.entryId[i],
      trades.entrySignalBar[i],
      trades.entryBar[i],
      trades.entryPrice[i],
      trades.exitSignalBar[i],
      trades.exitBar[i],
      trades.exitPrice[i],
      trades.commission[i],
    ]),
    equity: [...equity],
    reads,
    rejections: rejections.count,
  };
}

function slow(stream: Stream, bars: Bars) {
  const broker = new SlowBroker(bars, stream.settings);
  const reads = drive(broker, stream, bars);
  return {
    trades: [...broker.trades, ...broker.openTrades()].map((trade) => [
      trade.direction,
      trade.qty,
      trade.entryId,
      trade.entrySignalBar,
      trade.entryBar,
      trade.entryPrice,
      trade.exitSignalBar,
      trade.exitBar,
      trade.exitPrice,
      trade.commission,
    ]),
    equity: [...broker.equityCurve],
    reads,
    rejections: broker.rejections,
  };
}

test("makes the same fills, trades, equity and reads, bit for bit", () => {
  fc.assert(
    fc.property(streams, (stream) => {
      const bars = marketOf(stream.market, stream.bars.length, stream.settings.tick);
      expect(fast(stream, bars)).toEqual(slow(stream, bars));
    }),
    { seed, numRuns: Number(process.env["SWYMC_RUNS"] ?? 1500) },
  );
});

test.each([false, true])("so it does with market orders, in memory of earlier runs", (lends) => {
  const memory = new RunMemory(lends);
  fc.assert(
    fc.property(plainStreams, (stream) => {
      const bars = marketOf(stream.market, stream.bars.length, stream.settings.tick);
      expect(fast(stream, bars, memory)).toEqual(slow(stream, bars));
    }),
    { seed, numRuns: Number(process.env["SWYMC_RUNS"] ?? 500) },
  );
});

test("what a run gave stays as it is when the next one takes its memory", () => {
  const memory = new RunMemory(false);
  const outcome = (stream: Stream, taken: RunMemory | null) => {
    const bars = marketOf(1, stream.bars.length, 0.25);
    const broker = createScriptBroker(bars, stream.settings, [], taken);
    drive(broker, stream, bars);
    return broker.finish();
  };
  const programs = fc.sample(plainStreams, { seed, numRuns: 40 });
  const runs = programs.map((stream) => outcome(stream, memory));
  const again = programs.map((stream) => outcome(stream, null));
  expect(runs.some(({ trades }) => trades.length > 5)).toBe(true);
  runs.forEach((run, i) => {
    expect(run.trades).toEqual(again[i].trades);
    expect(run.labels.entryId).toEqual(again[i].labels.entryId);
    expect(run.labels.exitComment).toEqual(again[i].labels.exitComment);
    expect(run.equity).toEqual(again[i].equity);
  });
});

const EXTREMES = ["max_drawdown", "max_drawdown_percent", "max_runup", "max_runup_percent"];

test("bars recorded in one go are those that are looked at one by one", () => {
  fc.assert(
    fc.property(streams, (stream) => {
      const bars = marketOf(stream.market, stream.bars.length, stream.settings.tick);
      const outcome = (each: boolean) => {
        const broker = createScriptBroker(bars, stream.settings);
        const read = () => EXTREMES.map((name) => broker.ledger(name));
        const sparse = {
          ...stream,
          standing: [],
          bars: stream.bars.map((calls, i) => (i % 5 === 0 ? calls : [])),
        };
        drive(broker, sparse, bars, each ? () => void read() : undefined);
        const { equity, barsInPosition } = broker.finish();
        return { equity: [...equity], barsInPosition, extremes: read() };
      };
      expect(outcome(false)).toEqual(outcome(true));
    }),
    { seed, numRuns: 300 },
  );
});
