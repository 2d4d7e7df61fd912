import { logicId } from "../../ir/identity.ts";
import { type IrNode, operandsOf } from "../../ir/node.ts";
import type { IrProgram } from "../../ir/program.ts";
import { bindProgram } from "../../ir/rewrite.ts";
import { printLogic } from "../../ir/text.ts";
import type { Program } from "../../program/program.ts";
import { isScriptProgram, type ScriptProgram } from "../../program/script-program.ts";
import { rowInputs } from "../engine/script-inputs.ts";

/** The strategy_id of row `k` of a matrix of parameters. */
export type StrategyIdOf = (params: Float64Array, k: number) => string;

/**
 * Identities of many rows of one program: those of `Program.strategyId`, some thirty times faster where parameters have
 * numbers that nothing else in the program has.
 */
export function strategyIds(
  program: Program | ScriptProgram,
  fixed: Readonly<Record<string, number | boolean | string>> = {},
): StrategyIdOf {
  return isScriptProgram(program) ? ofScript(program, fixed) : ofRules(program);
}

function ofScript(
  program: ScriptProgram,
  fixed: Readonly<Record<string, number | boolean | string>>,
): StrategyIdOf {
  return (params, k) => program.strategyId(rowInputs(program.inputs, fixed, params, k));
}

function ofRules({ ir }: Program): StrategyIdOf {
  const names = ir.params.map(({ name }) => name);
  const width = names.length;
  const logic = logicOf(ir);
  const read = names.flatMap((name, at) => (logic.params.has(name) ? [at] : []));
  const slow = (values: readonly number[]) =>
    logicId(printLogic(bindProgram(ir, new Map(names.map((name, at) => [name, values[at]!])))));
  const template = templateOf(ir, names);
  return (params, k) => {
    const values = Array.from(params.subarray(k * width, (k + 1) * width));
    // Equal numbers become one node, and an offset of 0 none: then the text has another form.
    const apart = new Set(read.map((at) => values[at]!));
    const alone =
      apart.size === read.length &&
      read.every((at) => values[at] !== 0 && !logic.literals.has(values[at]!));
    return template !== null && alone ? logicId(template(values)) : slow(values);
  };
}

/** Parameters and numbers of what decides the signals. */
function logicOf(ir: IrProgram): { params: Set<string>; literals: Set<number> } {
  const params = new Set<string>();
  const literals = new Set<number>();
  const seen = new Set<IrNode>();
  const walk = (node: IrNode): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === "param") params.add(node.name);
    if (node.kind === "literal") literals.add(node.value);
    for (const operand of operandsOf(node)) walk(operand);
  };
  for (const { when, limit } of ir.rules) {
    walk(when);
    if (limit !== undefined) walk(limit);
  }
  walk(ir.cooldown);
  return { params, literals };
}

/** The text of the logic with gaps for the parameters, from printing it with numbers that nobody uses. */
function templateOf(
  ir: IrProgram,
  names: readonly string[],
): ((values: readonly number[]) => string) | null {
  const marks = names.map((_, at) => (at + 1) * 1.0000000123456789e-250);
  const text = printLogic(bindProgram(ir, new Map(names.map((name, at) => [name, marks[at]!]))));
  const places = new Map(marks.map((mark, at) => [String(mark), at]));
  if (names.length === 0) return () => text;
  const pattern = new RegExp(
    `(${[...places.keys()].map((mark) => mark.replaceAll(/[.+]/g, "\\$&")).join("|")})`,
  );
  const parts = text.split(pattern);
  return (values) => {
    let filled = parts[0]!;
    for (let k = 1; k < parts.length; k += 2) {
      filled += String(values[places.get(parts[k]!)!]) + parts[k + 1]!;
    }
    return filled;
  };
}
