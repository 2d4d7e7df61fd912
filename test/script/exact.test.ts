import { expect, test } from "vitest";
import { compile } from "../../src/compile.ts";
import { parseScript } from "../../src/dsl/text/parse/parse-script.ts";
import { runScript } from "../../src/script/run-script.ts";
import { marketOf } from "./random-market.ts";
import { interpretScript } from "./reference/interpret-script.ts";

const bars = marketOf(3, 40, 0.01);

/** Bars on which the order of a script with this condition was placed, beside the slow interpreter's. */
function fires(condition: string, exact: boolean): { fast: number[]; slow: number[] } {
  const pragma = exact ? "//@swymc exact\n" : "";
  const source = `//@version=6\n${pragma}strategy("x", initial_capital = 1e9)
fast = ta.sma(close, 3)
slow = ta.sma(close, 9)
if ${condition}
    strategy.order("o", strategy.long, 1)
`;
  const { script, diagnostics } = compile(source, { file: "x.pine" });
  expect(diagnostics).toEqual([]);
  const { trades } = runScript(script!.code(), bars).simulation;
  const slow = interpretScript(parseScript(source).script, bars);
  return { fast: [...trades.entrySignalBar], slow: slow.trades.map((t) => t.entryBar - 1) };
}

test.each([
  ["not (fast > slow)", 8],
  ["not (fast == slow)", 8],
  ["not ta.crossover(fast, slow)", 9],
  ["not ta.cross(fast, slow)", 9],
  ["not (fast > slow or ta.crossunder(fast, slow))", 9],
  ["not not (fast > fast[1])", 3],
])("%s is not true before bar %i under exact", (condition, first) => {
  const { fast, slow } = fires(condition, true);
  expect(fast.length).toBeGreaterThan(0);
  expect(Math.min(...fast)).toBeGreaterThanOrEqual(first);
  expect(fast).toEqual(slow);
});

test.each(["not (fast > slow)", "not ta.crossover(fast, slow)"])(
  "%s is true from the first bar on without exact",
  (condition) => {
    const { fast, slow } = fires(condition, false);
    expect(fast[0]).toBe(0);
    expect(fast).toEqual(slow);
  },
);

test("a variable holds true or false under exact too", () => {
  const source = "//@version=6\n//@swymc exact\nstrategy('x')\nup = close > ta.sma(close, 9)\n";
  const { script } = compile(`${source}if not up\n    strategy.order('o', strategy.long)\n`);
  const { trades } = runScript(script!.code(), bars).simulation;
  expect(trades.entrySignalBar[0]).toBe(0);
});
