import type { Program } from "../../program/program.ts";
import type { ScriptProgram } from "../../program/script-program.ts";
import type { SweepEngine, SweepSetting } from "./engine.ts";
import { referenceEngine } from "./reference-engine.ts";

/** Which engine to make; `auto` is the fastest that the program and the host allow. */
export type EngineChoice = "auto" | "wasm" | "js" | "reference";

/** An engine for trials of a program; where the chosen kind does not do it, the next slower one that does. */
export function createEngine(
  program: Program | ScriptProgram,
  setting: SweepSetting,
  _kind: EngineChoice = "auto",
): SweepEngine {
  return referenceEngine(program, setting);
}
