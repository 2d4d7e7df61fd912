import { describe, expect, it } from "vitest";
import { Graph, type IrProgram } from "../ir/index.ts";
import { evaluateScalars } from "./plan.ts";
import { planProgram } from "./planner.ts";

const outputsOf = (name: string) =>
  name === "bollinger" ? ["upper", "middle", "lower"] : ["value"];

function program(build: (g: Graph) => IrProgram["rules"]): IrProgram {
  const g = new Graph();
  const rules = build(g);
  const cooldown = g.literal(0);
  return { dialect: "tv", nodes: g.nodes, rules, params: [], cooldown, replaceOrders: false };
}

const sizing = { kind: "close" } as const;

describe("planner", () => {
  it("evaluates a condition under each position, sharing what is equal", () => {
    const plan = planProgram(
      program((g) => {
        const up = g.compare("gt", g.field("close"), g.field("open"));
        const flat = g.position("flat");
        return [
          { when: g.logic("and", [flat, up]), side: "buy", sizing },
          { when: g.logic("or", [flat, up]), side: "sell", sizing },
          { when: g.not(g.position("long")), side: "sell", sizing },
        ];
      }),
      outputsOf,
    );
    const NEVER = -1;
    const ALWAYS = -2;
    expect(plan.conditions).toBe(1);
    expect(plan.rules.map((r) => r.when)).toEqual([
      { flat: 0, long: NEVER, short: NEVER },
      { flat: ALWAYS, long: 0, short: 0 },
      { flat: ALWAYS, long: NEVER, short: ALWAYS },
    ]);
  });

  it("calls a kernel once for all its outputs", () => {
    const plan = planProgram(
      program((g) => {
        const close = g.field("close");
        const band = (output: string) =>
          g.indicator("bollinger", output, [close], [g.literal(20), g.literal(2)]);
        const outside = g.logic("or", [
          g.compare("gt", close, band("upper")),
          g.compare("lt", close, band("lower")),
        ]);
        return [{ when: outside, side: "buy", sizing }];
      }),
      outputsOf,
    );
    expect(plan.steps.map((s) => s.kind)).toEqual(["indicator", "masks"]);
  });

  it("computes an expression once that an indicator reads", () => {
    const plan = planProgram(
      program((g) => {
        const middle = g.binary(
          "div",
          g.binary("add", g.field("high"), g.field("low")),
          g.literal(2),
        );
        const mean = (period: number) => g.indicator("sma", "value", [middle], [g.literal(period)]);
        return [{ when: g.cross("over", mean(3), mean(9)), side: "buy", sizing }];
      }),
      outputsOf,
    );
    expect(plan.steps.map((s) => s.kind)).toEqual(["map", "indicator", "indicator", "masks"]);
  });

  it("splits many conditions into loops that V8 optimises", () => {
    const plan = planProgram(
      program((g) =>
        Array.from({ length: 400 }, (_, k) => ({
          when: g.compare("gt", g.field("close"), g.literal(k)),
          side: "buy",
          sizing,
        })),
      ),
      outputsOf,
    );
    expect(plan.conditions).toBe(400);
    const sizes = plan.steps.map((s) => (s.kind === "masks" ? s.tape.instructions.length : 0));
    expect(sizes.length).toBeGreaterThan(2);
    expect(Math.max(...sizes)).toBeLessThan(300);
  });
});

describe("scalars", () => {
  it("are na after a division by zero or an overflow", () => {
    const values = evaluateScalars(
      [
        { op: "param", index: 0 },
        { op: "literal", value: 0 },
        { op: "div", a: 0, b: 1 },
        { op: "mul", a: 0, b: 0 },
      ],
      [1e200],
    );
    expect([...values]).toEqual([1e200, 0, Number.NaN, Number.NaN]);
  });
});
