import { describe, expect, test } from "vitest";
import { parseScript } from "../../../src/dsl/text/parse/parse-script.ts";
import { interpretScript, type SlowOptions } from "./interpret-script.ts";

const HOUR = 3_600_000;

/**
 * What an expression is worth on each bar of closes 1, 2, 3, …: the quantity of an order placed at each close.
 * Quantities are positive, so values are shifted by 1000; na places none.
 */
function values(
  lines: string,
  expression: string,
  { bars = 6, version = 5, ...options }: SlowOptions & { bars?: number; version?: number } = {},
) {
  const text = `//@version=${version}\nstrategy("t")\n${lines}\nshown = ${expression}\nif not na(shown)\n    strategy.order("o", strategy.long, qty=1000 + shown)\n`;
  const { script, diagnostics } = parseScript(text);
  expect(diagnostics).toEqual([]);
  const close = Array.from({ length: bars }, (_, i) => i + 1);
  const columns = {
    open: close,
    high: close.map((x) => x + 0.5),
    low: close.map((x) => x - 0.5),
    close,
    volume: close,
  };
  const time = close.map((_, i) => Date.UTC(2024, 0, 1) + HOUR * i);
  const { orders } = interpretScript(script, { time, ...columns }, options);
  const found: (number | null)[] = close.map(() => null);
  for (const { bar, call, args } of orders)
    if (call === "order") found[bar] = (args[2] as number) - 1000;
  return found;
}

describe("the slow interpreter, worked by hand", () => {
  test("x = e is set anew on each bar, var is kept", () => {
    expect(values("var n = 0\nn := n + 1\nm = 0\nm += 1", "n * 10 + m", { bars: 3 })).toEqual([
      11, 21, 31,
    ]);
  });

  test("history of variables, fields and expressions; na before the first bar", () => {
    expect(values("x = close * 2", "x[2]", { bars: 4 })).toEqual([null, null, 2, 4]);
    expect(values("", "(close + 1)[1]", { bars: 3 })).toEqual([null, 2, 3]);
    expect(values("n = bar_index", "close[n]", { bars: 3 })).toEqual([1, 1, 1]);
  });

  test("na makes comparisons false, and not of that true", () => {
    expect(values("", "not (close[1] > 0) ? 1 : 2", { bars: 3 })).toEqual([1, 2, 2]);
    expect(values("", "(na == na ? 1 : 0) + (float(na) != 1 ? 1 : 0)", { bars: 1 })).toEqual([0]);
  });

  test("numbers within 1e-10 are equal", () => {
    const test = (text: string) => values("", `${text} ? 1 : 0`, { bars: 1 })[0];
    expect(test("1.00000000009 == 1")).toBe(1);
    expect(test("1.00000000009 > 1")).toBe(0);
    expect(test("1.0000000002 > 1")).toBe(1);
  });

  test("x / 0 is na; constant whole numbers divide whole before version 6", () => {
    expect(values("", "nz(close / 0, 7)", { bars: 1 })).toEqual([7]);
    expect(values("", "7 / 2", { bars: 1, version: 5 })).toEqual([3]);
    expect(values("", "7 / 2", { bars: 1, version: 6 })).toEqual([3.5]);
    expect(values("", "close * 7 / 2", { bars: 1, version: 5 })).toEqual([3.5]);
  });

  test("each call of a function has a state of its own", () => {
    const f = "f(x) =>\n    var sum = 0.0\n    sum := sum + x\n    sum";
    expect(values(`${f}\na = f(1)\nb = f(10)`, "a + b", { bars: 3 })).toEqual([11, 22, 33]);
  });

  test("state advances only where the call is reached", () => {
    // Called on bars 1, 3, 5 with 2, 4, 6: the mean of the last two calls.
    expect(values("", "bar_index % 2 == 1 ? ta.sma(close, 2) : na", { bars: 6 })).toEqual([
      null,
      null,
      null,
      3,
      null,
      5,
    ]);
  });

  test("and, or compute both sides before version 6, and stop early from then on", () => {
    // The count is called on each bar, or only where close > 2.
    const f = "f() =>\n    var n = 0\n    n := n + 1\n    n > 0";
    const shown = `${f}\ng() =>\n    var n = 0\n    n := n + 1\n    n\nc = close > 2 and g() < 3`;
    expect(values(shown, "c ? 1 : 0", { bars: 6, version: 5 })).toEqual([0, 0, 0, 0, 0, 0]);
    expect(values(shown, "c ? 1 : 0", { bars: 6, version: 6 })).toEqual([0, 0, 1, 1, 0, 0]);
  });

  test("if, switch, for and while are values", () => {
    expect(values("x = if close > 2\n    10\nelse\n    20", "x", { bars: 3 })).toEqual([
      20, 20, 10,
    ]);
    expect(
      values("x = switch bar_index\n    0 => 5\n    1 => 6\n    => 7", "x", { bars: 3 }),
    ).toEqual([5, 6, 7]);
    expect(values("x = for i = 3 to 1\n    i * 10", "x", { bars: 1 })).toEqual([10]);
    expect(values("n = 0\nwhile n < 4\n    n += 3", "n", { bars: 1 })).toEqual([6]);
    expect(
      values(
        "s = 0\nfor i = 0 to 9\n    if i == 2\n        continue\n    if i == 5\n        break\n    s += i",
        "s",
        { bars: 1 },
      ),
    ).toEqual([8]);
  });

  test("arrays are shared, and tuples taken apart", () => {
    expect(
      values(
        "var a = array.new_float(0)\na.push(close)\nb = a\nif b.size() > 2\n    b.shift()",
        "a.sum()",
        { bars: 4 },
      ),
    ).toEqual([1, 3, 5, 7]);
    expect(values("f() => [close, close * 2]\n[x, y] = f()", "x + y", { bars: 2 })).toEqual([3, 6]);
    expect(
      values("a = array.from(4, 5, 6)\ns = 0\nfor [i, x] in a\n    s += i * x", "s", { bars: 1 }),
    ).toEqual([17]);
  });

  test("indicators: seeds, Wilder, crosses", () => {
    // Mean of 1, 2, 3 is 2; then 2 + 2/4·(4-2) = 3.
    expect(values("", "ta.ema(close, 3)", { bars: 4 })).toEqual([null, null, 2, 3]);
    expect(values("", "ta.rsi(close, 2)", { bars: 4 })).toEqual([null, null, 100, 100]);
    expect(values("", "ta.crossover(close, 3) ? 1 : 0", { bars: 5 })).toEqual([0, 0, 0, 1, 0]);
    expect(values("", "ta.highest(2)", { bars: 3 })).toEqual([null, 2.5, 3.5]);
    // True ranges 1, 1.5, 1.5: |high - close before| = 1.5.
    expect(values("", "ta.atr(2)", { bars: 3 })).toEqual([null, 1.25, 1.375]);
  });

  test("names, inputs and when= of version 4", () => {
    const options = { bars: 3, version: 4 };
    expect(values("len = input(2, type=input.integer)", "sma(close, len)", options)).toEqual([
      null,
      1.5,
      2.5,
    ]);
    expect(
      values("len = input(2, type=input.integer)", "sma(close, len)", {
        ...options,
        inputs: { len: 3 },
      }),
    ).toEqual([null, null, 2]);
    expect(values("", "iff(close > 2, 1, 0)", options)).toEqual([0, 0, 1]);
  });

  test("the calendar of a zone", () => {
    // Midnight UTC of 2024-01-01 is 19:00 of a Sunday in New York.
    expect(
      values("", 'hour(time, "America/New_York") * 10 + dayofweek(time, "America/New_York")', {
        bars: 2,
      }),
    ).toEqual([191, 201]);
    expect(values("", 'na(time(timeframe.period, "0100-0300")) ? 0 : 1', { bars: 4 })).toEqual([
      0, 1, 1, 0,
    ]);
    expect(
      values(
        "",
        '(timestamp("America/New_York", 2024, 7, 1, 0, 0) - timestamp(2024, 7, 1, 0, 0)) / 3600000',
        { bars: 1 },
      ),
    ).toEqual([4]);
  });

  test("request.security sees only bars that have closed", () => {
    // Bars of 3 hours close with bars 2 and 5 of the chart, at 3 and 6.
    expect(values("", 'request.security(syminfo.tickerid, "180", close)', { bars: 7 })).toEqual([
      null,
      null,
      3,
      3,
      3,
      6,
      6,
    ]);
    expect(
      values(
        "",
        'request.security(syminfo.tickerid, "180", close[1], lookahead=barmerge.lookahead_on)',
        { bars: 7 },
      ),
    ).toEqual([null, null, null, 3, 3, 3, 6]);
  });

  test("what draws is passed over", () => {
    expect(
      values(
        'plot(close, color=color.red)\nlabel.new(bar_index, high, "x")\nalertcondition(close > 1, "a")',
        "close",
        { bars: 2 },
      ),
    ).toEqual([1, 2]);
  });
});
