import { describe, expect, test } from "vitest";
import { compile } from "../../compile.ts";
import type { Bars } from "../../vector/columns.ts";
import { runScript } from "../run-script.ts";

function warmup(body: string, inputs = {}) {
  const text = `//@version=6\nstrategy("x")\n${body}\n`;
  const { script, diagnostics } = compile(text, { file: "x.pine" });
  if (!script) throw new Error(JSON.stringify(diagnostics));
  return { bars: script.warmup(inputs), endless: script.endlessWarmup(inputs) };
}
const order = (condition: string) => `if ${condition}\n    strategy.entry("L", strategy.long)`;

describe("bars that a script needs", () => {
  test.each([
    ["close > open", 0],
    ["close > close[3]", 3],
    ["close > ta.sma(close, 10)", 9],
    ["close > ta.sma(close, 10)[2]", 11],
    ["close > ta.sma(ta.sma(close, 10), 5)", 13],
    ["ta.crossover(ta.ema(close, 5), ta.ema(close, 20))", 20],
    ["ta.rsi(close, 14) > 70", 14],
    ["(ta.sma(close, 4) + ta.sma(close, 8))[1] > 0", 8],
    ["nz(ta.sma(close, 10)) > 0", 9],
  ])("%s: %i", (condition, bars) => {
    expect(warmup(`test = ${condition}\n${order("test")}`)).toEqual({ bars, endless: [] });
  });

  test("through variables, functions, inputs and levels of orders", () => {
    const body = `n = input.int(10)
f(x) => ta.sma(x, n * 2)
a = f(close)
b = f(a)
limit = ta.lowest(low, 50)
if close > b
    strategy.entry("L", strategy.long, limit = limit)`;
    expect(warmup(body).bars).toBe(49);
    expect(warmup(body, { n: 40 }).bars).toBe(158);
  });

  test("with a past whose offset a loop bounds", () => {
    const body = `sum = 0.0\nfor i = 0 to 7\n    sum += close[i]\n${order("close > sum / 8")}`;
    expect(warmup(body)).toEqual({ bars: 7, endless: [] });
  });

  test("not for what no order needs", () => {
    expect(warmup(`plot(ta.sma(close, 500))\n${order("close > open")}`).bars).toBe(0);
  });
});

describe("no bound", () => {
  test.each([
    [
      "a variable that keeps its value",
      "var n = 0\nn += 1",
      "n > 5",
      "n keeps its value from bar to bar",
    ],
    [
      "a variable that reads its own past",
      "x = 0.0\nx := nz(x[1]) + 1",
      "x > 5",
      "x depends on its own past",
    ],
    [
      "an offset that changes",
      "k = int(close) % 7",
      "close > close[k]",
      "an offset that is only known during the run",
    ],
    [
      "a length that changes",
      "k = int(close) % 7 + 1\nm = ta.highest(k)",
      "close > m",
      "a number of highest is only known during the run",
    ],
    [
      "a value of some bars",
      "m = close > open ? ta.sma(close, 5) : close",
      "m > 3",
      "sma is computed on some bars only",
    ],
    [
      "another timeframe",
      'm = request.security(syminfo.tickerid, "D", close)',
      "m > 3",
      "request.security() reads bars of another length",
    ],
  ])("for %s", (_, body, condition, what) => {
    const { bars, endless } = warmup(`${body}\n${order(condition)}`);
    expect(bars).toBe(Number.POSITIVE_INFINITY);
    expect(endless.map((one) => one.what)).toEqual([what]);
  });
});

test("so many bars give the orders that all earlier bars give, and fewer do not", () => {
  const body = `top = ta.highest(high, 7)[2]
a = ta.sma(top, 5)
if bar_index >= 0
    strategy.order("o", strategy.long, a)`;
  const { script } = compile(`//@version=6\nstrategy("x")\n${body}\n`, { file: "x.pine" });
  const needed = script!.warmup();
  expect(needed).toBe(12);
  const bars = risingBars(40);
  const quantities = (earlier: number) => {
    const from = 20 - earlier;
    const cut = Object.fromEntries(
      Object.entries(bars).map(([name, column]) => [name, column.subarray(from)]),
    ) as unknown as Bars;
    const { simulation } = runScript(script!.code(), cut, { start: earlier, cash: 1e9 });
    return [...simulation.trades.quantity];
  };
  expect(quantities(needed)).toEqual(quantities(20));
  expect(quantities(needed - 1)).not.toEqual(quantities(20));
});

function risingBars(length: number): Bars {
  const price = Float64Array.from({ length }, (_, i) => 100 + i);
  const time = Float64Array.from({ length }, (_, i) => i * 60_000);
  return { time, open: price, high: price, low: price, close: price, volume: price };
}
