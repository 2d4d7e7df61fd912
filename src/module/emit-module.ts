import type { Program } from "../program/program.ts";
import { emitElementwise } from "../vector/fused.ts";
import type { Plan } from "../vector/plan.ts";
import { moduleTypes } from "./dts.ts";
import { packed } from "./generated/parts.ts";
import { unpackParts } from "./parts.ts";

export interface EmittedModule {
  /** Text of a self-contained ES module: no import, no code from text. */
  readonly code: string;
  /** Text of its declaration file. */
  readonly dts: string;
}

/**
 * A program as an ES module that stands alone: the runtime, the kernels it needs, its plan as data
 * and its element-wise steps as functions. Exports `strategyId`, `warmup`, `params`, `signals`, `run`.
 */
export function emitModule(program: Program): EmittedModule {
  const { plan } = program;
  const { runtime, indicators } = unpackParts(packed);
  const names = [...new Set(plan.steps.flatMap((s) => (s.kind === "indicator" ? [s.name] : [])))];
  const kernels = names.sort().map((name) => `  ${name}: (() => {\n${indicators[name]}})(),\n`);
  const data = {
    strategyId: program.strategyId(),
    params: program.params,
    paper: program.paperRun && {
      cash: program.paperRun.cash,
      commission: program.paperRun.commission,
      latencyMs: program.paperRun.latencyMs,
      riskFreeReturn: program.paperRun.riskFreeReturn,
    },
    plan: withoutTapes(plan),
  };
  const code = `// A trading strategy compiled by swymc. It stands alone: no dependency, no code made from text.
const { createStrategy } = (() => {
${runtime}})();

const kernels = {
${kernels.join("")}};

const elementwise = (() => {
${emitElementwise(plan)}})();

const data = ${literal(data)};

const strategy = createStrategy({ ...data, kernels, elementwise });

export const strategyId = data.strategyId;
// Infinity where a condition can never be known.
export const warmup = ${program.warmup()};
export const params = data.params;
export const signals = strategy.signals;
export const run = strategy.run;
`;
  return { code, dts: moduleTypes() };
}

/** The interpreter's tapes stay behind: a module has the generated functions. */
function withoutTapes(plan: Plan): object {
  const steps = plan.steps.map((step) => {
    if (step.kind === "indicator") return step;
    const { tape: _, ...rest } = step;
    return rest;
  });
  return { ...plan, steps };
}

/** JSON as a JavaScript literal; names and titles of users are strings in it and nothing else. */
function literal(value: unknown): string {
  // A "__proto__" key in an object literal would set the prototype; data keys are ours, values are safe.
  return JSON.stringify(value, null, 1)
    .replace(/\u2028/g, "\\u2028")
    .replace(/\u2029/g, "\\u2029");
}
