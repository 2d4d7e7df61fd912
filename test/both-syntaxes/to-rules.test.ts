import { describe, expect, test } from "vitest";
import { compile, toRules } from "../../src/index.ts";
import { printLogic } from "../../src/ir/index.ts";
import { strategyIdOf } from "../properties/product.ts";

const script = (
  body: string,
  { version = 6, exact = true, settings = ", initial_capital = 10000" } = {},
) => `//@version=${version}\n${exact ? "//@swymc exact\n" : ""}strategy("x"${settings})\n${body}\n`;

/** Findings by line of the body, its first line being 1. */
function found(body: string, options: Parameters<typeof script>[1] = {}) {
  const text = script(body, options);
  const before = text.slice(0, text.indexOf(body)).split("\n").length - 1;
  const { rules, diagnostics } = toRules(text, { file: "x.pine" });
  return {
    rules,
    codes: diagnostics.map(({ code, span }) => `${(span?.line ?? before) - before} ${code}`),
    messages: diagnostics.map(({ message }) => message),
  };
}

function logic(body: string, options = {}) {
  const { script: made } = compile(script(body, options), { file: "x.pine" });
  return printLogic(made!.asRules().ir!);
}
const buy = 'strategy.order("o", strategy.long, qty = 1)';

describe("what has no counterpart is named, with its line", () => {
  test.each([
    [
      "a variable that is assigned again",
      `x = 1.0\nif close > open\n    x := 2.0\nif close > x\n    ${buy}`,
      "the variable x, which keeps or changes its value",
    ],
    [
      "var",
      `var x = close\nif close > x\n    ${buy}`,
      "the variable x, which keeps or changes its value",
    ],
    ["?:", `x = close > open ? high : low\nif close > x\n    ${buy}`, "?:"],
    ["na()", `if not na(close)\n    ${buy}`, "na()"],
    ["math", `if math.abs(close) > 1\n    ${buy}`, "math.abs()"],
    ["calendar", `if dayofweek == 2\n    ${buy}`, "dayofweek()"],
    [
      "another timeframe",
      `d = request.security(syminfo.tickerid, "D", close)\nif close > d\n    ${buy}`,
      "request.security()",
    ],
    ["equity", `if strategy.equity > 1\n    ${buy}`, "strategy.equity"],
    ["bar_index", `if bar_index > 100\n    ${buy}`, "bar_index"],
    ["%", `if close % 2 > 1\n    ${buy}`, "the operator %"],
    [
      "a length that changes",
      `n = close > open ? 5 : 9\nif close > ta.highest(n)\n    ${buy}`,
      "highest with a period that changes",
    ],
    [
      "a stop",
      'if close > open\n    strategy.entry("L", strategy.long, stop = high)',
      "strategy.entry() with stop",
    ],
    ["an exit", `if close > open\n    ${buy}\nstrategy.exit("x", profit = 10)`, "strategy.exit()"],
    ["cancel", `if close > open\n    ${buy}\nstrategy.cancel("o")`, "strategy.cancel()"],
    [
      "risk",
      `strategy.risk.max_position_size(3)\nif close > open\n    ${buy}`,
      "strategy.risk.max_position_size()",
    ],
    [
      "a part of a position",
      'if close > open\n    strategy.entry("L", strategy.long)\nif close < open\n    strategy.close("L", qty_percent = 50)',
      "closing a part of a position",
    ],
    [
      "a quantity of bars",
      'if close > open\n    strategy.order("o", strategy.long, qty = high - low)',
      "a quantity that changes",
    ],
    [
      "a loop",
      `s = 0.0\nfor i = 0 to 3\n    s += close[i]\nif close > s\n    ${buy}`,
      "a for loop",
    ],
  ])("%s", (_, body, construct) => {
    const { rules, messages } = found(body);
    expect(rules).toBeUndefined();
    expect(messages).toContain(`${construct} has no counterpart in rule documents`);
  });

  test("all of it at once, at its places", () => {
    const body = `if math.abs(close) > 1 and na(high)\n    ${buy}\nif dayofweek == 2\n    strategy.cancel_all()`;
    expect(found(body).codes).toEqual([
      "1 rules_no_counterpart",
      "1 rules_no_counterpart",
      "3 rules_no_counterpart",
      "4 rules_no_counterpart",
    ]);
  });

  test("what is computed on some bars only, with advice", () => {
    const text = script(
      `if strategy.position_size == 0 and ta.crossover(close, ta.sma(close, 5))\n    ${buy}`,
    );
    const { diagnostics } = toRules(text, { file: "x.pine" });
    expect(diagnostics[0]!.message).toMatch(
      /^the function crossover that is computed on some bars/,
    );
    expect(diagnostics[0]!.hint).toMatch(/a line of its own/);
    // Both sides are computed before version 6.
    expect(
      found(`if strategy.position_size == 0 and crossover(close, sma(close, 5))\n    ${buy}`, {
        version: 4,
      }).codes,
    ).toEqual([]);
  });

  test("a document beyond the limits", () => {
    const deep = Array.from({ length: 70 }, (_, i) => `x${i + 1} = x${i} / 2 + 1`).join("\n");
    const { messages } = found(`x0 = close\n${deep}\nif close > x70\n    ${buy}`);
    expect(messages[0]).toMatch(/nested \d+ deep/);
    const wide = Array.from({ length: 20 }, (_, i) => `x${i + 1} = x${i} + x${i}`).join("\n");
    expect(found(`x0 = close\n${wide}\nif close > x20\n    ${buy}`).messages[0]).toMatch(
      /more than 10000 parts/,
    );
    expect(found(`if close > ta.sma(close, 200000)\n    ${buy}`).codes).toEqual([
      "0 rules_document",
    ]);
  });
});

describe("where rules decide otherwise", () => {
  const free = { exact: false };
  test.each([
    ["comparisons of floats", `if close > open\n    ${buy}`, ["1 rules_tolerance"]],
    ["crosses are exact", `c = ta.crossover(close, open)\nif c\n    ${buy}`, []],
    [
      "whole numbers have no tolerance",
      `c = ta.crossover(close, open)\nif ta.barssince(c) > 5\n    ${buy}`,
      [],
    ],
    ["the position is whole", `if strategy.position_size == 0\n    ${buy}`, []],
    [
      "not of a comparison",
      `c = ta.barssince(close == open) > ta.barssince(high == low)\nif not c\n    ${buy}`,
      ["1 rules_na", "1 rules_tolerance", "1 rules_tolerance"],
    ],
    ["not of a cross", `c = ta.crossover(close, open)\nif not c\n    ${buy}`, ["1 rules_na"]],
    [
      "else",
      `c = ta.crossover(close, ta.ema(close, 9))\nd = ta.crossunder(high, low)\nif c\n    ${buy}\nelse if d\n    strategy.order("p", strategy.short, qty = 1)`,
      ["1 rules_na"],
    ],
    [
      "entries that meet",
      `c = ta.crossover(close, open)\nd = ta.crossunder(high, low)\nif c\n    strategy.entry("L", strategy.long)\nif d\n    strategy.entry("S", strategy.short)`,
      ["6 rules_together"],
    ],
  ])("%s", (_, body, codes) => {
    expect(found(body, free).codes).toEqual(codes);
  });

  test("an else is harmless where its values are known whenever the rest can be true", () => {
    const body = (first: number) => `up = close > ta.highest(high, ${first})[1]
down = close < ta.lowest(low, 20)[1]
if up
    ${buy}
else if down
    strategy.order("p", strategy.short, qty = 1)`;
    expect(found(body(20)).codes).toEqual([]);
    expect(found(body(50)).codes).toEqual(["1 rules_na"]);
  });

  test("sizes and settings are told, and leave the id as it is", () => {
    const body = `c = ta.crossover(close, open)\nif c\n    strategy.order("o", strategy.long)`;
    const settings =
      ", initial_capital = 500, default_qty_type = strategy.percent_of_equity, default_qty_value = 50, commission_value = 0.1, process_orders_on_close = true";
    const { codes, rules } = found(body, { settings });
    expect(codes.map((code) => code.split(" ")[1])).toEqual([
      "rules_setting",
      "rules_setting",
      "rules_setting",
      "rules_size",
    ]);
    expect(rules!.rules[0]!.then).toEqual({ side: "buy", size: { percent_of_equity: 50 } });
    const id = (text: string) => compile(text, { file: "x.pine" }).script!.strategyId();
    expect(id(script(body, { settings }))).toBe(id(script(body)));
    expect(strategyIdOf(rules!)).toBe(id(script(body)));
  });

  test.each([
    [6, "--cash 1000000"],
    [5, "--cash 1000000"],
    [4, "--cash 100000"],
  ])("the money that version %i starts with is told", (version, option) => {
    const body = `c = crossover(close, open)\nif c\n    ${buy}`;
    const text = script(version > 4 ? body.replace("cross", "ta.cross") : body, {
      version,
      settings: "",
    });
    const { diagnostics } = toRules(text, { file: "x.pine" });
    const told = diagnostics.filter(({ code }) => code === "rules_setting");
    expect(told.map(({ hint }) => hint)).toEqual([`run the document with ${option}`]);
  });
});

describe("orders", () => {
  test("an entry closes the other direction, opens where there is none, and is blocked in its own", () => {
    const body = `up = ta.crossover(close, open)
down = ta.crossunder(close, open)
if up
    strategy.entry("L", strategy.long, qty = 2)
if down
    strategy.entry("S", strategy.short, qty = 3)`;
    expect(found(body).rules!.rules.map(({ then }) => then)).toEqual([
      { side: "buy", close: true },
      { side: "buy", quantity: "2" },
      { side: "sell", close: true },
      { side: "sell", quantity: "3" },
    ]);
    expect(logic(body).split("\n").slice(1)).toEqual([
      "%0 = close",
      "%1 = open",
      "%2 = cross_over %0 %1",
      "%3 = position short",
      "%4 = and %2 %3",
      "%5 = position long",
      "%6 = not %5",
      "%7 = and %2 %6",
      "%8 = cross_under %0 %1",
      "%9 = and %8 %5",
      "%10 = not %3",
      "%11 = and %8 %10",
      "when %4 buy",
      "when %7 buy",
      "when %9 sell",
      "when %11 sell",
      "",
    ]);
  });

  test("sizes: cash, a share of equity, a parameter, what is there", () => {
    const body = `n = input.float(2.5, minval = 1, maxval = 9, step = 0.5)
up = ta.crossover(close, open)
if up
    strategy.order("a", strategy.long, qty = 700 / close)
    strategy.order("b", strategy.long, qty = strategy.equity * 0.5 / close)
    strategy.order("c", strategy.long, qty = n)
    strategy.order("d", strategy.short, qty = math.max(strategy.position_size, 0))`;
    const { rules } = found(body);
    expect(rules!.rules.map(({ then }) => then)).toEqual([
      { side: "buy", size: { cash: 700 } },
      { side: "buy", size: { percent_of_equity: 50 } },
      { side: "buy", quantity: { param: "n" } },
      { side: "sell", close: true },
    ]);
    expect(rules!.params).toEqual({ n: { default: 2.5, min: 1, max: 9, step: 0.5 } });
  });

  test("inputs that are no numbers stand with their values", () => {
    const body = `longs = input.bool(true)
src = input.source(high)
up = ta.crossover(src, open)
if longs and up
    ${buy}`;
    const { codes } = found(body);
    expect(codes).toEqual(["1 rules_input", "2 rules_input"]);
    expect(logic(body)).toContain("cross_over %0 %1");
    const { script: made } = compile(script(body), { file: "x.pine" });
    expect(made!.asRules({ longs: false }).ir!.rules).toEqual([]);
    expect(made!.strategyId({ longs: false })).not.toBe(made!.strategyId());
  });

  test("the past of a condition is the condition of past values", () => {
    const body = `up = close > open and ta.crossover(high, low)\nif up[2]\n    ${buy}`;
    expect(logic(body, { version: 5 })).toBe(
      logic(`if close[2] > open[2] and ta.crossover(high[2], low[2])\n    ${buy}`, { version: 5 }),
    );
  });
});
