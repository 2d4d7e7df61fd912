import fc from "fast-check";
import type { Bars } from "../../../src/vector/columns.ts";
import { DIALECTS } from "../../../src/vector/kernel.ts";
import { barsIn, type Market } from "../../reference/generate-bars.ts";
import type { LeanCase } from "./lean-documents.ts";

/** A strategy that trades often over chunks of bars, with ties on both sides of their edges. */
export interface TradingCase extends Omit<LeanCase, "market"> {
  readonly market: Market;
  /** Bars on either side of a chunk's edge on which no price moves. */
  readonly still: number;
}

export interface Signals {
  readonly up: object;
  readonly down: object;
}

const CHUNK = 1024;
const SCALE = 100;

const field = (name: string, offset = 0) => ({ kind: "field", field: name, offset });
const func = (name: string, period: string, source = "close", offset = 0) => ({
  kind: "func",
  name,
  field: source,
  period: { param: period },
  offset,
});
const compare = (left: object, op: string, right: object) => ({ kind: "compare", left, op, right });
const crosses = (left: object, right: object): Signals => ({
  up: { kind: "cross_over", left, right },
  down: { kind: "cross_under", left, right },
});
const rsi = (comparison: string, threshold: object | number) => ({
  kind: "rsi",
  period: { param: "fast" },
  threshold,
  comparison,
});
const band = (name: string) => ({
  kind: "bollinger",
  period: { param: "slow" },
  num_std_dev: { param: "width" },
  band: name,
});

/** When trials of each family want to be long and when short. */
export const FAMILIES: Readonly<Record<string, Signals>> = {
  "crosses of simple averages": crosses(func("sma", "fast"), func("sma", "slow")),
  "crosses of exponential averages": crosses(func("ema", "fast"), func("ema", "slow")),
  "prices across an average": crosses(field("close"), func("sma", "slow", "open", 1)),
  "averages above each other": {
    up: compare(func("sma", "fast"), ">=", func("ema", "slow")),
    down: compare(func("sma", "fast"), "<", func("ema", "slow")),
  },
  "levels of rsi": { up: rsi("below", { param: "level" }), down: rsi("above", 55) },
  breakouts: {
    up: compare(field("close"), ">=", func("highest", "fast", "high", 1)),
    down: compare(field("close"), "<=", func("lowest", "fast", "low", 1)),
  },
  bands: { up: band("below_lower"), down: band("above_upper") },
  "averages of volume with na": crosses(
    func("sma", "fast", "volume"),
    func("sma", "slow", "close"),
  ),
};

type Then = Readonly<Record<string, unknown>>;

const sizes: fc.Arbitrary<Then> = fc.oneof(
  fc.constantFrom(100, 100, 50, 99.5).map((percent_of_equity) => ({ size: { percent_of_equity } })),
  fc.constantFrom(50, 777.77).map((cash) => ({ size: { cash } })),
  fc.constantFrom("1", "0.3", "2.50").map((quantity) => ({ quantity })),
);

const CLOSE: Then = { close: true };

function rule(state: string, signal: object, side: "buy" | "sell", then: Then): object {
  const conditions = [{ kind: "position", state }, signal];
  return { when: { kind: "all_of", conditions }, then: { side, ...then } };
}

/** What is done with the signals, by name. */
export const MANNERS: Readonly<
  Record<string, (signals: Signals, size: Then, other: Then) => object[]>
> = {
  long: ({ up, down }, size) => [rule("flat", up, "buy", size), rule("long", down, "sell", CLOSE)],
  short: ({ up, down }, size) => [
    rule("short", up, "buy", CLOSE),
    rule("flat", down, "sell", size),
  ],
  bothFromFlat: ({ up, down }, size, other) => [
    rule("flat", up, "buy", size),
    rule("flat", down, "sell", other),
    rule("long", down, "sell", CLOSE),
    rule("short", up, "buy", CLOSE),
  ],
  turnsInOneOrder: ({ up, down }, size, other) => [
    rule("flat", up, "buy", size),
    rule("long", down, "sell", other),
    rule("short", up, "buy", other),
  ],
  turnsInTwoOrders: ({ up, down }, size, other) => [
    rule("long", down, "sell", CLOSE),
    rule("long", down, "sell", size),
    rule("short", up, "buy", CLOSE),
    rule("short", up, "buy", other),
    rule("flat", up, "buy", size),
    rule("flat", down, "sell", size),
  ],
  leavesInParts: ({ up, down }, size) => [
    rule("flat", up, "buy", size),
    rule("long", down, "sell", { quantity: "0.1" }),
    rule("long", compare(field("close"), "<", field("open", 2)), "sell", CLOSE),
  ],
};

/** Long with all the money, or flat: such trials run two side by side. */
export const ALL_IN: fc.Arbitrary<readonly [keyof typeof MANNERS, Then, Then]> = fc.constant([
  "long",
  { size: { percent_of_equity: 100 } },
  CLOSE,
]);

const ANY_MANNER = fc.tuple(fc.constantFrom(...Object.keys(MANNERS)), sizes, sizes);

/** Cases of a family of signals. */
export function tradingCases(
  signals: Signals,
  manners: fc.Arbitrary<readonly [string, Then, Then]> = ANY_MANNER,
): fc.Arbitrary<TradingCase> {
  return fc.record({
    market: fc.record({
      seed: fc.nat(),
      length: fc.constantFrom(1023, 1024, 1025, 2047, 2048, 2049, 3000),
      scale: fc.constant(SCALE),
      step: fc.constantFrom(0.01, 0.02, 0.1),
      grid: fc.constantFrom(100, 200, 1000, 0),
      still: fc.constantFrom(0, 0.2, 0.5),
      spikes: fc.constantFrom(0, 0, 0.01),
      gaps: fc.constantFrom(0, 0.1),
      missingVolume: fc.constantFrom(0, 0.005),
      interval: fc.constantFrom(60_000, 3_600_000),
    }),
    still: fc.constantFrom(0, 1, 2, 6, 15),
    document: fc.record({
      type: fc.constant("rule_based"),
      dialect: fc.constantFrom("tv", "tv", "tv", ...DIALECTS),
      params: fc.constant({
        fast: { default: 3 },
        slow: { default: 8 },
        level: { default: 45 },
        width: { default: 1 },
      }),
      rules: manners.map(([manner, size, other]) => MANNERS[manner]!(signals, size, other)),
    }),
    trials: fc
      .constantFrom(16, 16, 16, 16, 16, 300)
      .chain((count) => fc.array(trial, { minLength: count, maxLength: count })),
    execution: fc.record({
      cash: fc.constantFrom(10_000, 10_000, 1234.56),
      commission: fc.constantFrom(0, 0.001, 0.0123),
      slippage: fc.constantFrom(0, 0, 0.0005),
      fill: fc.constantFrom("close" as const, "next_open" as const),
      delay: fc.constant(0),
      start: fc.constantFrom(0, 0, 0, 7, 500),
      riskFreeReturn: fc.constantFrom(0, 0, 0.05, -0.01),
    }),
    batch: fc.constantFrom(300, 300, 7, 16),
  });
}

/** Values of `fast`, `slow`, `level` and `width`. */
const trial = fc.tuple(
  fc.integer({ min: 2, max: 12 }),
  fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 2, max: 40 }) },
    { weight: 1, arbitrary: fc.constantFrom(200, 1025) },
  ),
  fc.constantFrom(30, 45, 50, 52.5),
  fc.constantFrom(0.5, 1, 1.5),
);

/** The bars of a case, still around the edges of chunks, with volumes about the prices. */
export function tradingBars({ market, still }: TradingCase): Bars {
  const bars = barsIn(market);
  for (let i = 0; i < bars.volume.length; i++)
    bars.volume[i] = SCALE - 8 + 2 * Math.round(bars.volume[i]!);
  for (let edge = CHUNK; edge < market.length; edge += CHUNK) {
    const from = edge - still;
    const to = Math.min(market.length, edge + still);
    for (const column of [bars.open, bars.high, bars.low, bars.close])
      column.fill(bars.close[from]!, from, to);
  }
  return bars;
}
