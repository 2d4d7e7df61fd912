import { describe, expect, it } from "vitest";
import { parseRules } from "../../src/dsl/parse-rules.ts";

const when = { kind: "position", state: "flat" };
const action = { side: "buy", quantity: "0.001" };
const close = { kind: "field", field: "close" };

function rule(condition: unknown, order: unknown = action, head: object = {}) {
  return { type: "rule_based", ...head, rules: [{ when: condition, then: order }] };
}

function compared(expression: unknown) {
  return rule({ kind: "compare", left: expression, op: ">", right: close });
}

function codes(document: unknown): string[] {
  return parseRules(document).diagnostics.map((one) => one.code);
}

function accepts(document: unknown): void {
  const { document: checked, diagnostics } = parseRules(document);
  expect(diagnostics).toEqual([]);
  expect(checked?.strategy).toEqual(document);
}

describe("conditions", () => {
  it.each([
    { kind: "ema_crossover", fast_period: 12, slow_period: 26, direction: "above" },
    { kind: "ema_crossover", fast_period: 12, slow_period: 26, direction: "below" },
    { kind: "ema_trend", period: 200, direction: "above" },
    { kind: "ema_trend", period: 1, direction: "below" },
    { kind: "rsi", threshold: 30, comparison: "below" },
    { kind: "rsi", period: 14, threshold: 70, comparison: "above" },
    { kind: "bollinger", band: "above_upper" },
    { kind: "bollinger", period: 20, num_std_dev: 2.5, band: "below_lower" },
    { kind: "price_level", price: 50000, direction: "above" },
    { kind: "price_level", price: 0.5, direction: "below" },
    { kind: "position", state: "flat" },
    { kind: "position", state: "long" },
    { kind: "position", state: "short" },
    { kind: "all_of", conditions: [when, when] },
    { kind: "any_of", conditions: [when] },
    { kind: "not", condition: when },
    { kind: "cross_over", left: close, right: { kind: "literal", value: 1 } },
    { kind: "cross_under", left: close, right: { kind: "literal", value: 1 } },
    ...[">", "<", ">=", "<=", "=="].map((op) => ({
      kind: "compare",
      left: close,
      op,
      right: close,
    })),
  ])("accepts $kind $direction$state$band$comparison$op", (condition) => {
    accepts(rule(condition));
    accepts(rule({ ...condition, comment: "why" }));
  });
});

describe("expressions", () => {
  it.each([
    { kind: "literal", value: -1.5e-7 },
    ...["open", "high", "low", "close", "volume"].map((field) => ({ kind: "field", field })),
    { kind: "field", field: "close", offset: 0 },
    { kind: "field", field: "close", offset: 100000 },
    ...["highest", "lowest", "sma", "ema", "rsi", "std_dev"].map((name) => ({
      kind: "func",
      name,
      field: "low",
      period: 20,
      offset: 1,
    })),
    { kind: "func", name: "sma", field: "close", period: 1 },
    { kind: "func", name: "sma", field: "close", period: 100000 },
    {
      kind: "func",
      name: "ema",
      source: { kind: "bin_op", op: "sub", left: close, right: close },
      period: 3,
    },
    ...["upper", "middle", "lower"].map((output) => ({
      kind: "func",
      name: "bollinger",
      field: "close",
      period: 20,
      num_std_dev: 2,
      output,
    })),
    { kind: "func", name: "bollinger", field: "close", output: "upper" },
    ...["add", "sub", "mul", "div"].map((op) => ({
      kind: "bin_op",
      op,
      left: close,
      right: close,
    })),
  ])("accepts $kind $name$field$op$output", (expression) => {
    accepts(compared(expression));
    accepts(compared({ ...expression, comment: "why" }));
  });
});

describe("actions", () => {
  it.each(["0.001", "1", "100000", "0.000000000001", "007", "999999999999999.999999999999"])(
    "accept the quantity %s",
    (quantity) => accepts(rule(when, { side: "sell", quantity })),
  );

  it.each([
    "",
    "0",
    "0.0",
    "-1",
    "+1",
    "1e3",
    ".5",
    "5.",
    "1,5",
    " 1",
    "1\n",
    "0x1",
    "Infinity",
    "NaN",
    "1234567890123456",
  ])("refuse the quantity %j", (quantity) =>
    expect(codes(rule(when, { side: "sell", quantity }))).toEqual(["bad_quantity"]),
  );

  it("accept a share of equity, an amount of money and the closing of the position", () => {
    accepts(rule(when, { side: "buy", size: { percent_of_equity: 100 } }));
    accepts(rule(when, { side: "buy", size: { cash: 1000, comment: "per order" } }));
    accepts(rule(when, { side: "sell", close: true, comment: "out" }));
  });
});

describe("strategies", () => {
  it.each([
    { type: "default" },
    { type: "default", order_quantity: "1", interval_secs: 5 },
    { type: "simple_spread", order_quantity: "1" },
    { type: "simple_spread", order_quantity: "1", spread: 0.002, interval_secs: 0 },
    { type: "ema_crossover", order_quantity: "1" },
    {
      type: "ema_crossover",
      order_quantity: "1",
      fast_period: 5,
      slow_period: 10,
      interval_secs: 60,
    },
    { type: "rsi_reversal", order_quantity: "1" },
    { type: "rsi_reversal", order_quantity: "1", rsi_period: 7, oversold: 20, overbought: 80 },
    { type: "bollinger_breakout", order_quantity: "1" },
    { type: "bollinger_breakout", order_quantity: "1", period: 10, num_std_dev: 1.5 },
  ])("accepts $type", (strategy) => {
    accepts(strategy);
    const head = {
      $schema: "rules.json",
      comment: "why",
      candle_interval: "1M",
      dialect: "pandas",
    };
    accepts({ ...strategy, ...head });
  });

  it.each([
    "1s",
    "1m",
    "3m",
    "5m",
    "15m",
    "30m",
    "1h",
    "2h",
    "4h",
    "8h",
    "12h",
    "1d",
    "3d",
    "1w",
    "1M",
  ])("accept the interval %s", (interval) =>
    accepts(rule(when, action, { candle_interval: interval })),
  );

  it("refuse an interval of the wrong case", () => {
    expect(codes(rule(when, action, { candle_interval: "1W" }))).toEqual(["unknown_interval"]);
  });
});

describe("parameters", () => {
  it("stand wherever a number stands", () => {
    const p = (name: string) => ({ param: name });
    const params = {
      n: { default: 20, min: 2, max: 100, step: 1, title: "Bars" },
      x: { default: 1.5 },
    };
    const conditions = [
      { kind: "ema_crossover", fast_period: p("n"), slow_period: 200, direction: "above" },
      { kind: "ema_trend", period: p("n"), direction: "above" },
      { kind: "rsi", period: p("n"), threshold: p("x"), comparison: "below" },
      { kind: "bollinger", period: p("n"), num_std_dev: p("x"), band: "above_upper" },
      { kind: "price_level", price: p("x"), direction: "above" },
      {
        kind: "compare",
        left: { kind: "func", name: "sma", field: "close", period: p("n"), offset: p("n") },
        op: ">",
        right: { kind: "literal", value: { param: "x", comment: "why" } },
      },
    ];
    for (const order of [
      { side: "buy", quantity: p("x") },
      { side: "buy", size: { cash: p("x") } },
      { side: "buy", size: { percent_of_equity: p("x") } },
    ]) {
      accepts(rule({ kind: "all_of", conditions }, order, { params }));
    }
    accepts({ type: "rsi_reversal", order_quantity: p("x"), rsi_period: p("n"), params });
  });

  it.each([
    [{ default: 12, min: 13 }, "param_range"],
    [{ default: 12, max: 11 }, "param_range"],
    [{ default: 12, min: 3, max: 2 }, "param_range"],
    [{ default: 12, step: 0 }, "number_out_of_range"],
    [{ default: 0 }, "param_unfit"],
    [{ default: 100001 }, "param_unfit"],
    [{ default: 1.5 }, "param_unfit"],
    [{ default: 2, min: 0 }, "param_unfit"],
    [{ default: 2, max: 1e6 }, "param_unfit"],
    [{ default: 2, min: 1, max: 9, step: 0.25 }, "param_unfit"],
  ])("refuse the declaration %j for a period", (declared, code) => {
    const document = rule(
      { kind: "ema_trend", period: { param: "n" }, direction: "above" },
      action,
      {
        params: { n: declared },
      },
    );
    expect(codes(document)).toEqual([code]);
  });

  it("may have steps that floating point rounds, where they stand for a quantity", () => {
    const params = { q: { default: 0.7, min: 0.7, max: 1.5, step: 0.1 } };
    accepts(rule(when, { side: "buy", quantity: { param: "q" } }, { params }));
    const tiny = { q: { default: 1e-13 } };
    const order = { side: "buy", quantity: { param: "q" } };
    expect(codes(rule(when, order, { params: tiny }))).toEqual(["param_unfit"]);
  });

  it("must suit every place that uses them", () => {
    const conditions = [
      { kind: "price_level", price: { param: "n" }, direction: "above" },
      { kind: "ema_trend", period: { param: "n" }, direction: "above" },
    ];
    const document = rule({ kind: "all_of", conditions }, action, {
      params: { n: { default: 1.5 } },
    });
    const [found] = parseRules(document).diagnostics;
    expect(found.code).toBe("param_unfit");
    expect(found.pointer).toBe("/params/n/default");
    expect(found.message).toContain("/rules/0/when/conditions/1/period");
  });
});
