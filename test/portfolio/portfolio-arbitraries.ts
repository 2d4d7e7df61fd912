import fc from "fast-check";
import { NO_MODELS } from "../../src/backtest/execution-models.ts";
import { ALWAYS, NEVER, type SignalExits, type Signals } from "../../src/backtest/orders.ts";
import type { Member, PortfolioSettings } from "../../src/backtest/portfolio/portfolio.ts";
import type { Bars } from "../../src/vector/columns.ts";
import {
  anySizing,
  randomBars,
  randomMask,
  randomSettings,
  randomSignals,
} from "../backtest/arbitraries.ts";

const HOUR = 3_600_000;
const BEGIN = Date.UTC(2024, 0, 1);
const SLOTS = 30;

/** Hourly bars, some left out, that begin and end where they like; of some symbols twenty minutes past the hour. */
const series: fc.Arbitrary<Bars> = fc
  .tuple(
    fc.integer({ min: 0, max: 12 }),
    fc.integer({ min: 16, max: SLOTS }),
    fc.constantFrom(0, 0, 20 * 60_000),
    fc.array(fc.constantFrom(true, true, true, true, false), {
      minLength: SLOTS,
      maxLength: SLOTS,
    }),
  )
  .chain(([first, end, offset, kept]) => {
    const slots = Array.from({ length: end - first }, (_, k) => first + k).filter(
      (slot, k) => k === 0 || kept[slot],
    );
    return randomBars(slots.length).map((bars) => ({
      ...bars,
      time: Float64Array.from(slots, (slot) => BEGIN + slot * HOUR + offset),
    }));
  });

const exits: fc.Arbitrary<SignalExits | undefined> = fc.option(
  fc.record(
    {
      stopLoss: fc.record({ kind: fc.constant("percent" as const), percent: fc.constant(1.37) }),
      takeProfit: fc.record({ kind: fc.constant("percent" as const), percent: fc.constant(1.91) }),
    },
    { requiredKeys: [] },
  ),
  { nil: undefined },
);

const member: fc.Arbitrary<Member> = series.chain((bars) =>
  fc
    .tuple(randomSignals(bars.time.length, anySizing, false), exits, fc.constantFrom(0, 0, 3))
    .map(([signals, found, start]): Member => {
      const hours = signals.cooldown === 0 ? 0 : 3 * HOUR;
      const with_: Signals = { ...signals, cooldown: hours, ...(found ? { exits: found } : {}) };
      return { bars, signals: with_, start: Math.min(start, bars.time.length - 1) };
    }),
);

const maybe = <T>(value: T, otherwise: T) => fc.constantFrom(otherwise, otherwise, value);

const settings: fc.Arbitrary<PortfolioSettings> = fc
  .tuple(
    randomSettings,
    fc.record({
      commissionPerOrder: maybe(0.71, 0),
      spread: maybe(0.0031, 0),
      borrow: maybe(0.37, 0),
      funding: maybe({ rate: 0.0013, hours: 4 }, null as never),
      closeAtEnd: maybe(true, false),
    }),
  )
  .map(([{ start: _, ...plain }, models]) => ({
    ...plain,
    slippage: plain.slippage * 1.37,
    execution: { ...NO_MODELS, ...models },
    closeOf: (open) => open + HOUR,
  }));

export type PortfolioCase = readonly [readonly Member[], PortfolioSettings];

export const portfolioCases = (most: number): fc.Arbitrary<PortfolioCase> =>
  fc.tuple(fc.array(member, { minLength: 1, maxLength: most }), settings);

/** Bars that move four times as far as others. */
const wild = ({ time, open, high, low, close, volume }: Bars): Bars => {
  const [o, h, l, c] = [open, high, low, close].map((prices) =>
    prices.map((price) => 100 * (price / 100) ** 4),
  );
  return { time, open: o, high: h, low: l, close: c, volume };
};

/** Enters whenever it is flat, with several times the money of the account; sometimes adds or leaves. */
const borrowing = (length: number): fc.Arbitrary<Signals> => {
  const side = fc.constantFrom("buy" as const, "sell" as const);
  const percent = fc
    .constantFrom(60, 150, 300, 600)
    .map((share) => ({ kind: "percent_of_equity" as const, percent: share }));
  const cash = fc.constant({ kind: "cash" as const, cash: 20_000 });
  const enter = fc.record({
    side,
    sizing: fc.oneof(percent, percent, cash),
    when: fc.record({
      flat: fc.constantFrom(ALWAYS, 0),
      long: fc.constantFrom(NEVER, 1),
      short: fc.constantFrom(NEVER, 1),
    }),
  });
  const leave = fc.record({
    side,
    sizing: fc.constant({ kind: "close" as const }),
    when: fc.constant({ flat: NEVER, long: 2, short: 2 }),
  });
  return fc.record({
    length: fc.constant(length),
    conditions: fc.tuple(randomMask(length), randomMask(length), randomMask(length)),
    rules: fc.tuple(enter, leave),
    replaceOrders: fc.constant(false),
    cooldown: fc.constant(0),
  });
};

const borrower: fc.Arbitrary<Member> = series.chain((bars) =>
  fc.tuple(borrowing(bars.time.length), exits).map(([signals, found]): Member => {
    return {
      bars: wild(bars),
      signals: { ...signals, ...(found ? { exits: found } : {}) },
      start: 0,
    };
  }),
);

/** Accounts that borrow, and are called. */
export const leveragedCases = (most: number): fc.Arbitrary<PortfolioCase> =>
  fc
    .tuple(
      fc.array(borrower, { minLength: 1, maxLength: most }),
      settings,
      fc.constantFrom(3, 7, 15),
      fc.constantFrom(null, null, 0.06),
    )
    .map(([drawn, plain, leverage, maintenanceMargin]): PortfolioCase => {
      const models = { ...(plain.execution ?? NO_MODELS), leverage, maintenanceMargin };
      return [drawn, { ...plain, execution: models }];
    });
