import { lower } from "../../dsl/lower.ts";
import { createProgram, type Program } from "../../program/program.ts";
import type { ScriptProgram } from "../../program/script-program.ts";
import type { StrategyData } from "./task.ts";

/** A program again; what only scripts need is loaded for scripts alone. */
export async function programOf(data: StrategyData): Promise<Program | ScriptProgram> {
  if (data.kind === "rules") return createProgram(lower(data.document.strategy), data.document, []);
  const { createScriptProgram } = await import("../../program/script-program.ts");
  return createScriptProgram(data.core, [], () => ({}));
}
