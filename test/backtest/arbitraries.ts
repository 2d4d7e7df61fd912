import fc from "fast-check";
import {
  ALWAYS,
  NEVER,
  type OrderRule,
  type RunSettings,
  type Signals,
  type Sizing,
} from "../../src/backtest/orders.ts";
import type { Bars } from "../../src/vector/columns.ts";

const MINUTE = 60_000;

/** Bars on a coarse price grid, so that touches, ties and gaps happen, with gaps in time as well. */
export function randomBars(length: number): fc.Arbitrary<Bars> {
  const bar = fc.tuple(
    fc.integer({ min: -6, max: 6 }),
    fc.integer({ min: -4, max: 4 }),
    fc.integer({ min: 0, max: 4 }),
    fc.integer({ min: 0, max: 4 }),
    fc.integer({ min: 1, max: 3 }),
  );
  return fc.array(bar, { minLength: length, maxLength: length }).map((steps) => {
    const columns = { time: [0], open: [0], high: [0], low: [0], close: [0], volume: [0] };
    for (const column of Object.values(columns)) column.length = 0;
    let time = Date.UTC(2024, 0, 1);
    let price = 400;
    for (const [gap, body, up, down, minutes] of steps) {
      const open = Math.max(40, price + gap);
      const close = Math.max(40, open + body);
      columns.time.push((time += minutes * MINUTE));
      columns.open.push(open / 4);
      columns.high.push((Math.max(open, close) + up) / 4);
      columns.low.push((Math.min(open, close) - down) / 4);
      columns.close.push(close / 4);
      columns.volume.push(1);
      price = close;
    }
    return {
      time: Float64Array.from(columns.time),
      open: Float64Array.from(columns.open),
      high: Float64Array.from(columns.high),
      low: Float64Array.from(columns.low),
      close: Float64Array.from(columns.close),
      volume: Float64Array.from(columns.volume),
    };
  });
}

export function randomMask(length: number): fc.Arbitrary<Uint32Array> {
  return fc
    .tuple(
      fc.constantFrom(0.02, 0.1, 0.5, 0.95),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
        minLength: length,
        maxLength: length,
      }),
    )
    .map(([density, draws]) => maskOf(draws.map((draw) => draw < density)));
}

export function maskOf(bits: readonly boolean[]): Uint32Array {
  const mask = new Uint32Array(Math.ceil(bits.length / 32));
  bits.forEach((bit, i) => {
    if (bit) mask[i >>> 5] |= 1 << (i & 31);
  });
  return mask;
}

export const fixedSizing: fc.Arbitrary<Sizing> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .constantFrom("1", "0.1", "0.2", "0.3", "2.50", "0.000000000001", "7", "0.001")
      .map((quantity) => ({ kind: "quantity" as const, quantity })),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "close" as const }) },
);

/** Quantities that float64 holds exactly, so that the reference may add them as numbers. */
export const anySizing: fc.Arbitrary<Sizing> = fc.oneof(
  fc
    .constantFrom("1", "0.25", "2.5", "7")
    .map((quantity) => ({ kind: "quantity" as const, quantity })),
  fc.constant({ kind: "close" as const }),
  fc.constantFrom(10, 50, 100).map((percent) => ({ kind: "percent_of_equity" as const, percent })),
  fc.constantFrom(100, 1000).map((cash) => ({ kind: "cash" as const, cash })),
);

export function randomSignals(
  length: number,
  sizing: fc.Arbitrary<Sizing>,
  withLimits: boolean,
): fc.Arbitrary<Signals> {
  const which = fc.constantFrom(NEVER, ALWAYS, 0, 1, 2, 0, 1, 2);
  const rarely = fc.constantFrom(NEVER, 0, 1, 2);
  const limit = fc.array(fc.oneof(fc.integer({ min: 380, max: 420 }), fc.constant(Number.NaN)), {
    minLength: length,
    maxLength: length,
  });
  const rule: fc.Arbitrary<OrderRule> = fc
    .record({
      side: fc.constantFrom("buy" as const, "sell" as const),
      sizing,
      when: fc.record({ flat: rarely, long: which, short: rarely }),
      limit: withLimits ? fc.option(limit, { nil: undefined }) : fc.constant(undefined),
    })
    .map(({ limit: prices, ...rest }) =>
      prices === undefined
        ? rest
        : { ...rest, limit: Float64Array.from(prices, (price) => price / 4) },
    );
  return fc.record({
    length: fc.constant(length),
    conditions: fc.tuple(randomMask(length), randomMask(length), randomMask(length)),
    rules: fc.array(rule, { minLength: 0, maxLength: 4 }),
    replaceOrders: withLimits ? fc.boolean() : fc.constant(false),
    cooldown: fc.constantFrom(0, 0, 5_000, 3 * MINUTE, 20 * MINUTE),
  });
}

export const randomSettings: fc.Arbitrary<RunSettings> = fc.record({
  cash: fc.constantFrom(50, 150, 10_000),
  commission: fc.constantFrom(0, 0.001),
  slippage: fc.constantFrom(0, 0.0005),
  fill: fc.constantFrom("next_open" as const, "close" as const),
  delay: fc.constantFrom(0, 0, 1, 3),
  start: fc.constantFrom(0, 0, 7),
});
