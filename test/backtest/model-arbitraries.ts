import fc from "fast-check";
import type { ExecutionModels } from "../../src/backtest/execution-models.ts";
import type {
  ExitDistance,
  RunSettings,
  SignalExits,
  Signals,
  Sizing,
} from "../../src/backtest/orders.ts";
import type { Bars } from "../../src/vector/columns.ts";
import { anySizing, randomBars, randomSettings, randomSignals } from "./arbitraries.ts";

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

/** A run with models, exits and sizes of every kind. */
export type ModelCase = readonly [Bars, Signals, RunSettings, ExecutionModels];

export const modelCases = (withLimits: boolean): fc.Arbitrary<ModelCase> =>
  fc.integer({ min: 1, max: 40 }).chain((length) =>
    fc
      .tuple(
        bars(length),
        randomSignals(length, sizing, withLimits),
        exits(length),
        randomSettings,
        models,
      )
      .map(([b, signals, found, settings, m]): ModelCase => {
        const inTicks = Object.values(found ?? {}).some((one) => one.kind === "ticks");
        return [
          b,
          found === undefined ? signals : { ...signals, exits: found },
          { ...settings, slippage: settings.slippage * 1.37 },
          inTicks ? { ...m, tick: m.tick ?? 0.25 } : m,
        ];
      }),
  );
