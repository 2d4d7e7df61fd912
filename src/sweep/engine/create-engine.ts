import type { Program } from "../../program/program.ts";
import { isScriptProgram, type ScriptProgram } from "../../program/script-program.ts";
import type { SweepEngine, SweepSetting } from "./engine.ts";
import { leanEngine } from "./lean-engine.ts";
import { hasWasm } from "./pack.ts";
import { referenceEngine } from "./reference-engine.ts";
import { scriptEngine } from "./script-engine.ts";
import { WholeRuns } from "./whole-runs.ts";

/** Which engine to make; `auto` is the fastest that the program and the host allow. */
export type EngineChoice = "auto" | "wasm" | "js" | "reference";

/** An engine for trials of a program; where the chosen kind does not do it, the next slower one that does. */
export function createEngine(
  program: Program | ScriptProgram,
  setting: SweepSetting,
  kind: EngineChoice = "auto",
): SweepEngine {
  if (kind === "reference") return referenceEngine(program, setting);
  if (isScriptProgram(program)) return scriptEngine(program, setting);
  const form = kind !== "js" && hasWasm() ? "wasm" : "js";
  return leanEngine(program, setting, form) ?? wholeEngine(program, setting);
}

/** Every trial as a whole run, with shared columns. */
function wholeEngine(program: Program, setting: SweepSetting): SweepEngine {
  const runs = new WholeRuns(program, setting);
  return {
    kind: "js",
    run(params, count, out) {
      for (let row = 0; row < count; row++) runs.run(params, row, out);
    },
  };
}
