import fc from "fast-check";
import type {
  Action,
  Condition,
  Expression,
  FuncExpression,
  Rule,
  StrategyDocument,
} from "../../src/dsl/document.ts";
import { FIELDS } from "../../src/vector/columns.ts";

/** Documents of the whole language without parameters, for prices around `scale`. Small periods, so that rules fire. */
export function documents(scale: number): fc.Arbitrary<StrategyDocument> {
  return fc.oneof(
    { weight: 4, arbitrary: ruleBased(scale) },
    { weight: 2, arbitrary: namedStrategies() },
  );
}

export function ruleBased(scale: number): fc.Arbitrary<StrategyDocument> {
  const { condition } = language(scale);
  const rule: fc.Arbitrary<Rule> = fc.record(
    { when: condition, then: actions(scale), comment: fc.string() },
    { requiredKeys: ["when", "then"] },
  );
  return fc.record(
    {
      type: fc.constant("rule_based" as const),
      rules: fc.array(rule, { minLength: 1, maxLength: 5 }),
      candle_interval: fc.constantFrom("1m" as const, "1h" as const, "1M" as const),
      comment: fc.string(),
    },
    { requiredKeys: ["type", "rules"] },
  );
}

const SIDES = ["buy", "sell"] as const;
const WAYS = ["above", "below"] as const;
const OPS = [">", "<", ">=", "<=", "=="] as const;
const QUANTITIES = ["1", "0.1", "0.2", "0.3", "2.50", "0.001", "10"];

const period = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 1, max: 6 }) },
  { weight: 3, arbitrary: fc.integer({ min: 7, max: 40 }) },
  { weight: 1, arbitrary: fc.constantFrom(120, 1000) },
);
const offset = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(30, 500) },
);
const bands = {
  period,
  num_std_dev: fc.constantFrom(2, 1, 0.5, 0, 1.5),
};

function actions(scale: number): fc.Arbitrary<Action> {
  const side = fc.constantFrom(...SIDES);
  const size = fc.oneof(
    fc.record({ percent_of_equity: fc.constantFrom(100, 50, 10, 33.3, 200) }),
    fc.record({ cash: fc.constantFrom(1, 10, 0.7).map((factor) => factor * scale) }),
  );
  return fc.oneof(
    { weight: 5, arbitrary: fc.record({ side, quantity: fc.constantFrom(...QUANTITIES) }) },
    { weight: 1, arbitrary: fc.record({ side, size }) },
    { weight: 1, arbitrary: fc.record({ side, close: fc.constant(true as const) }) },
  );
}

function language(scale: number) {
  const price = fc
    .constantFrom(1, 0.99, 1.01, 0.9, 1.1, 0.5, 2)
    .map((factor) => Math.fround(factor * scale));
  const constant = fc.oneof(
    { weight: 6, arbitrary: price },
    { weight: 6, arbitrary: fc.constantFrom(0, 1, 2, 0.5, -1, 50, 30, 70, 0.1) },
    { weight: 1, arbitrary: fc.constantFrom(1e300, -1e300, 1e-300, 1e140) },
  );
  const field = fc.constantFrom(...FIELDS, "close" as const, "close" as const);
  const depth = { maxDepth: 3, depthSize: "small", withCrossShrink: true } as const;
  type Parts = { expression: Expression; condition: Condition; past: Condition };
  return fc.letrec<Parts>((tie) => ({
    expression: fc.oneof(
      depth,
      fc.record(
        { kind: fc.constant("field" as const), field, offset },
        { requiredKeys: ["kind", "field"] },
      ),
      fc.record({ kind: fc.constant("literal" as const), value: constant }),
      functions(
        field.map((name) => ({ field: name })),
        period,
      ),
      functions(
        tie("expression").map((source) => ({ source })),
        period,
      ),
      { weight: 1, arbitrary: lookingBack(tie("past"), tie("expression")) },
      { weight: 1, arbitrary: ofTwo(tie("expression"), field) },
      fc.record({
        kind: fc.constant("bin_op" as const),
        op: fc.constantFrom("add", "sub", "mul", "div" as const),
        left: tie("expression"),
        right: tie("expression"),
      }),
    ),
    condition: fc.oneof(
      depth,
      fc.record({
        kind: fc.constant("position" as const),
        state: fc.constantFrom("flat", "long", "short" as const),
      }),
      ...conditions(price, tie("expression"), tie("condition")),
    ),
    past: fc.oneof(depth, ...conditions(price, tie("expression"), tie("past"))),
  }));
}

/** Conditions that do not ask for the position. */
function conditions(
  price: fc.Arbitrary<number>,
  expression: fc.Arbitrary<Expression>,
  condition: fc.Arbitrary<Condition>,
): fc.Arbitrary<Condition>[] {
  return [
    named(price),
    fc.record({
      kind: fc.constant("compare" as const),
      left: expression,
      op: fc.constantFrom(...OPS),
      right: expression,
    }),
    fc.record({
      kind: fc.constantFrom("cross_over", "cross_under" as const),
      left: expression,
      right: expression,
    }),
    fc.record({ kind: fc.constant("not" as const), condition }),
    fc.record({
      kind: fc.constantFrom("all_of", "any_of" as const),
      conditions: fc.array(condition, { maxLength: 3, size: "max" }),
    }),
    fc.array(condition, { minLength: 1, maxLength: 4, size: "max" }).chain((conditions) =>
      fc.record({
        kind: fc.constant("any_of" as const),
        conditions: fc.constant(conditions),
        at_least: fc.integer({ min: 1, max: conditions.length }),
      }),
    ),
  ];
}

/** Functions of a condition. */
function lookingBack(
  condition: fc.Arbitrary<Condition>,
  source: fc.Arbitrary<Expression>,
): fc.Arbitrary<Expression> {
  const kind = fc.constant("func" as const);
  return fc.oneof(
    fc.record(
      { kind, name: fc.constant("barssince"), condition, offset },
      { requiredKeys: ["kind", "name", "condition"] },
    ),
    fc.record(
      {
        kind,
        name: fc.constant("valuewhen"),
        condition,
        source,
        occurrence: fc.integer({ min: 0, max: 4 }),
        offset,
      },
      { requiredKeys: ["kind", "name", "condition", "source"] },
    ),
  );
}

/** Functions of two series, and of the time. */
function ofTwo(
  expression: fc.Arbitrary<Expression>,
  field: fc.Arbitrary<(typeof FIELDS)[number]>,
): fc.Arbitrary<Expression> {
  const kind = fc.constant("func" as const);
  return fc.oneof(
    fc.record({
      kind,
      name: fc.constant("correlation"),
      field,
      other: expression,
      period: fc.integer({ min: 2, max: 12 }),
    }),
    fc.record({
      kind,
      name: fc.constant("vwap"),
      source: expression,
      output: fc.constant("value"),
    }),
  );
}

function functions(
  source: fc.Arbitrary<Pick<FuncExpression, "field" | "source">>,
  n: fc.Arbitrary<number>,
): fc.Arbitrary<Expression> {
  const kind = fc.constant("func" as const);
  const name = fc.constantFrom("highest", "lowest", "sma", "ema", "rsi", "std_dev");
  const plain = fc.record(
    { kind, name, period: n, offset },
    { requiredKeys: ["kind", "name", "period"] },
  );
  const bollinger = fc.record(
    {
      kind,
      name: fc.constant("bollinger"),
      ...bands,
      output: fc.constantFrom("upper", "middle", "lower"),
      offset,
    },
    { requiredKeys: ["kind", "name", "output"] },
  );
  return fc
    .tuple(fc.oneof({ weight: 6, arbitrary: plain }, { weight: 1, arbitrary: bollinger }), source)
    .map(([func, of]) => ({ ...func, ...of }) as FuncExpression);
}

function named(price: fc.Arbitrary<number>): fc.Arbitrary<Condition> {
  const way = fc.constantFrom(...WAYS);
  return fc.oneof(
    fc.record({
      kind: fc.constant("ema_crossover" as const),
      fast_period: period,
      slow_period: period,
      direction: way,
    }),
    fc.record({ kind: fc.constant("ema_trend" as const), period, direction: way }),
    fc.record(
      {
        kind: fc.constant("rsi" as const),
        period,
        threshold: fc.constantFrom(30, 50, 70, 0, 100),
        comparison: way,
      },
      { requiredKeys: ["kind", "threshold", "comparison"] },
    ),
    fc.record(
      {
        kind: fc.constant("bollinger" as const),
        ...bands,
        band: fc.constantFrom("above_upper", "below_lower" as const),
      },
      { requiredKeys: ["kind", "band"] },
    ),
    fc.record({ kind: fc.constant("price_level" as const), price, direction: way }),
  );
}

/** The five named strategies, each number given or left to its default. */
export function namedStrategies(): fc.Arbitrary<StrategyDocument> {
  const common = {
    order_quantity: fc.constantFrom(...QUANTITIES),
    // Of the order of the bars', so that it counts.
    interval_secs: fc.constantFrom(5, 0, 60, 120, 2, 3600, 7200),
  };
  const of = <T extends string, O extends object>(
    type: T,
    options: { [K in keyof O]: fc.Arbitrary<O[K]> },
  ) =>
    fc.record(
      { type: fc.constant(type), ...common, ...options },
      { requiredKeys: ["type", "order_quantity"] },
    ) as unknown as fc.Arbitrary<StrategyDocument>;
  return fc.oneof(
    of("default", {}),
    of("simple_spread", { spread: fc.constantFrom(0.001, 0.01, 0.1, 0.5, 1.9) }),
    of("ema_crossover", { fast_period: period, slow_period: period }),
    of("rsi_reversal", {
      rsi_period: period,
      oversold: fc.constantFrom(30, 50, 0),
      overbought: fc.constantFrom(70, 50, 100),
    }),
    of("bollinger_breakout", bands),
  );
}
