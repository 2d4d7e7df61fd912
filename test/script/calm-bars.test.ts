import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkScript } from "../../src/dsl/text/check/index.ts";
import { parseScript } from "../../src/dsl/text/parse/parse-script.ts";
import { compileScript } from "../../src/script/compile-script.ts";
import { runScript } from "../../src/script/run-script.ts";
import { runSeed } from "../kernels/cases.ts";
import { marketOf } from "./random-market.ts";
import { interpretScript } from "./reference/interpret-script.ts";

const seed = runSeed("bars that are passed over");

const pure = fc.constantFrom(
  "close > open",
  "ta.crossover(close, fast)",
  "ta.crossunder(close, fast)",
  "close < fast - 0.1",
  "close[1] > high[2]",
  "bar_index % 7 == 3",
  "rising and close > slow",
);
const held = fc.constantFrom(
  "strategy.position_size == 0",
  "strategy.position_size > 0",
  "strategy.opentrades < 2",
  "na(level)",
  "flat",
  "strategy.equity > 10000",
);
const tests = fc.oneof(
  { weight: 4, arbitrary: pure },
  { weight: 2, arbitrary: held },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom("and", "or"), fc.boolean(), pure, held)
      .map(([op, swapped, a, b]) => (swapped ? `${b} ${op} ${a}` : `${a} ${op} ${b}`)),
  },
  { weight: 1, arbitrary: held.map((each) => `not (${each})`) },
);
const order = fc.constantFrom(
  'strategy.entry("L", strategy.long)',
  'strategy.entry("S", strategy.short)',
  'strategy.entry("L", strategy.long, stop=high + 0.05)',
  'strategy.entry("S", strategy.short, limit=fast + 0.1)',
  'strategy.order("O", strategy.long, qty=1)',
  'strategy.close("L")',
  'strategy.close("S", qty_percent=50)',
  'strategy.close("L", immediately=true)',
  "strategy.close_all()",
  'strategy.cancel("L")',
  "strategy.cancel_all()",
  "level := close",
  "level := na",
);
const exit = fc.constantFrom(
  'strategy.exit("X", "L", profit=20, loss=15)',
  'strategy.exit("X", "L", stop=strategy.position_avg_price - 0.2, limit=strategy.position_avg_price + 0.3)',
  'strategy.exit("X", "S", stop=target, trail_points=10, trail_offset=5)',
  'strategy.exit("Y", trail_points=8, trail_offset=0)',
  'strategy.exit("Y", qty_percent=50, limit=level + 0.2)',
  'strategy.exit("X", "L", stop=low[1])',
  'strategy.exit("X", "L", loss=15, comment=str.tostring(close))',
);
const block = fc
  .tuple(
    tests,
    fc.array(fc.oneof({ weight: 3, arbitrary: order }, exit), { minLength: 1, maxLength: 2 }),
    fc.boolean(),
    fc.option(tests, { nil: null, freq: 4 }),
  )
  .map(([when, orders, other, nested]) => {
    const last = orders[orders.length - 1];
    const more = other ? `\nelse\n    ${last}` : "";
    const inner = nested === null ? "" : `    if ${nested}\n        ${last}\n`;
    return `if ${when}\n${inner}${orders.map((each) => `    ${each}`).join("\n")}${more}`;
  });

const declared = fc.constantFrom(
  "",
  ", pyramiding=2",
  ", process_orders_on_close=true",
  ", default_qty_type=strategy.percent_of_equity, default_qty_value=200, margin_long=40, margin_short=40",
  ", margin_long=120, margin_short=30, default_qty_value=40",
  ", slippage=2, backtest_fill_limits_assumption=1",
);

/** Averages one by one, or both in one pass, which makes the tests too. */
const head = fc.constantFrom("sma", "ema").map(
  (average) => `fast = ta.${average}(close, 3)
slow = ta.${average}(close, 9)
rising = fast > fast[1]
var float level = na
flat = strategy.position_size == 0
target = strategy.position_avg_price + 0.25
`,
);

const scripts = fc
  .tuple(
    declared,
    head,
    fc.array(fc.oneof({ weight: 3, arbitrary: block }, exit), { minLength: 1, maxLength: 5 }),
  )
  .map(
    ([settings, names, statements]) =>
      `//@version=5\nstrategy("calm"${settings})\n${names}${statements.join("\n")}\n`,
  );
const market = fc.record({
  from: fc.nat(),
  length: fc.integer({ min: 1, max: 80 }),
  missing: fc.array(fc.nat({ max: 79 }), { maxLength: 3 }),
});

function compiled(text: string) {
  const parsed = parseScript(text);
  const { core, diagnostics } = checkScript(parsed.script, parsed.text);
  expect(diagnostics.map(({ message }) => message)).toEqual([]);
  return compileScript(core!);
}

function fast(text: string, bars: ReturnType<typeof marketOf>) {
  const { trades, labels, equity } = runScript(compiled(text), bars).simulation;
  return {
    trades: Array.from({ length: trades.length }, (_, i) => [
      trades.side[i],
      trades.quantity[i],
      labels.entryId[i],
      trades.entrySignalBar[i],
      trades.entryBar[i],
      trades.entryPrice[i],
      trades.exitSignalBar[i],
      trades.exitBar[i],
      trades.exitPrice[i],
    ]),
    equity: [...equity],
  };
}

function slow(text: string, bars: ReturnType<typeof marketOf>) {
  const { trades, equity } = interpretScript(parseScript(text).script, bars);
  return {
    trades: trades.map((trade) => [
      trade.direction,
      trade.qty,
      trade.entryId,
      trade.entrySignalBar,
      trade.entryBar,
      trade.entryPrice,
      trade.exitSignalBar,
      trade.exitBar,
      trade.exitPrice,
    ]),
    equity: [...equity],
  };
}

test("programs that pass over calm bars trade as the slow interpreter, bit for bit", () => {
  fc.assert(
    fc.property(scripts, market, (text, { from, length, missing }) => {
      const bars = marketOf(from, length, 0.01);
      for (const bar of missing) if (bar < length) bars.close[bar] = Number.NaN;
      expect(fast(text, bars)).toEqual(slow(text, bars));
    }),
    { seed, numRuns: Number(process.env["SWYMC_RUNS"] ?? 100) },
  );
});

describe("the bar loop searches for the next bar", () => {
  const source = (lines: string, settings = "") =>
    compiled(`//@version=5\nstrategy("t"${settings})\n${lines}\n`).unit.source;
  const passes = (lines: string) => source(lines).includes("while (i < n");

  test("where orders follow from columns", () => {
    expect(passes('if close > open\n    strategy.entry("L", strategy.long)')).toBe(true);
  });

  test("by the bits of tests, and by what two of them come to", () => {
    const nested = source(
      'if close > open\n    if high > high[1]\n        strategy.entry("L", strategy.long)',
    );
    expect(nested).toContain("W[i] & 2");
    expect(nested).toContain("(W[i] >> 2 & 1)");
  });

  test("where there are more tests than bits", () => {
    const lines = Array.from(
      { length: 9 },
      (_, k) => `if close > open + ${k}\n    strategy.entry("${k}", strategy.long)`,
    );
    const text = lines.join("\n");
    expect(passes(text)).toBe(true);
    expect(source(text)).toContain("W[i] & 128");
    expect(source(text)).not.toContain("W[i] & 256");
    const bars = marketOf(4, 60, 0.5);
    const script = `//@version=5\nstrategy("t", pyramiding=20)\n${text}\n`;
    expect(fast(script, bars)).toEqual(slow(script, bars));
    expect(fast(script, bars).trades.length).toBeGreaterThan(5);
  });

  test("where exits have levels that only fills change", () => {
    const text =
      'if close > open\n    strategy.entry("L", strategy.long)\nstrategy.exit("X", "L", profit=5)';
    expect(passes(text)).toBe(true);
    expect(source(text)).toContain("B.turns");
  });

  test.each([
    'strategy.order("O", strategy.long)',
    'var float x = 0\nx := x + 1\nif x > 3\n    strategy.entry("L", strategy.long)',
    'x = strategy.position_size\nif x[1] == 0 and close > open\n    strategy.entry("L", strategy.long)',
    'x = strategy.position_size > 0 ? ta.sma(close, 3) : 0\nif close > x\n    strategy.entry("L", strategy.long)',
    'for k = 0 to 2\n    if close[k] > open\n        strategy.entry("L", strategy.long)',
  ])("but not in %s", (text) => {
    expect(passes(text)).toBe(false);
  });
});
