import { expect, test } from "vitest";
import { Graph } from "./graph.ts";
import { inlineText } from "./inline-text.ts";

test("a node reads as people write it", () => {
  const g = new Graph();
  const { literal, field } = { literal: g.literal(20), field: g.field("high") };
  const highest = g.history(g.indicator("highest", "value", [field], [literal]), g.literal(1));
  const above = g.compare("gt", g.field("close"), highest);
  const cross = g.cross("under", g.field("close"), g.binary("sub", field, g.param("gap")));
  expect(inlineText(above)).toBe("close > highest(high, 20)[1]");
  expect(inlineText(g.logic("and", [above, g.not(cross), g.position("flat")]))).toBe(
    "(close > highest(high, 20)[1]) and not crossunder(close, high - gap) and position is flat",
  );
  const upper = g.indicator("bollinger", "upper", [g.field("close")], [literal, g.literal(2)]);
  expect(inlineText(g.compare("le", g.binary("add", field, literal), upper))).toBe(
    "(high + 20) <= bollinger.upper(close, 20, 2)",
  );
});
