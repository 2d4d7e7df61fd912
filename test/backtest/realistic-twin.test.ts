import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ExecutionModels, NO_MODELS } from "../../src/backtest/execution-models.ts";
import type {
  ExitDistance,
  RunSettings,
  SignalExits,
  Signals,
  Sizing,
} from "../../src/backtest/orders.ts";
import { simulate } from "../../src/backtest/simulate.ts";
import { EXIT_REASONS } from "../../src/backtest/trades.ts";
import type { Bars } from "../../src/vector/columns.ts";
import { anySizing, randomBars, randomSettings, randomSignals } from "./arbitraries.ts";
import { twinRun } from "./realistic-twin.ts";

const seed = Number(process.env["SWYMC_FC_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
console.info(`realistic-twin SWYMC_FC_SEED=${seed}`);
const BARS_PER_YEAR = 8760;

/** Bars one to three hours apart, with volumes, some of them 0. */
const bars = (length: number): fc.Arbitrary<Bars> =>
  fc
    .tuple(
      randomBars(length),
      fc.array(fc.constantFrom(0, 3, 10, 40, 200), { minLength: length, maxLength: length }),
    )
    .map(([plain, volume]) => ({
      ...plain,
      time: plain.time.map((time) => (time - plain.time[0]!) * 60 + Date.UTC(2024, 0, 1)),
      volume: Float64Array.from(volume),
    }));

const maybe = <T>(value: fc.Arbitrary<T>, otherwise: T): fc.Arbitrary<T> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(otherwise) }, { weight: 1, arbitrary: value });

const tier = (volume: number, taker: number) => ({ volume, taker, maker: taker / 3 });

const models: fc.Arbitrary<ExecutionModels> = fc
  .record({
    commissionPerUnit: maybe(fc.constant(0.013), 0),
    commissionPerOrder: maybe(fc.constant(0.71), 0),
    makerCommission: maybe(fc.constantFrom(0, 0.0003), null),
    commissionTiers: maybe(
      fc.constant([tier(0, 0.003), tier(777.7, 0.001), tier(5555.5, 0.0004)]),
      null,
    ),
    spread: maybe(fc.constantFrom(0.0007, 0.011), 0),
    slippageTicks: maybe(fc.constantFrom(1, 2), 0),
    impact: maybe(
      fc.record({
        model: fc.constantFrom("square_root" as const, "square_root_volatility" as const),
        coefficient: fc.constantFrom(0.013, 0.21),
        volume: fc.constantFrom("24h" as const, "session" as const),
      }),
      null,
    ),
    liquidity: maybe(
      fc.record({
        share: fc.constantFrom(0.031, 0.27),
        excess: fc.constantFrom("reject" as const, "partial" as const),
      }),
      null,
    ),
    latencyMs: fc.constant(null),
    funding: maybe(
      fc.record({ rate: fc.constantFrom(0.0013, -0.0011), hours: fc.constantFrom(1, 8) }),
      null,
    ),
    borrow: maybe(fc.constant(0.37), 0),
    tick: maybe(fc.constantFrom(0.25, 0.5), null),
    lot: maybe(fc.constantFrom("0.01", "1"), null),
    leverage: maybe(fc.constantFrom(1, 3, 10), null),
    maintenanceMargin: maybe(fc.constant(0.031), null),
    bothHit: fc.constantFrom("tv_path", "stop_first", "target_first"),
    closeAtEnd: fc.boolean(),
  })
  .map((m) => (m.tick === null ? { ...m, slippageTicks: 0 } : m));

const ranges = (length: number) =>
  fc
    .array(fc.constantFrom(0.61, 1.13, 2.29, Number.NaN), { minLength: length, maxLength: length })
    .map((values) => Float64Array.from(values));

function exits(length: number): fc.Arbitrary<SignalExits | undefined> {
  const distance: fc.Arbitrary<ExitDistance> = fc.oneof(
    fc.record({ kind: fc.constant("percent" as const), percent: fc.constantFrom(0.61, 1.37, 3.1) }),
    fc.record({ kind: fc.constant("ticks" as const), ticks: fc.constantFrom(2, 5) }),
    fc.record({
      kind: fc.constant("atr" as const),
      multiple: fc.constantFrom(0.7, 1.9),
      atr: ranges(length),
    }),
  );
  const all = fc.record(
    { stopLoss: distance, takeProfit: distance, trailingStop: distance },
    { requiredKeys: [] },
  );
  return fc.option(all, { nil: undefined });
}

const sizing: fc.Arbitrary<Sizing> = fc.oneof(
  { weight: 3, arbitrary: anySizing },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("volatility_target" as const),
      percent: fc.constantFrom(20, 90),
      period: fc.constantFrom(2, 5),
      maxPercent: fc.constantFrom(100, 150),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("kelly" as const),
      fraction: fc.constantFrom(0.25, 1),
      trades: fc.constantFrom(1, 3),
      percent: fc.constantFrom(10, 60),
    }),
  },
);

/** Both stops may stand at one price, and rounding tells which. */
const kind = (reason: string) => (reason === "trailing_stop" ? "stop_loss" : reason);

type Case = readonly [Bars, Signals, RunSettings, ExecutionModels];

const cases = (withLimits: boolean): fc.Arbitrary<Case> =>
  fc.integer({ min: 1, max: 40 }).chain((length) =>
    fc
      .tuple(
        bars(length),
        randomSignals(length, sizing, withLimits),
        exits(length),
        randomSettings,
        models,
      )
      .map(([b, signals, found, settings, m]): Case => {
        const inTicks = Object.values(found ?? {}).some((one) => one.kind === "ticks");
        return [
          b,
          found === undefined ? signals : { ...signals, exits: found },
          { ...settings, slippage: settings.slippage * 1.37 },
          inTicks ? { ...m, tick: m.tick ?? 0.25 } : m,
        ];
      }),
  );

function expectSame([data, signals, settings, execution]: Case): void {
  const fast = simulate(data, signals, { ...settings, execution, barsPerYear: BARS_PER_YEAR });
  const slow = twinRun(data, signals, settings, execution, BARS_PER_YEAR);
  const close = (a: number, b: number, scale: number) =>
    expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-8 * Math.max(1, Math.abs(scale)));
  expect(fast.rejections.count).toBe(slow.refused.length);
  expect(fast.rejections.listed.map(({ bar, reason }) => ({ bar, reason }))).toEqual(
    slow.refused.slice(0, 100),
  );
  const { trades } = fast;
  expect(
    Array.from({ length: trades.length }, (_, i) => [
      trades.side[i],
      trades.entryBar[i],
      trades.exitBar[i],
      trades.open[i] === 1 ? "open" : kind(EXIT_REASONS[trades.exitReason[i]!]!),
    ]),
  ).toEqual(slow.trades.map((t) => [t.side, t.entryBar, t.exitBar, kind(t.reason)]));
  slow.trades.forEach((trade, i) => {
    close(trades.quantity[i]!, trade.quantity, trade.quantity);
    close(trades.entryPrice[i]!, trade.entryPrice, trade.entryPrice);
    if (trade.exitBar >= 0) close(trades.exitPrice[i]!, trade.exitPrice, trade.exitPrice);
    close(trades.commission[i]!, trade.commission, trade.commission);
  });
  slow.equity.forEach((value, i) => {
    close(fast.equity[i]!, value, settings.cash);
  });
  expect(fast.pending.length).toBe(slow.pending);
  if (fast.realism === undefined) return;
  const { spread, funding, borrow, partialFills, marginCalls } = fast.realism;
  close(spread, slow.totals.spread, spread);
  close(funding, slow.totals.funding, funding);
  close(borrow, slow.totals.borrow, borrow);
  expect([partialFills, marginCalls]).toEqual([slow.totals.partialFills, slow.totals.marginCalls]);
}

describe("realistic execution equals its bar-by-bar twin", () => {
  test("with market orders, exits, costs and limits of every kind", () => {
    fc.assert(fc.property(cases(false), expectSame), { seed, numRuns: 2000 });
  }, 120_000);

  test("with limit orders among them", () => {
    fc.assert(fc.property(cases(true), expectSame), { seed, numRuns: 1500 });
  }, 120_000);

  test("where no model is on, as the plain simulator, bit for bit", () => {
    fc.assert(
      fc.property(cases(true), ([data, { exits: _, ...signals }, settings]) => {
        const kinds = ["volatility_target", "kelly"];
        fc.pre(signals.rules.every((rule) => !kinds.includes(rule.sizing.kind)));
        const plain = simulate(data, signals, settings);
        // A tier from 0 on is the commission by value under another name.
        const flat = [{ volume: 0, maker: settings.commission, taker: settings.commission }];
        const models = { ...NO_MODELS, commissionTiers: flat };
        const realistic = simulate(data, signals, { ...settings, execution: models });
        const { realism, ...run } = realistic;
        expect(realism).toBeDefined();
        expect(run).toEqual(plain);
      }),
      { seed, numRuns: 1500 },
    );
  }, 120_000);
});
