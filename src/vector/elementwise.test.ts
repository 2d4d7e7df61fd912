import { describe, expect, it } from "vitest";
import { Name } from "./code.ts";
import { ColumnPool } from "./column-pool.ts";
import { emitStep } from "./emit.ts";
import { executePlan } from "./execute.ts";
import { fusedElementwise } from "./fused.ts";
import { interpretedElementwise } from "./interpret.ts";
import { maskBit } from "./mask.ts";
import type { Plan } from "./plan.ts";
import type { Instruction } from "./tape.ts";

const na = Number.NaN;

function planOf(instructions: Instruction[], output: number): Plan {
  const tape = { dialect: "tv", instructions, outputs: [output] } as const;
  return {
    dialect: "tv",
    scalars: [],
    columns: 5,
    steps: [{ kind: "masks", tape, crosses: 0, conditions: [0] }],
    conditions: 1,
    rules: [],
    cooldown: 0,
    replaceOrders: false,
  };
}

function bars(close: number[]) {
  const column = Float64Array.from(close);
  return { time: column, open: column, high: column, low: column, close: column, volume: column };
}

/** Bars on which the condition holds, by both engines, which must agree. */
function truths(plan: Plan, close: number[], scalars: number[]): number[] {
  const results = [fusedElementwise(plan)!, interpretedElementwise(plan)].map((elementwise) => {
    const { conditions } = executePlan(
      plan,
      bars(close),
      Float64Array.from(scalars),
      () => () => {},
      elementwise,
      new ColumnPool(),
    );
    return close.flatMap((_, i) => (maskBit(conditions[0]!, i) ? [i] : []));
  });
  expect(results[0]).toEqual(results[1]);
  return results[0]!;
}

const load = (offsets: number[]): Instruction => ({ op: "load", column: 3, offsets });

describe("element-wise code", () => {
  it("looks back, and knows nothing before the first bar", () => {
    const plan = planOf([load([]), load([0]), { op: "gt", a: 0, b: 1 }], 2);
    const close = Array.from({ length: 100 }, (_, i) => i);
    expect(truths(plan, close, [40])).toEqual(close.slice(40));
    expect(truths(plan, close, [1000])).toEqual([]);
  });

  it("adds up nested offsets", () => {
    const plan = planOf([load([]), load([0, 1]), { op: "eq", a: 0, b: 1 }], 2);
    expect(truths(plan, [1, 2, 3, 1, 2, 9], [1, 2])).toEqual([3, 4]);
  });

  it("makes division by zero and overflow na, so that neither a comparison nor its complement holds", () => {
    const divided: Instruction[] = [load([]), load([0]), { op: "div", a: 0, b: 1 }];
    const scalar: Instruction = { op: "scalar", scalar: 1 };
    for (const op of ["gt", "le", "ne"] as const) {
      const plan = planOf([...divided, scalar, { op, a: 2, b: 3 }], 4);
      expect(truths(plan, [0, 5], [1, 1])).toEqual([]);
    }
    const product = planOf(
      [load([]), { op: "mul", a: 0, b: 0 }, scalar, { op: "gt", a: 1, b: 2 }],
      3,
    );
    expect(truths(product, [1e200, 3], [0, 1])).toEqual([1]);
  });

  it("compares na with nothing", () => {
    const scalar: Instruction = { op: "scalar", scalar: 0 };
    for (const [op, expected] of [
      ["gt", [2]],
      ["le", [0]],
      ["ne", [2]],
      ["eq", [0]],
    ] as const) {
      const plan = planOf([load([]), scalar, { op, a: 0, b: 1 }], 2);
      expect(truths(plan, [1, na, 2], [1])).toEqual(expected);
    }
  });

  it("is built of names, indices and templates only", () => {
    expect(new Name("c", 3).text).toBe("c3");
    const plan = planOf([load([]), load([0]), { op: "gt", a: 0, b: 1 }], 2);
    const step = plan.steps[0]!;
    if (step.kind !== "masks") throw new Error("a mask step");
    expect(emitStep(step)).toMatchInlineSnapshot(`
      "(b, n, C, S, M, X) => {
        const c3 = C[3];
        const s0 = S[0];
        const m0 = M[0];
        const h = Math.min(n, Math.max(b, (Math.max(0, s0) + 31) & ~31));
        for (let g = b; g < h; g += 32) {
          const j = Math.min(g + 32, n);
          let w0 = 0;
          for (let i = g; i < j; i++) {
            const t0 = c3[i];
            const t1 = i >= s0 ? c3[i - (s0)] : NaN;
            const t2 = +(t0 > t1);
            w0 |= t2 << i;
          }
          m0[g >>> 5] = w0;
        }
        for (let g = h; g < n; g += 32) {
          const j = Math.min(g + 32, n);
          let w0 = 0;
          for (let i = g; i < j; i++) {
            const t0 = c3[i];
            const t1 = c3[i - (s0)];
            const t2 = +(t0 > t1);
            w0 |= t2 << i;
          }
          m0[g >>> 5] = w0;
        }
      }"
    `);
  });
});
