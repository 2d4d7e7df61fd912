import { type Diagnostic, diagnose, SwymcError } from "../diagnostics/index.ts";
import type { CheckedDocument, PaperRun } from "../dsl/document.ts";
import { indicator, kernelOf } from "../indicators/registry.ts";
import {
  bindParams,
  type IrProgram,
  type ParamProblem,
  type ParamSpec,
  strategyIdOf,
  warmupOf,
} from "../ir/index.ts";
import { ColumnPool } from "../vector/column-pool.ts";
import { fusedElementwise } from "../vector/fused.ts";
import { interpretedElementwise } from "../vector/interpret.ts";
import type { Interval } from "../vector/interval.ts";
import type { Plan } from "../vector/plan.ts";
import { planProgram } from "../vector/planner.ts";
import type { StrategyCode } from "./run-plan.ts";

/** Values of parameters by name; those left out keep their defaults. */
export type ParamValues = Readonly<Record<string, number>>;

/**
 * How element-wise code runs: `fused` generated functions, `interpreter` where code from text is
 * forbidden, `auto` the first that is allowed. The bits are the same.
 */
export type Engine = "auto" | "fused" | "interpreter";

/** A compiled strategy. */
export interface Program {
  readonly ir: IrProgram;
  readonly plan: Plan;
  /** Declared parameters with their defaults and what they may be. */
  readonly params: readonly ParamSpec[];
  /** The document's `candle_interval`. */
  readonly interval: Interval | null;
  /** The paper-run body around the strategy, null for a plain document. */
  readonly paperRun: PaperRun | null;
  /** The checked document that it was lowered from. */
  readonly document: CheckedDocument;
  /** What the check warned of. */
  readonly warnings: readonly Diagnostic[];
  /** UUIDv5 of the signal logic with these parameters. Throws {@link SwymcError} for values that do not fit. */
  strategyId(params?: ParamValues): string;
  /** Bars before every condition can be known, with these parameters. Throws as `strategyId`. */
  warmup(params?: ParamValues): number;
  /** Values in order of declaration. Throws {@link SwymcError} listing every value that does not fit. */
  bind(params?: ParamValues): readonly number[];
  code(engine?: Engine): StrategyCode;
}

export function createProgram(
  ir: IrProgram,
  document: CheckedDocument,
  warnings: readonly Diagnostic[],
): Program {
  const plan = planProgram(ir, (name) => indicator(name)!.outputs);
  const bind = (params?: ParamValues) => bindOrThrow(ir.params, params);
  const valuesOf = (params?: ParamValues) => {
    const values = bind(params);
    return new Map(ir.params.map((p, k) => [p.name, values[k]!]));
  };
  const pool = new ColumnPool();
  let fused: ReturnType<typeof fusedElementwise> | undefined;

  return {
    ir,
    plan,
    params: ir.params,
    interval: document.strategy.candle_interval ?? null,
    paperRun: document.paperRun,
    document,
    warnings,
    bind,
    strategyId: (params) => strategyIdOf(ir, valuesOf(params)),
    warmup: (params) =>
      warmupOf(ir, valuesOf(params), (name, numbers) =>
        indicator(name)!.warmup(numbers, ir.dialect),
      ),
    code(engine = "auto") {
      if (engine !== "interpreter" && fused === undefined) fused = fusedElementwise(plan);
      const elementwise = engine === "interpreter" ? null : fused;
      if (engine === "fused" && !elementwise)
        throw new EvalError("this host forbids generated code; use the interpreter engine");
      return {
        plan,
        kernels: kernelOf,
        elementwise: elementwise ?? interpretedElementwise(plan),
        pool,
      };
    },
  };
}

function bindOrThrow(specs: readonly ParamSpec[], params?: ParamValues): readonly number[] {
  const { values, problems } = bindParams(specs, params);
  if (problems.length > 0) throw new SwymcError(problems.map(paramDiagnostic));
  return values;
}

function paramDiagnostic(problem: ParamProblem): Diagnostic {
  switch (problem.kind) {
    case "unknown":
      return diagnose("unknown_param", problem);
    case "not_a_number":
      return diagnose("param_not_a_number", problem);
    case "out_of_range":
      return diagnose("param_out_of_range", problem);
  }
}
