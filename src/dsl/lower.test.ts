import { describe, expect, it } from "vitest";
import { printProgram, strategyIdOf, verifyProgram } from "../ir/index.ts";
import type { Condition, StrategyDocument } from "./document.ts";
import { indicatorShape, lower } from "./lower.ts";

const buy = { side: "buy", quantity: "1" } as const;

function rules(...conditions: Condition[]): StrategyDocument {
  return { type: "rule_based", rules: conditions.map((when) => ({ when, then: buy })) };
}

function text(document: StrategyDocument): string {
  const program = lower(document);
  expect(verifyProgram(program, indicatorShape)).toEqual([]);
  return printProgram(program);
}

function id(document: StrategyDocument, params: Record<string, number> = {}): string {
  return strategyIdOf(lower(document), new Map(Object.entries(params)));
}

const close = { kind: "field", field: "close" } as const;
const ema = (period: number) => ({ kind: "func", name: "ema", field: "close", period }) as const;

describe("lowering", () => {
  it("expands every named condition to comparisons and crosses of functions", () => {
    const pairs: [Condition, Condition][] = [
      [
        { kind: "ema_crossover", fast_period: 3, slow_period: 9, direction: "above" },
        { kind: "cross_over", left: ema(3), right: ema(9) },
      ],
      [
        { kind: "ema_crossover", fast_period: 3, slow_period: 9, direction: "below" },
        { kind: "cross_under", left: ema(3), right: ema(9) },
      ],
      [
        { kind: "ema_trend", period: 9, direction: "below" },
        { kind: "compare", left: close, op: "<", right: ema(9) },
      ],
      [
        { kind: "rsi", threshold: 30, comparison: "below" },
        {
          kind: "compare",
          left: { kind: "func", name: "rsi", field: "close", period: 14 },
          op: "<",
          right: { kind: "literal", value: 30 },
        },
      ],
      [
        { kind: "bollinger", band: "above_upper" },
        {
          kind: "compare",
          left: close,
          op: ">",
          right: {
            kind: "func",
            name: "bollinger",
            field: "close",
            period: 20,
            num_std_dev: 2,
            output: "upper",
          },
        },
      ],
      [
        { kind: "price_level", price: 100, direction: "above" },
        { kind: "compare", left: close, op: ">", right: { kind: "literal", value: 100 } },
      ],
    ];
    for (const [named, expanded] of pairs) {
      expect(text(rules(named))).toBe(text(rules(expanded)));
      expect(id(rules(named))).toBe(id(rules(expanded)));
    }
  });

  it("pushes not to the leaves", () => {
    const below: Condition = { kind: "compare", left: close, op: "<", right: ema(9) };
    const cross: Condition = { kind: "cross_over", left: close, right: ema(9) };
    const flat: Condition = { kind: "position", state: "flat" };
    expect(
      text(
        rules({
          kind: "not",
          condition: {
            kind: "all_of",
            conditions: [below, { kind: "not", condition: cross }, flat],
          },
        }),
      ),
    ).toBe(`dialect tv
%0 = close
%1 = ema %0 (9)
%2 = ge %0 %1
%3 = cross_over %0 %1
%4 = position flat
%5 = not %4
%6 = or %2 %3 %5
when %6 buy 1
`);
  });

  it("keeps crosses of na unknown under not", () => {
    const cross: Condition = { kind: "cross_under", left: close, right: ema(9) };
    expect(text(rules({ kind: "not", condition: cross }))).toContain("%3 = not %2");
  });

  it("knows what a parameter may be from where it stands and what is declared", () => {
    const program = lower({
      type: "rule_based",
      params: {
        n: { default: 12, max: 50, step: 1 },
        level: { default: 30 },
        unused: { default: 1 },
      },
      rules: [
        {
          when: {
            kind: "rsi",
            period: { param: "n" },
            threshold: { param: "level" },
            comparison: "below",
          },
          then: { side: "buy", size: { cash: { param: "level" } } },
        },
      ],
    });
    expect(program.params).toMatchObject([
      { name: "n", default: 12, integer: true, min: 1, max: 50, exclusiveMin: false, step: 1 },
      { name: "level", default: 30, integer: false, min: 0, max: null, exclusiveMin: true },
      { name: "unused", integer: false, min: null, max: null },
    ]);
  });

  it("gives the named crossover the trades' conditions of the rule document", () => {
    expect(text({ type: "ema_crossover", order_quantity: "0.001" })).toBe(`dialect tv
cooldown 5 s
%0 = close
%1 = ema %0 (12)
%2 = ema %0 (26)
%3 = cross_over %1 %2
%4 = position flat
%5 = and %3 %4
%6 = cross_under %1 %2
%7 = position long
%8 = and %6 %7
when %5 buy 0.001
when %8 sell 0.001
`);
  });

  it("quotes both sides of the close for simple_spread", () => {
    expect(text({ type: "simple_spread", order_quantity: "2" })).toBe(`dialect tv
cooldown 5 s
replace_orders
%0 = true
%1 = close
%2 = div 0.001 2
%3 = sub 1 %2
%4 = mul %1 %3
%5 = add 1 %2
%6 = mul %1 %5
when %0 buy limit %4 2
when %0 sell limit %6 2
`);
  });

  it("lowers the other named strategies with their defaults", () => {
    expect(text({ type: "default" })).toBe("dialect tv\ncooldown 5 s\n");
    expect(id({ type: "rsi_reversal", order_quantity: "1" })).toBe(
      id({
        type: "rsi_reversal",
        order_quantity: "7",
        rsi_period: 14,
        oversold: 30,
        overbought: 70,
        interval_secs: 5,
      }),
    );
    expect(id({ type: "bollinger_breakout", order_quantity: "1" })).toBe(
      id({ type: "bollinger_breakout", order_quantity: "1", period: 20, num_std_dev: 2 }),
    );
  });

  it("changes identity with interval_secs, dialect, order of rules; not with sizes", () => {
    const up: Condition = { kind: "ema_trend", period: 5, direction: "above" };
    const down: Condition = { kind: "ema_trend", period: 5, direction: "below" };
    const base = id(rules(up, down));
    expect(id(rules(down, up))).not.toBe(base);
    expect(id({ ...rules(up, down), dialect: "pandas" } as StrategyDocument)).not.toBe(base);
    expect(
      id({ ...rules(up, down), dialect: "tv", candle_interval: "4h" } as StrategyDocument),
    ).toBe(base);
    const sized = {
      type: "rule_based",
      rules: [up, down].map((when) => ({
        when,
        then: { side: "buy", size: { percent_of_equity: 10 } },
      })),
    } as const satisfies StrategyDocument;
    expect(id(sized)).toBe(base);
    expect(id({ type: "rsi_reversal", order_quantity: "1", interval_secs: 6 })).not.toBe(
      id({ type: "rsi_reversal", order_quantity: "1" }),
    );
  });

  it("binds a parameter to the identity of the number written out", () => {
    const with12 = rules({ kind: "ema_trend", period: 12, direction: "above" });
    const withParam: StrategyDocument = {
      ...rules({ kind: "ema_trend", period: { param: "n" }, direction: "above" }),
      params: { n: { default: 3 } },
    } as StrategyDocument;
    expect(id(withParam, { n: 12 })).toBe(id(with12));
    expect(id(withParam, { n: 3 })).not.toBe(id(with12));
  });
});
