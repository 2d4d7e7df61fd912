import { describe, expect, test } from "vitest";
import { exclusive } from "./exclusive.ts";
import { Graph } from "./graph.ts";

const g = new Graph();
const close = g.field("close");
const earlier = (field: "high" | "low") => g.history(g.field(field), g.literal(1));
const rsi = g.indicator("rsi", "value", [close], [g.literal(14)]);
const fast = g.indicator("ema", "value", [close], [g.literal(5)]);
const slow = g.indicator("ema", "value", [close], [g.literal(9)]);
const over = g.cross("over", fast, slow);
const under = g.cross("under", fast, slow);
const and = (...operands: Parameters<typeof g.logic>[1]) => g.logic("and", operands);

describe("conditions that are never true together", () => {
  test.each([
    ["two positions", g.position("flat"), g.position("long")],
    ["a position and its negation", g.not(g.position("flat")), g.position("flat")],
    ["a cross in either direction", over, and(g.position("flat"), under)],
    ["the same cross written the other way round", over, g.cross("over", slow, fast)],
    ["above and below", g.compare("gt", fast, slow), g.compare("lt", fast, slow)],
    ["above and not above", g.compare("gt", fast, slow), g.compare("ge", slow, fast)],
    ["equal and above", g.compare("eq", fast, slow), g.compare("gt", fast, slow)],
    ["equal and not equal", g.compare("ne", fast, slow), g.compare("eq", slow, fast)],
    ["two levels", g.compare("gt", rsi, g.literal(70)), g.compare("lt", rsi, g.literal(30))],
    [
      "above the high and below the low of one bar",
      g.compare("gt", close, earlier("high")),
      g.compare("lt", close, earlier("low")),
    ],
    [
      "a condition and the else of all its parts",
      and(g.compare("gt", fast, slow), over),
      g.logic("or", [g.compare("le", fast, slow), g.not(over)]),
    ],
  ])("%s", (_, a, b) => {
    expect(exclusive(a, b)).toBe(true);
    expect(exclusive(b, a)).toBe(true);
  });

  test.each([
    ["the same", over, over],
    ["at least and at most", g.compare("ge", fast, slow), g.compare("le", fast, slow)],
    [
      "levels that overlap",
      g.compare("gt", rsi, g.literal(30)),
      g.compare("lt", rsi, g.literal(70)),
    ],
    [
      "above the low and below the high",
      g.compare("gt", close, earlier("low")),
      g.compare("lt", close, earlier("high")),
    ],
    [
      "above the high of one bar and below the low of another",
      g.compare("gt", close, earlier("high")),
      g.compare("lt", close, g.field("low")),
    ],
    ["nothing", and(), and()],
    ["an else of one part of two", and(over), g.logic("or", [g.not(over), g.position("flat")])],
  ])("but not %s", (_, a, b) => {
    expect(exclusive(a, b)).toBe(false);
    expect(exclusive(b, a)).toBe(false);
  });
});
