import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Trades } from "../../src/backtest/trades.ts";
import { compile } from "../../src/compile.ts";
import type { RuleBasedStrategy } from "../../src/dsl/document.ts";
import { loadDataset, run } from "../../src/index.ts";
import { ema, rsi } from "../../src/indicators/index.ts";
import { printLogic } from "../../src/ir/index.ts";
import { runScript } from "../../src/script/run-script.ts";
import { toRules } from "../../src/to-rules.ts";
import { toText } from "../../src/to-text.ts";
import type { Bars } from "../../src/vector/columns.ts";
import { check } from "../properties/check.ts";
import { compiled } from "../properties/product.ts";
import { barsIn, markets } from "../reference/generate-bars.ts";
import { ruleBased } from "../reference/generate-documents.ts";
import { ROOT } from "../source-tree.ts";

const CASH = 1e12;

function listed(trades: Trades) {
  return Array.from({ length: trades.length }, (_, k) => [
    trades.side[k],
    trades.quantity[k],
    trades.entryBar[k],
    trades.entryPrice[k],
    trades.exitBar[k],
    trades.exitPrice[k],
  ]);
}

function tradesOfRules(rules: object, bars: Bars, commission = 0) {
  const { simulation } = run(compiled(rules), bars, { cash: CASH, commission });
  return { trades: listed(simulation.trades), equity: [...simulation.equity] };
}

function tradesOfText(text: string, bars: Bars, commission = 0) {
  const { script, diagnostics } = compile(text, { file: "x.pine" });
  if (!script) throw new Error(JSON.stringify(diagnostics));
  const { simulation } = runScript(script.code(), bars, { cash: CASH, commission });
  return { trades: listed(simulation.trades), equity: [...simulation.equity] };
}

/** The document with fixed quantities: sizes of equity are reckoned at other moments in the two languages. */
function fixed(document: RuleBasedStrategy): RuleBasedStrategy {
  const rules = document.rules.map(({ when, then }) => ({
    when,
    then: { side: then.side, quantity: then.quantity ?? "0.5" },
  }));
  return { type: "rule_based", rules };
}

describe("rule documents as text", () => {
  check(
    "run to the same trades",
    0.15,
    fc.property(ruleBased(100), markets(100, 200), (document, market) => {
      const bars = barsIn(market);
      const rules = fixed(document as RuleBasedStrategy);
      const { text } = toText(rules);
      const ours = tradesOfRules(rules, bars);
      const theirs = tradesOfText(text!, bars);
      expect(theirs.trades).toEqual(ours.trades);
      theirs.equity.forEach((value, bar) => {
        expect(Math.abs(value - ours.equity[bar]!)).toBeLessThan(1e-3);
      });
    }),
  );
});

/** Scripts of conditions and orders in every arrangement; about half of them have no differences from rules. */
function scripts(): fc.Arbitrary<string> {
  const atom = fc.constantFrom(
    "ta.crossover(close, ta.sma(close, 3))",
    "ta.crossunder(close, ta.sma(close, 3))",
    "close > ta.highest(high, 4)[1]",
    "close < ta.lowest(low, 4)[1]",
    "close > ta.ema(close, 5)",
    "close < ta.ema(close, 5)",
    "ta.rsi(close, 3) > 60",
    "not na(ta.rsi(close, 4)) and ta.crossover(ta.rsi(close, 4), 30)",
    "not na(close[6]) and close > ta.highest(high, 8)[1]",
  );
  const names = ["a", "b", "c", "d"];
  const name = fc.constantFrom(...names);
  const position = fc
    .constantFrom("== 0", "> 0", "< 0", "!= 0")
    .map((sign) => `strategy.position_size ${sign}`);
  const term = fc.oneof(
    { weight: 4, arbitrary: name },
    { weight: 1, arbitrary: name.map((one) => `not ${one}`) },
    { weight: 2, arbitrary: position },
  );
  const test = fc
    .array(term, { minLength: 1, maxLength: 3 })
    .chain((terms) => fc.constantFrom(terms.join(" and "), terms.join(" or ")));
  const order = fc.constantFrom(
    'strategy.entry("L", strategy.long, qty = 2)',
    'strategy.entry("S", strategy.short, qty = 3)',
    'strategy.order("o", strategy.long, qty = 1)',
    'strategy.close("L")',
    'strategy.close("S")',
    "strategy.close_all()",
  );
  const branch = fc.tuple(fc.constantFrom("if", "if", "else if"), test, order);
  return fc
    .tuple(
      fc.tuple(atom, atom, atom, atom),
      fc.array(branch, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
    )
    .map(([atoms, branches, exact]) =>
      [
        "//@version=6",
        ...(exact ? ["//@swymc exact"] : []),
        'strategy("x")',
        ...atoms.map((one, k) => `${names[k]} = ${one}`),
        ...branches.flatMap(([word, when, call], k) => [
          `${k === 0 ? "if" : word} ${when}`,
          `    ${call}`,
        ]),
        "",
      ].join("\n"),
    );
}

/** Whether two series come nearer than scripts tell apart: an average of prices that stand still, RSI of 3 up and 2 down. */
function nearlyTouches(left: Float64Array, right: Float64Array): boolean {
  return left.some((value, bar) => {
    const distance = Math.abs(value - right[bar]!);
    return distance > 0 && distance < 1e-9;
  });
}

/** Whether the tolerance decides a comparison that {@link scripts} writes. */
function toleranceDecides({ close }: Bars): boolean {
  const level = new Float64Array(close.length).fill(60);
  return (
    nearlyTouches(close, ema(close, { period: 5 })) ||
    nearlyTouches(rsi(close, { period: 3 }), level)
  );
}

describe("scripts as rule documents", () => {
  let alike = 0;
  check(
    "make the same trades where no difference is told",
    0.4,
    fc.property(scripts(), markets(100, 150), (text, market) => {
      const { script } = compile(text, { file: "x.pine" });
      const { ir, differences } = script!.asRules();
      // Prices are on a grid or far apart, and averages not about to meet them, so that the tolerance decides nothing.
      const told = differences.filter(({ code }) => code !== "rules_tolerance");
      fc.pre(ir !== undefined && told.length === 0 && market.step > 1e-6);
      const bars = barsIn(market);
      fc.pre(!toleranceDecides(bars));
      alike++;
      const { rules, diagnostics } = toRules(text, { file: "x.pine" });
      if (!rules) throw new Error(JSON.stringify(diagnostics));
      expect(tradesOfRules(rules, bars).trades).toEqual(tradesOfText(text, bars).trades);
    }),
  );

  test("of which there are many", () => {
    expect(alike).toBeGreaterThan(5);
  });
});

describe("a guard against na in a script", () => {
  const script = (body: string) =>
    `//@version=5\nstrategy("guard")\nstrength = ta.rsi(close, 14)\nrises = ta.crossover(strength, 30)\n${body}\n`;
  const order = 'strategy.entry("in", strategy.long)';
  const withGuard = (guard: string) =>
    toRules(script(`if ${guard}\n    if rises\n        ${order}`));

  test.each([
    ["of what is compared", "not na(strength)"],
    ["of a part of what is compared", "not na(strength) and strength * 2 > 30"],
    ["of what is there by then", "not na(ta.sma(close, 10)[3])"],
  ])("%s is left out: no rule fires on na", (_, guard) => {
    const { rules, diagnostics } = withGuard(guard);
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(JSON.stringify(rules)).not.toContain("na(");
  });

  test.each([
    ["of what comes later", "not na(ta.sma(close, 40))"],
    ["under or", "not na(strength) or close > open"],
    ["turned round", "na(strength)"],
  ])("%s has no counterpart", (_, guard) => {
    const { rules, diagnostics } = withGuard(guard);
    expect(rules).toBeUndefined();
    expect(diagnostics.map(({ message }) => message)).toContain(
      "na() has no counterpart in rule documents",
    );
  });

  test("TradingView's RSI strategy is a rule document of the same trades", async () => {
    const text = readFileSync(join(ROOT, "fixtures/pine/tradingview-rsi.pine"), "utf8");
    const { bars } = await hourly();
    const { rules } = toRules(text, { file: "rsi.pine" });
    const { trades } = tradesOfText(text, bars);
    expect(trades.length).toBe(13);
    expect(tradesOfRules(rules!, bars).trades).toEqual(trades);
  });
});

const fixture = (name: string) => readFileSync(join(ROOT, "fixtures/rules", name), "utf8");
const hourly = () => loadDataset(join(ROOT, "fixtures/ohlcv/synthetic_1h.csv"));

describe("the liquidity sweep", () => {
  const original = `//@version=5
strategy("Liquidity sweep", overlay=true)
lookback = 20
highestHigh = ta.highest(high, lookback)
lowestLow = ta.lowest(low, lookback)
longCondition = low < lowestLow[1] and close > high[1]
shortCondition = high > highestHigh[1] and close < low[1]
if strategy.position_size == 0 and longCondition
    strategy.entry("Long", strategy.long, qty=0.1)
else if strategy.position_size > 0 and shortCondition
    strategy.close("Long")
else if strategy.position_size == 0 and shortCondition
    strategy.entry("Short", strategy.short, qty=0.1)
else if strategy.position_size < 0 and longCondition
    strategy.close("Short")
`;
  const document = JSON.parse(fixture("liquidity_sweep.json"));

  test("of the script and of the rule document make the same trades", async () => {
    const { bars } = await hourly();
    const ours = tradesOfRules(document, bars, 0.001);
    const theirs = tradesOfText(original, bars, 0.001);
    expect(ours.trades.length).toBeGreaterThan(9);
    expect(theirs.trades).toEqual(ours.trades);
    const { rules } = toRules(original, { file: "sweep.pine" });
    expect(tradesOfRules(rules!, bars, 0.001)).toEqual(ours);
  });

  test("shares the nodes of its conditions", () => {
    const { script } = compile(original, { file: "sweep.pine" });
    const { ir } = script!.asRules();
    // Each line is a node, its operands numbered alike as far as the two agree.
    const shared = (text: string) => new Set(expanded(text));
    const ours = shared(printLogic(compiled(document).ir));
    const theirs = shared(printLogic(ir!));
    for (const node of [
      "(lt (low) (history (lowest (low) (20)) 1))",
      "(gt (close) (history (high) 1))",
      "(gt (high) (history (highest (high) (20)) 1))",
      "(lt (close) (history (low) 1))",
    ]) {
      expect(ours).toContain(node);
      expect(theirs).toContain(node);
    }
    const rulesOf = (nodes: Set<string>) => [...nodes].filter((node) => node.startsWith("when"));
    // The third order of the script stands in an else: the first condition must not hold there.
    const alike = rulesOf(theirs).filter((rule) => rulesOf(ours).includes(rule));
    expect(alike).toHaveLength(3);
  });

  test("has an id of its own, for the else and the tolerance", () => {
    const { script } = compile(original, { file: "sweep.pine" });
    const { differences } = script!.asRules();
    expect(differences.map(({ code, span }) => [code, span?.line])).toEqual([
      ["rules_tolerance", 6],
      ["rules_tolerance", 6],
      ["rules_tolerance", 7],
      ["rules_tolerance", 7],
    ]);
    const id = compiled(document).strategyId();
    expect(script!.strategyId()).not.toBe(id);
    const separate = original
      .replace("//@version=5", "//@version=5\n//@swymc exact")
      .replaceAll("else if", "if");
    expect(compile(separate, { file: "sweep.pine" }).script!.strategyId()).toBe(id);
  });
});

/** The lines of printed logic with operands written out. */
function expanded(text: string): string[] {
  const known = new Map<string, string>();
  const inline = (line: string) => line.replace(/%\d+/g, (name) => known.get(name)!);
  return text.split("\n").map((line) => {
    const [, name, rest] = /^(%\d+) = (.*)$/.exec(line) ?? [];
    if (name === undefined) return inline(line);
    known.set(name, `(${inline(rest!)})`);
    return known.get(name)!;
  });
}

test("scripts of crosses share their id with rules, without exact", () => {
  const source = `//@version=6
strategy("Crossing")
fast = input.int(12)
slow = input.int(26)
fastEma = ta.ema(close, fast)
slowEma = ta.ema(close, slow)
if ta.crossover(fastEma, slowEma)
    strategy.entry("Long", strategy.long)
if ta.crossunder(fastEma, slowEma)
    strategy.close("Long")
`;
  const { script } = compile(source, { file: "x.pine" });
  const document = {
    type: "rule_based",
    rules: [
      { fast: "above", state: "flat", side: "buy" },
      { fast: "below", state: "long", side: "sell" },
    ].map(({ fast, state, side }) => ({
      when: {
        kind: "all_of",
        conditions: [
          { kind: "ema_crossover", fast_period: 5, slow_period: 20, direction: fast },
          { kind: "position", state },
        ],
      },
      then: { side, quantity: "1" },
    })),
  };
  expect(script!.strategyId({ fast: 5, slow: 20 })).toBe(compiled(document).strategyId());
  expect(script!.strategyId({ fast: 6, slow: 20 })).not.toBe(compiled(document).strategyId());
});
