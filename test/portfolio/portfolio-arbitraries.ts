import fc from "fast-check";
import { NO_MODELS } from "../../src/backtest/execution-models.ts";
import type { SignalExits, Signals } from "../../src/backtest/orders.ts";
import type { Member, PortfolioSettings } from "../../src/backtest/portfolio/portfolio.ts";
import type { Bars } from "../../src/vector/columns.ts";
import { anySizing, randomBars, randomSettings, randomSignals } from "../backtest/arbitraries.ts";

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
