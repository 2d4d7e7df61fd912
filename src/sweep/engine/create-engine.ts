import type { Program } from "../../program/program.ts";
import { isScriptProgram, type ScriptProgram } from "../../program/script-program.ts";
import type { EngineChoice, SweepEngine, SweepSetting } from "./engine.ts";
import { referenceEngine } from "./reference-engine.ts";
import { rulesEngine } from "./rules-engine.ts";
import { scriptEngine } from "./script-engine.ts";

/** An engine for trials of a program; where the chosen kind does not do it, the next slower one that does. */
export function createEngine(
  program: Program | ScriptProgram,
  setting: SweepSetting,
  kind: EngineChoice = "auto",
): SweepEngine {
  if (kind === "reference") return referenceEngine(program, setting);
  return isScriptProgram(program)
    ? scriptEngine(program, setting)
    : rulesEngine(program, setting, kind);
}
