import { describe, expect, test } from "vitest";
import { barsOf, coreOf, na, record, values } from "./recording.ts";

const bars = barsOf([10, 12, 11, 15, 14]);

describe("the bar loop", () => {
  test.each([
    ["fields", "x = close + high - low", [12, 16, 14, 21, 17]],
    [
      "bar_index and last_bar_index",
      "x = bar_index * 100 + last_bar_index",
      [4, 104, 204, 304, 404],
    ],
    ["history of a field", "x = close[2]", [na, na, 10, 12, 11]],
    ["history of an expression", "x = (close * 2)[1]", [na, 20, 24, 22, 30]],
    ["history of a pure name", "y = close * 2\nx = y[1] + y", [na, 44, 46, 52, 58]],
    [
      "history of a name that is set again",
      "y = close\nif close > 11\n    y := 0\nx = y[1]",
      [na, 10, 0, 11, 0],
    ],
    ["history by a changing offset", "x = close[bar_index % 3]", [10, 10, 10, 15, 15]],
    [
      "history of state by a changing offset",
      "var y = 0\ny := y + 1\nx = y[bar_index % 3]",
      [1, 1, 1, 4, 4],
    ],
    ["var once, := each bar", "var y = close\ny := y + 1\nx = y", [11, 12, 13, 14, 15]],
    ["var without :=", "var y = close\nx = y", [10, 10, 10, 10, 10]],
    ["division by zero as na", "x = 1 / (close - 12)", [-0.5, na, -1, 1 / 3, 0.5]],
    ["% with the sign of the dividend", "x = (close - 14) % 3", [-1, -2, -0, 1, 0]],
    ["division of whole constants in version 5", "x = 7 / 2 + close * 0", [3, 3, 3, 3, 3]],
    ["ternary", "x = close > 11 ? 1 : close < 11 ? -1 : 0", [-1, 1, 0, 1, 1]],
    ["if as an expression", "x = if close > 12\n    close * 2\nelse\n    1", [1, 1, 1, 30, 28]],
    ["switch", "x = switch\n    close > 14 => 3\n    close > 11 => 2\n    => 1", [1, 2, 1, 3, 2]],
    ["for to a sum", "x = 0.0\nfor i = 0 to 2\n    x := x + nz(close[i])", [10, 22, 33, 38, 40]],
    [
      "for downwards, by 2",
      "x = 0\nfor i = 5 to 0 by 2\n    x := x * 10 + i",
      [531, 531, 531, 531, 531],
    ],
    [
      "break and continue",
      "x = 0\nfor i = 1 to 10\n    if i % 2 == 0\n        continue\n    if i > 6\n        break\n    x := x + i",
      [9, 9, 9, 9, 9],
    ],
    ["while", "x = 0\nwhile x * x < close\n    x := x + 1", [4, 4, 4, 4, 4]],
    [
      "for in",
      "a = array.from(1.0, 2.0, close)\nx = 0.0\nfor v in a\n    x := x + v",
      [13, 15, 14, 18, 17],
    ],
    [
      "a function with state of its own per call",
      "f(s) =>\n    var n = 0.0\n    n := n + s\n    n\nx = f(1) * 100 + f(close)",
      [110, 222, 333, 448, 562],
    ],
    ["tuples", "g(s) => [s * 2, s + 1]\n[a, b] = g(close)\nx = a - b", [9, 11, 10, 14, 13]],
    ["rounding halves away from zero", "x = math.round((close - 12.5) / 1)", [-3, -1, -2, 3, 2]],
    ["rounding to decimals", "x = math.round(close / 7, 2)", [1.43, 1.71, 1.57, 2.14, 2]],
    ["nz and na", "x = nz(close[1], -1) + (na(close[1]) ? 100 : 0)", [99, 10, 12, 11, 15]],
    [
      "max, min, avg",
      "x = math.max(close, 12) * 100 + math.min(close, 12, 11) + math.avg(close, 2)",
      [1216, 1218, 1217.5, 1519.5, 1419],
    ],
    [
      "arrays that stay",
      "var a = array.new_float(0)\narray.push(a, close)\nif array.size(a) > 2\n    array.shift(a)\nx = array.sum(a)",
      [10, 22, 23, 26, 29],
    ],
  ])("computes %s", (_, lines, expected) => {
    expect(values(lines, bars)).toEqual(expected);
  });

  test("takes differences up to 1e-10 for none, except where the script is exact", () => {
    const near = barsOf([1, 1 + 1e-11, 1 + 1e-9]);
    const lines = "x = (close > 1 ? 1 : 0) + (close == 1 ? 10 : 0) + (close != 1 ? 100 : 0)";
    expect(values(lines, near)).toEqual([10, 10, 101]);
    expect(values(`//@swymc exact\n${lines}`, near)).toEqual([10, 101, 101]);
  });

  test("holds every comparison with na for false", () => {
    const lines =
      "y = close[1]\nx = (y > 0 ? 1 : 0) + (y <= 0 ? 10 : 0) + (y != 0 ? 100 : 0) + (not (y > 0) ? 1000 : 0)";
    expect(values(lines, barsOf([5, 5]))).toEqual([1000, 101]);
  });

  test("computes both sides of and before version 6, and what is needed from then on", () => {
    const lines =
      "f() =>\n    var n = 0\n    n := n + 1\n    n > 0\nvar c = 0\ng() =>\n    var k = 0\n    k := k + 1\n    k\nb = close > 11 and g() > 0\nx = b ? g() : 0";
    const counted =
      "h() =>\n    var k = 0\n    k := k + 1\n    k\nb = close > 11 and h() > 1\nx = b ? 1 : 0";
    expect(values(counted, bars, { version: 5 })).toEqual([0, 1, 0, 1, 1]);
    expect(values(counted, bars, { version: 6 })).toEqual([0, 0, 0, 1, 1]);
    expect(values(lines, bars, { version: 5 })).toEqual([0, 1, 0, 2, 3]);
  });

  test("advances an indicator inside of if only where it is reached", () => {
    const lines = "x = 0.0\nif close > 11\n    x := ta.sma(close, 2)";
    // Reached on bars 1, 3, 4: 12, 15, 14.
    expect(values(lines, bars)).toEqual([0, na, 0, 13.5, 14.5]);
  });

  test("gives a name inside of if the past of the bars on which it was met", () => {
    const lines = "x = 0.0\nif close > 11\n    y = close * 2\n    x := y[1]";
    expect(values(lines, bars)).toEqual([0, na, 0, 24, 30]);
  });

  test("takes a length that changes from bar to bar", () => {
    const lines = "x = ta.highest(close, bar_index > 2 ? 2 : 1)";
    expect(values(lines, bars)).toEqual([10, 12, 11, 15, 15]);
    expect(values("x = ta.sma(close, bar_index + 1)", bars)).toEqual([10, 11, 11, 12, 12.4]);
  });

  test("shares columns of indicators and computes those of tuples once", () => {
    const lines =
      "[m, s, h] = ta.macd(close, 2, 3, 2)\n[m2, s2, h2] = ta.macd(close, 2, 3, 2)\nx = m - m2 + h - h2";
    expect(values(lines, bars)).toEqual([na, na, na, 0, 0]);
  });

  test("passes orders with their arguments, na and empty texts where none is given", () => {
    const core = coreOf(
      '//@version=5\nstrategy("t")\nif bar_index == 1\n    strategy.entry("L", strategy.short, qty=2, stop=close, comment="c")\n    strategy.exit("X", "L", profit=5, trail_points=3, trail_offset=1)\n    strategy.close("L", qty_percent=50)\n    strategy.cancel("L")\nif bar_index == 2\n    strategy.close_all()\n    strategy.cancel_all()\n    strategy.risk.max_drawdown(10, strategy.percent_of_equity)',
    );
    expect(record(core, bars)).toEqual(
      [
        { bar: 1, call: "entry", args: ["L", -1, 2, na, 12, "", "", "c"] },
        { bar: 1, call: "exit", args: ["X", "L", na, na, 5, na, na, na, na, 3, 1, "", ""] },
        { bar: 1, call: "close", args: ["L", na, 50, false, ""] },
        { bar: 1, call: "cancel", args: ["L"] },
        { bar: 2, call: "closeAll", args: [false, ""] },
        { bar: 2, call: "cancelAll", args: [] },
        { bar: 2, call: "risk", args: ["max_drawdown", 10, "percent_of_equity"] },
      ].map((each) => (each.call === "risk" ? expect.objectContaining({ call: "risk" }) : each)),
    );
  });

  test("reads ledger and trades", () => {
    const lines = "x = strategy.equity + strategy.max_drawdown + strategy.closedtrades.profit(2)";
    expect(values(lines, barsOf([1]))).toEqual([10_000 + 7 + 102]);
  });

  test("places no orders before the first bar on which it acts, and computes there all the same", () => {
    const lines = "var n = 0\nn := n + 1\nx = n";
    expect(values(lines, bars, { start: 3 })).toEqual([4, 5]);
  });

  test("ends loops that do not end", () => {
    expect(() => values("x = 0\nwhile close > 0\n    x := x + 1", bars)).toThrow(
      /script_loop_budget/,
    );
    expect(() => values("x = 0\nfor i = 0 to 10000000\n    x := i", bars)).toThrow(
      /script_loop_budget/,
    );
  });

  test("refuses to look ahead and too far back", () => {
    expect(() => values("x = close[bar_index - 2]", bars)).toThrow(/script_history/);
    expect(() => values("x = close[bar_index * 3000]", bars)).toThrow(/script_history/);
  });

  test("refuses lengths that no indicator takes", () => {
    expect(() => values("n = input.int(0)\nx = ta.ema(close, n)", bars)).toThrow(/script_param/);
  });

  test("refuses to read outside of an array", () => {
    expect(() => values("a = array.from(1, 2)\nx = array.get(a, bar_index)", bars)).toThrow(
      /script_array/,
    );
  });

  const POINT = "type Point\n    float x\n    int n = 7\n    bool on\n    string s\n";
  test.each([
    ["fields and their defaults", "p = Point.new(close)\nx = p.x + p.n", [17, 19, 18, 22, 21]],
    [
      "na of each type",
      'p = Point.new()\nx = na(p.x) and not p.on and p.s == "" ? 1 : 0',
      [1, 1, 1, 1, 1],
    ],
    [
      "an object that two variables share",
      "p = Point.new(close)\nq = p\nq.x += 1\nr = p.copy()\nr.x := 0\nx = p.x",
      [11, 13, 12, 16, 15],
    ],
    [
      "an object that a function changes, read before and behind",
      "grow(Point p) =>\n    p.x += 1\n    p.x\np = Point.new(1)\nx = p.x * 100 + grow(p) * 10 + p.x",
      [122, 122, 122, 122, 122],
    ],
    ["an object of var", "var p = Point.new(0)\np.x := p.x + close\nx = p.x", [10, 22, 33, 48, 62]],
    [
      "objects in an array, changed in place",
      "var a = array.new<Point>()\na.push(Point.new(close))\nx = 0.0\nfor p in a\n    p.n += 1\n    x += p.n",
      [8, 17, 27, 38, 50],
    ],
    [
      "the past of a variable, and of what its object was",
      "var p = Point.new(0)\np.x := close\nPoint q = Point.new(close)\nPoint b = q[1]\nx = na(b) ? 0 : b.x + p.x",
      [0, 22, 23, 26, 29],
    ],
    [
      "pairs in the order of their keys",
      'm = map.new<string, float>()\nm.put("b", close)\nm.put("a", 1)\nm.put("b", 2)\nx = 0.0\nfor [k, v] in m\n    x := x * 10 + v + (k == "a" ? 5 : 0)',
      [26, 26, 26, 26, 26],
    ],
    [
      "what a key had",
      "var m = map.new<int, float>()\nx = nz(m.put(bar_index % 2, close), -1) + nz(m.get(9), 0.5)",
      [-0.5, -0.5, 10.5, 12.5, 11.5],
    ],
    ["the past of a text", 's = close > 11 ? "a" : "b"\nx = s[1] == "a" ? 1 : 0', [0, 0, 1, 0, 1]],
  ])("computes %s", (_, lines, expected) => {
    expect(values(POINT + lines, bars)).toEqual(expected);
  });

  test("refuses fields of na, and maps that are na", () => {
    expect(() => values(`${POINT}Point p = na\nx = p.x`, bars)).toThrow(/script_object/);
    expect(() => values(`${POINT}Point p = na\np.n := 1\nx = 1`, bars)).not.toThrow();
    expect(() => values(`${POINT}Point p = na\np.n := 1\nx = p.n`, bars)).toThrow(/script_object/);
    expect(() => values("map<int, float> m = na\nx = m.size()", bars)).toThrow(/script_map/);
  });

  test("gives the same values whatever bars follow", () => {
    const lines = "f = ta.ema(close, 2)\nvar s = 0.0\ns := s + nz(f)\nx = s + nz(f[1])";
    const all = values(lines, bars);
    expect(values(lines, barsOf([10, 12, 11]))).toEqual(all.slice(0, 3));
  });

  test("crosses the pieces in which the loop is run", () => {
    const many = barsOf(Array.from({ length: 10_000 }, (_, i) => i % 7));
    const found = values(
      "var n = 0\nvar b = false\nn := n + 1\nb := not b\ny = n\nx = b[1] ? y[1] : -1.0",
      many,
    );
    expect(found[4097]).toBe(4097);
    expect(found[9999]).toBe(9999);
    expect(found[4096]).toBe(-1);
  });
});
