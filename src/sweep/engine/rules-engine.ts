import type { Program } from "../../program/program.ts";
import { type EngineChoice, finished, type SweepEngine, type SweepSetting } from "./engine.ts";
import { leanEngine } from "./lean-engine.ts";
import { hasWasm } from "./pack.ts";
import { WholeRuns } from "./whole-runs.ts";

/** An engine for trials of rules; where the pack does not do them, whole runs do. */
export function rulesEngine(
  program: Program,
  setting: SweepSetting,
  kind: Exclude<EngineChoice, "reference">,
): SweepEngine {
  const form = kind !== "js" && hasWasm() ? "wasm" : "js";
  return leanEngine(program, setting, form) ?? wholeEngine(program, setting);
}

/** Every trial as a whole run, with shared columns. */
function wholeEngine(program: Program, setting: SweepSetting): SweepEngine {
  const runs = new WholeRuns(program, setting);
  return {
    kind: "js",
    run(params, count, out) {
      finished(this.steps(params, count, out));
    },
    *steps(params, count, out) {
      for (let row = 0; row < count; row++) {
        runs.run(params, row, out);
        yield;
      }
    },
  };
}
