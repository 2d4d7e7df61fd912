import fc from "fast-check";
import { DIALECTS } from "../../../src/vector/kernel.ts";
import { type Market, markets } from "../../reference/generate-bars.ts";
import { type Execution, FREE } from "../../reference/simulate.ts";

/** A strategy with parameters whose trials mostly hold one lot at a time, so that the pack runs them itself. */
export interface LeanCase {
  readonly market: Market;
  readonly document: object;
  /** Values for `fast`, `slow` and `level`. */
  readonly trials: readonly (readonly number[])[];
  readonly execution: Execution & { readonly start: number; readonly riskFreeReturn: number };
  readonly batch: number;
}

const SCALE = 100;

const number = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ param: "fast" }) },
  { weight: 3, arbitrary: fc.constant({ param: "slow" }) },
  { weight: 1, arbitrary: fc.constantFrom(1, 2, 5, 20) },
);
const field = fc.constantFrom("close", "close", "open", "high", "low", "volume");
const offset = fc.constantFrom(0, 0, 0, 1, 3);
const value = fc.letrec<{ value: object }>((tie) => ({
  value: fc.oneof(
    { withCrossShrink: true, maxDepth: 2 },
    fc.record({ kind: fc.constant("field"), field, offset }),
    { weight: 6, arbitrary: func(fc.constantFrom("sma", "ema", "highest", "lowest", "std_dev")) },
    fc.record({
      kind: fc.constant("bin_op"),
      op: fc.constantFrom("add", "sub", "mul", "div"),
      left: tie("value"),
      right: tie("value"),
    }),
    fc.record({
      kind: fc.constant("func"),
      name: fc.constantFrom("sma", "ema", "highest"),
      source: tie("value"),
      period: number,
    }),
  ),
})).value;

function func(name: fc.Arbitrary<string>): fc.Arbitrary<object> {
  return fc.record({ kind: fc.constant("func"), name, field, period: number, offset });
}

const signal = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom("cross_over", "cross_under"),
      left: value,
      right: value,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("compare"),
      op: fc.constantFrom(">", "<", ">=", "<=", "=="),
      left: value,
      right: value,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("rsi"),
      period: number,
      threshold: fc.constant({ param: "level" }),
      comparison: fc.constantFrom("above", "below"),
    }),
  },
);
const condition = fc.oneof(
  { weight: 4, arbitrary: signal },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom("all_of", "any_of"),
      conditions: fc.array(signal, { minLength: 2, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("not"), condition: signal }) },
);
const entry = fc.oneof(
  fc.constant({ size: { percent_of_equity: 100 } }),
  fc.constantFrom(50, 99.5).map((percent_of_equity) => ({ size: { percent_of_equity } })),
  fc.constantFrom(50, 1000).map((cash) => ({ size: { cash } })),
  fc.constantFrom("1", "0.3", "2.50").map((quantity) => ({ quantity })),
);
const exit = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ close: true }) },
  { weight: 2, arbitrary: entry },
);

/** Opens from flat, closes or turns round in a position: what is meant to be common. */
const rules = fc
  .record({
    entry,
    exit,
    opens: condition,
    closes: condition,
    side: fc.constantFrom("buy", "sell"),
    both: fc.boolean(),
    turns: fc.boolean(),
  })
  .map(({ entry: size, exit: end, opens, closes, side, both, turns }) => {
    const other = side === "buy" ? "sell" : "buy";
    const held = side === "buy" ? "long" : "short";
    const contrary = side === "buy" ? "short" : "long";
    const when = (state: string, condition: object) => ({
      kind: "all_of",
      conditions: [{ kind: "position", state }, condition],
    });
    return [
      { when: when("flat", opens), then: { side, ...size } },
      { when: when(held, closes), then: { side: other, ...(turns ? size : end) } },
      ...(both
        ? [
            { when: when("flat", closes), then: { side: other, ...size } },
            { when: when(contrary, opens), then: { side, ...(turns ? size : end) } },
          ]
        : []),
    ];
  });

export const leanCases: fc.Arbitrary<LeanCase> = fc.record({
  market: markets(SCALE, 5000).map((market) => ({
    ...market,
    length: market.seed % 3 === 0 ? 1000 + (market.seed % 3000) : market.length,
    missingVolume: market.seed % 4 === 0 ? market.missingVolume : 0,
  })),
  document: fc.record({
    type: fc.constant("rule_based"),
    dialect: fc.constantFrom("tv", "tv", ...DIALECTS),
    params: fc.constant({
      fast: { default: 3 },
      slow: { default: 8 },
      level: { default: 50 },
    }),
    rules,
  }),
  trials: fc.array(
    fc.tuple(
      fc.integer({ min: 1, max: 12 }),
      fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(200, 1500)),
      fc.constantFrom(30, 50, 70),
    ),
    { minLength: 1, maxLength: 20 },
  ),
  execution: fc.record({
    cash: fc.constantFrom(100, 3, 1000).map((factor) => factor * SCALE),
    commission: fc.constantFrom(FREE.commission, 0.001, 0.1),
    slippage: fc.constantFrom(FREE.slippage, 0.0005),
    fill: fc.constantFrom(FREE.fill, "close" as const),
    delay: fc.constant(0),
    start: fc.constantFrom(0, 0, 7, 1024),
    riskFreeReturn: fc.constantFrom(0, 0, 0.05, -0.01),
  }),
  batch: fc.integer({ min: 1, max: 20 }),
});
