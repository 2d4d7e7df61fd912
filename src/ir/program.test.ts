import { describe, expect, it } from "vitest";
import { Graph } from "./graph.ts";
import { strategyIdOf } from "./identity.ts";
import type { IrProgram, ParamSpec } from "./program.ts";
import { bindProgram } from "./rewrite.ts";
import { printProgram } from "./text.ts";
import { verifyProgram } from "./verify.ts";
import { warmupOf } from "./warmup.ts";

const fast: ParamSpec = {
  name: "fast",
  default: 12,
  integer: true,
  min: 2,
  max: 100,
  exclusiveMin: false,
  step: 1,
  title: null,
};

function crossProgram(
  period: (g: Graph) => ReturnType<Graph["literal"] | Graph["param"]>,
): IrProgram {
  const g = new Graph();
  const ema = (p: ReturnType<Graph["literal"] | Graph["param"]>) =>
    g.indicator("ema", "value", [g.field("close")], [p]);
  const cross = g.cross("over", ema(period(g)), g.history(ema(g.literal(26)), g.literal(3)));
  return {
    dialect: "tv",
    nodes: g.nodes,
    rules: [
      {
        when: g.logic("and", [g.position("flat"), g.not(cross)]),
        side: "buy",
        sizing: { kind: "quantity", quantity: "0.5" },
      },
    ],
    params: [fast],
    cooldown: g.literal(0),
    replaceOrders: false,
  };
}

const shape = () => ({ outputs: ["value"], sources: 1, params: 1 });

describe("program", () => {
  const withParam = crossProgram((g) => g.param("fast"));

  it("prints as text, one node a line", () => {
    expect(printProgram(withParam)).toBe(`dialect tv
param fast = 12 in 2..100 step 1
%0 = position flat
%1 = close
%2 = ema %1 ($fast)
%3 = ema %1 (26)
%4 = history %3 3
%5 = cross_over %2 %4
%6 = not %5
%7 = and %0 %6
when %7 buy 0.5
`);
  });

  it("computes the warm-up from the parameters", () => {
    const table = (_: string, [period]: readonly number[]) => period! - 1;
    expect(warmupOf(withParam, new Map([["fast", 12]]), table)).toBe(25 + 3 + 1);
    expect(warmupOf(withParam, new Map([["fast", 90]]), table)).toBe(89 + 1);
  });

  it("has the identity of the program with its parameters written out", () => {
    const written = crossProgram((g) => g.literal(12));
    const id = strategyIdOf(withParam, new Map([["fast", 12]]));
    expect(id).toBe(strategyIdOf(written, new Map()));
    expect(id).not.toBe(strategyIdOf(withParam, new Map([["fast", 13]])));
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it("shares nodes that become equal when parameters are bound", () => {
    const bound = bindProgram(withParam, new Map([["fast", 26]]));
    expect(bound.nodes.filter((n) => n.kind === "indicator")).toHaveLength(1);
    expect(bound.params).toEqual([]);
  });

  it("passes the verifier, before and after binding", () => {
    expect(verifyProgram(withParam, shape)).toEqual([]);
    expect(verifyProgram(bindProgram(withParam, new Map([["fast", 3]])), shape)).toEqual([]);
  });
});

describe("verifier", () => {
  const sound = crossProgram((g) => g.literal(12));
  const broken = (change: (nodes: object[]) => void): string[] => {
    const nodes = sound.nodes.map((n) => Object.freeze({ ...n })) as object[];
    change(nodes);
    return verifyProgram({ ...sound, nodes: nodes as never }, shape);
  };

  it("finds nodes of another graph", () => {
    expect(broken(() => {}).some((b) => b.includes("another graph"))).toBe(true);
  });

  it("finds a look ahead, a wrong id, an unknown parameter and a wrong indicator", () => {
    const g = new Graph();
    const ahead = Object.freeze({
      ...g.history(g.field("close"), g.literal(1)),
      offset: g.literal(-1),
    });
    const program: IrProgram = { ...sound, nodes: [...g.nodes.slice(0, 2), ahead] as never };
    expect(verifyProgram(program, shape).join("\n")).toContain("looks -1 bars back");

    const named = new Graph();
    named.param("nobody");
    expect(verifyProgram({ ...sound, params: [], nodes: named.nodes }, shape)[0]).toContain(
      "undeclared parameter nobody",
    );
    expect(verifyProgram(sound, () => undefined).join("\n")).toContain("unknown indicator ema");
    expect(
      verifyProgram(sound, () => ({ outputs: ["upper"], sources: 2, params: 0 })).join("\n"),
    ).toContain("ema has no output value");
  });
});
