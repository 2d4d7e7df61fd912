import type { Program } from "../program/program.ts";
import { isScriptProgram, type ScriptProgram } from "../program/script-program.ts";
import { rowInputs } from "../sweep/engine/script-inputs.ts";

/** Values of parameters or inputs by name. */
export type RowParams = Readonly<Record<string, number | boolean | string>>;

/** A row of a sweep's parameters as a backtest takes them, over those that are fixed. */
export function rowParams(
  program: Program | ScriptProgram,
  fixed: RowParams,
  row: Float64Array,
): RowParams {
  if (isScriptProgram(program)) return rowInputs(program.inputs, fixed, row, 0);
  return { ...fixed, ...Object.fromEntries(program.params.map(({ name }, k) => [name, row[k]!])) };
}
