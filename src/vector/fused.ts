import type { Code } from "./code.ts";
import { emitStep } from "./emit.ts";
import type { Elementwise, StepFunction } from "./execute.ts";
import type { Plan } from "./plan.ts";

/**
 * The plan's element-wise steps as generated functions, or null where the host forbids code from text
 * (`--disallow-code-generation-from-strings`, a Content-Security-Policy without unsafe-eval).
 * The only place that makes code from text; the text holds our own templates, names and indices.
 */
export function fusedElementwise(plan: Plan): Elementwise | null {
  const functions = evaluate(emitElementwise(plan), []) as readonly (StepFunction | null)[] | null;
  return functions && ((step) => functions[step]!);
}

/** What the statements of `body` return, `H` being `helpers`; null where the host forbids code from text. */
export function evaluateCode(body: Code, helpers: unknown): unknown {
  return evaluate(`"use strict";\n${body.text}\n`, [helpers]);
}

function evaluate(body: string, args: readonly unknown[]): unknown {
  try {
    return new Function("H", body)(...args);
  } catch (error) {
    if (error instanceof EvalError) return null;
    throw error;
  }
}

/** Source text of a function body that returns one function per step, null for indicator steps. */
export function emitElementwise(plan: Plan): string {
  const functions = plan.steps.map((step) => (step.kind === "indicator" ? "null" : emitStep(step)));
  return `"use strict";\nreturn [\n${functions.join(",\n")}\n];\n`;
}
