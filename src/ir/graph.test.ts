import { describe, expect, it } from "vitest";
import { Graph } from "./graph.ts";

describe("graph", () => {
  it("gives one frozen node for equal content", () => {
    const g = new Graph();
    const once = g.compare("gt", g.field("close"), g.literal(20));
    const again = g.compare("gt", g.field("close"), g.literal(20.0));
    expect(again).toBe(once);
    expect(Object.isFrozen(once)).toBe(true);
    expect(g.nodes).toHaveLength(3);
  });

  it("takes -0 and 0 for one literal", () => {
    const g = new Graph();
    expect(g.literal(-0)).toBe(g.literal(0));
    expect(Object.is(g.literal(-0).value, 0)).toBe(true);
  });

  it("drops an offset of 0", () => {
    const g = new Graph();
    expect(g.history(g.field("low"), g.literal(0))).toBe(g.field("low"));
  });

  it("knows the stage of a node from its operands", () => {
    const g = new Graph();
    const spread = g.binary("div", g.param("spread"), g.literal(2));
    expect(spread.stage).toBe("param");
    expect(g.binary("mul", g.field("close"), spread).stage).toBe("series");
    const cross = g.cross("over", g.field("close"), g.field("open"));
    expect(g.logic("and", [g.position("flat"), cross]).stage).toBe("bar");
  });

  it("puts operands before their users", () => {
    const g = new Graph();
    const sum = g.binary("add", g.field("high"), g.field("low"));
    expect(g.nodes.indexOf(sum)).toBe(2);
  });
});
