import type { ScriptProgram } from "../../program/script-program.ts";
import { scriptRuns } from "../../script/run-script.ts";
import { finished, type SweepEngine, type SweepSetting } from "./engine.ts";
import { KeptColumns } from "./kept-columns.ts";
import { ScriptColumns } from "./script-columns.ts";
import { rowInputs, scriptOptions } from "./script-inputs.ts";
import { writeMetrics } from "./write-metrics.ts";

/** Whole runs of a script, each with all columns that earlier trials have made. */
export function scriptEngine(
  program: ScriptProgram,
  setting: SweepSetting,
  kept = new KeptColumns(),
): SweepEngine {
  const { inputs } = program;
  const varying = new Set<number>();
  const first = new Float64Array(inputs.length);
  let trials = 0;
  const columns = new ScriptColumns(kept, varying);
  const run = scriptRuns(program.code(), setting.bars, scriptOptions(program, setting), columns);
  return {
    kind: "script",
    run(params, count, out) {
      finished(this.steps(params, count, out));
    },
    *steps(params, count, out) {
      if (trials === 0) first.set(params.subarray(0, inputs.length));
      for (let at = 0; at < count * inputs.length; at++) {
        const input = at % inputs.length;
        if (!varying.has(input) && !Object.is(params[at], first[input])) varying.add(input);
      }
      for (let row = 0; row < count; row++, trials++) {
        kept.nextTrial(varying.size);
        const { metrics } = run(rowInputs(inputs, setting.script?.inputs, params, row));
        writeMetrics(metrics, row, out);
        yield;
      }
    },
  };
}
