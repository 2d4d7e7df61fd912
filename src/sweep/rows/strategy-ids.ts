import type { IrProgram } from "../../ir/program.ts";
import { bindProgram } from "../../ir/rewrite.ts";
import { printLogic } from "../../ir/text.ts";
import type { Program } from "../../program/program.ts";
import { isScriptProgram, type ScriptProgram } from "../../program/script-program.ts";
import { rowInputs } from "../engine/script-inputs.ts";
import { nameLogic } from "./name-logic.ts";

/** The strategy_id of row `k` of a matrix of parameters. */
export type StrategyIdOf = (params: Float64Array, k: number) => string;

/**
 * Identities of many rows of one program: those of `Program.strategyId`, in a tenth of the time where parameters have
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
  const print = (values: readonly number[]) =>
    printLogic(bindProgram(ir, new Map(names.map((name, at) => [name, values[at]!]))));
  const literals = new Set(
    ir.nodes.flatMap((node) => (node.kind === "literal" ? [node.value] : [])),
  );
  const template = templateOf(ir, width, print);
  return (params, k) => {
    const values = Array.from(params.subarray(k * width, (k + 1) * width));
    // Equal numbers become one node, and an offset of 0 none: then the text has another form.
    const apart = new Set(values).size === width;
    const alone = apart && values.every((value) => value !== 0 && !literals.has(value));
    return nameLogic(template !== null && alone ? template(values) : print(values));
  };
}

type Print = (values: readonly number[]) => string;

/**
 * The text of the logic with gaps for the parameters, from printing it with numbers that nobody uses; null where the form
 * of the logic depends on their values.
 */
function templateOf(ir: IrProgram, width: number, print: Print): Print | null {
  if (ir.nodes.some((node) => node.kind === "vote" && node.count.kind !== "literal")) return null;
  const marks = Array.from({ length: width }, (_, at) => (at + 1) * 1.0000000123456789e-250);
  const places = new Map(marks.map((mark, at) => [String(mark), at]));
  const gaps = [...places.keys()].map((mark) => mark.replaceAll(/[.+]/g, "\\$&")).join("|");
  const parts = width === 0 ? [print([])] : print(marks).split(new RegExp(`(${gaps})`));
  const fill: Print = (values) => {
    let filled = parts[0]!;
    for (let k = 1; k < parts.length; k += 2) {
      filled += String(values[places.get(parts[k]!)!]) + parts[k + 1]!;
    }
    return filled;
  };
  // Numbers of every size have to be printed as they are filled in.
  const tries = [7.28125, 1.0625e-9, 3.00390625e15].map((from) =>
    marks.map((_, at) => from * (at + 1)),
  );
  return tries.every((values) => fill(values) === print(values)) ? fill : null;
}
