import type { Program } from "../../program/program.ts";
import { runPlan } from "../../program/run-plan.ts";
import { isScriptProgram, type ScriptProgram } from "../../program/script-program.ts";
import { runScript } from "../../script/run-script.ts";
import type { MetricsResult } from "../../stats/metrics.ts";
import { finished, type SweepEngine, type SweepSetting } from "./engine.ts";
import { rowInputs, scriptOptions } from "./script-inputs.ts";
import { writeMetrics } from "./write-metrics.ts";

/** One whole run after the other: what the other engines are held to. */
export function referenceEngine(
  program: Program | ScriptProgram,
  setting: SweepSetting,
): SweepEngine {
  const runRow = isScriptProgram(program)
    ? scriptRow(program, setting)
    : rulesRow(program, setting);
  return {
    kind: "reference",
    run(params, count, out) {
      finished(this.steps(params, count, out));
    },
    *steps(params, count, out) {
      for (let row = 0; row < count; row++) {
        writeMetrics(runRow(params, row).metrics, row, out);
        yield;
      }
    },
  };
}

type RunRow = (params: Float64Array, row: number) => MetricsResult;

function rulesRow(program: Program, { bars, settings, annual }: SweepSetting): RunRow {
  const code = program.code();
  const width = program.params.length;
  return (params, row) => {
    const values = Array.from(params.subarray(row * width, (row + 1) * width));
    return runPlan(code, bars, values, settings, annual);
  };
}

function scriptRow(program: ScriptProgram, setting: SweepSetting): RunRow {
  const code = program.code();
  const options = scriptOptions(program, setting);
  return (params, row) => {
    const inputs = rowInputs(program.inputs, setting.script?.inputs, params, row);
    return runScript(code, setting.bars, { ...options, inputs });
  };
}
