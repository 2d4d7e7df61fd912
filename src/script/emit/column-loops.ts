import type { CoreExpr } from "../../dsl/text/core.ts";
import { type Code, code } from "../../vector/code.ts";
import { type ChainPass, type ColumnStep, FIELD_COLUMNS, readsOf } from "../unit.ts";
import { emitChainLoop, emitTestedLoop } from "./chain-loop.ts";
import { chainPasses, lastPass } from "./chain-plan.ts";
import { ExpressionEmitter } from "./expressions.ts";
import { FunctionBuilder } from "./function-builder.ts";
import { bar, from, to } from "./letters.ts";
import type { EmittedMap, UnitBuilder } from "./unit-builder.ts";

/** The loop of a column. */
export function emitMap(unit: UnitBuilder, expr: CoreExpr): EmittedMap {
  const fn = new FunctionBuilder();
  const emitter = new ExpressionEmitter(unit, fn, "column");
  const value = emitter.emit(expr);
  const body = code`(b, n, E, M) => {
${fn.heads}
for (let ${bar} = ${from}; ${bar} < ${to}; ${bar}++) {
${fn.block.lines}
M[${bar}] = ${expr.type === "bool" ? code`+${value}` : value};
}
}`;
  return { body, reads: fn.reads };
}

/**
 * Passes, their loops by first member, and what the one that runs last reads.
 *
 * @param kept columns that the bar loop or the tests read
 */
export function emitPasses(
  unit: UnitBuilder,
  loopReads: ReadonlySet<number>,
  kept: ReadonlySet<number>,
): { passes: readonly ChainPass[]; loops: ReadonlyMap<number, Code>; late: readonly number[] } {
  const { steps, tests } = unit;
  const loops = new Map<number, Code>();
  const planned = chainPasses(steps, kept);
  const last = tests === null ? undefined : lastPass(steps, planned);
  const passes = planned.map((given) => {
    const tested = given === last ? emitTestedLoop(given, unit, loopReads) : null;
    loops.set(given.members[0]!, tested?.loop ?? emitChainLoop(given));
    return tested?.pass ?? given;
  });
  return { passes, loops, late: (last?.members ?? []).flatMap((at) => readsOf(steps[at]!)) };
}

/** The loop of the tests that are made before the bar loop, and the columns that they read. */
export function emitTests(unit: UnitBuilder): { loop: Code; reads: ReadonlySet<number> } | null {
  if (unit.tests === null) return null;
  const fn = new FunctionBuilder();
  const lines = unit.tests.emit(new ExpressionEmitter(unit, fn, "column"));
  const loop = code`(b, n, E) => {
${fn.heads}
for (let ${bar} = ${from}; ${bar} < ${to}; ${bar}++) {
${lines}
}
}`;
  return { loop, reads: fn.reads.columns };
}

/** By step, the columns that may be used for something else after it. */
export function lastReads(steps: readonly ColumnStep[], kept: ReadonlySet<number>): number[][] {
  const last = new Map<number, number>();
  steps.forEach((step, at) => {
    const outputs = step.kind === "indicator" ? step.outputs : [step.output];
    for (const column of [...outputs, ...readsOf(step)]) last.set(column, at);
  });
  const frees = steps.map((): number[] => []);
  // An input.source is a column of the bars, and so may be what a security gives.
  const lent = new Set<number>();
  for (const step of steps) {
    if (step.kind === "source" || step.kind === "security") lent.add(step.output);
  }
  for (const [column, at] of last) {
    const ours = column >= FIELD_COLUMNS.length && !kept.has(column);
    if (ours && !lent.has(column)) frees[at]!.push(column);
  }
  return frees;
}
