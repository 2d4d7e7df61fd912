import { v5 } from "uuid";
import type { IrProgram } from "./program.ts";
import { bindProgram } from "./rewrite.ts";
import { printLogic } from "./text.ts";

/** UUIDv5 namespace of strategies: v5(URL, "https://swymc.dev/strategy"). */
export const STRATEGY_NAMESPACE = "67949b36-e398-5728-b869-7d2b9e8aec35";

/**
 * Stable identity of the signal logic with its parameters bound: sizes, comments, spelling and
 * written-out defaults do not change it, any change of logic does (SEMANTICS §2).
 */
export function strategyIdOf(program: IrProgram, values: ReadonlyMap<string, number>): string {
  return logicId(printLogic(bindProgram(program, values)));
}

/** The identity of a bound program's logic by its text. */
export function logicId(text: string): string {
  return v5(text, STRATEGY_NAMESPACE);
}
