import type { InputSpec } from "../../../src/dsl/text/core.ts";
import { SwymcError } from "../../../src/index.ts";
import { setUpRun } from "../../../src/program/run-setup.ts";
import type { ScriptProgram } from "../../../src/program/script-program.ts";
import { compileScript } from "../../../src/script/compile-script.ts";
import { runScript } from "../../../src/script/run-script.ts";
import type { ChartOptions } from "../../../src/script/runtime/chart.ts";
import type { SweepSetting } from "../../../src/sweep/engine/engine.ts";
import type { KeptColumns } from "../../../src/sweep/engine/kept-columns.ts";
import { scriptEngine } from "../../../src/sweep/engine/script-engine.ts";
import { rowInputs } from "../../../src/sweep/engine/script-inputs.ts";
import { SWEEP_METRICS } from "../../../src/sweep/engine/sweep-metrics.ts";
import { runTrials } from "../../../src/sweep/run/run-trials.ts";
import type { Bars } from "../../../src/vector/columns.ts";
import { random } from "../../reference/random.ts";

/** Rows of inputs as a sweep writes them, near the defaults, many alike in some inputs, some that no script takes. */
export function inputRows(inputs: readonly InputSpec[], seed: number, count: number): number[][] {
  const next = random(seed);
  const choices = inputs.map((input) => [Number.NaN, ...choicesOf(input)]);
  const pick = (values: readonly number[]) => values[Math.floor(next() * values.length)]!;
  const rows = [choices.map(pick)];
  while (rows.length < count) {
    const last = rows[rows.length - 1]!;
    rows.push(choices.map((values, k) => (next() < 0.5 ? last[k]! : pick(values))));
  }
  return rows;
}

function choicesOf({ type, standard, options }: InputSpec): number[] {
  switch (type) {
    case "bool":
      return [0, 1];
    case "source":
      return [0, 3, 5, 8];
    case "text":
      return options === null ? [] : options.map((_, k) => k);
    default:
      if (options !== null) return options.map(Number);
      return type === "int"
        ? [Number(standard) + 1, Number(standard) + 3, 2, 0]
        : [Number(standard) * 1.5, Number(standard) / 2, -0];
  }
}

/** Rows of metrics by shared columns; NaN where the script stops with an error. */
export function sharedRows(
  program: ScriptProgram,
  bars: Bars,
  chart: ChartOptions,
  rows: readonly (readonly number[])[],
  kept?: KeptColumns,
): number[][] {
  const { settings, annual } = setUpRun({}, null, bars.time);
  const setting: SweepSetting = { bars, settings, annual, script: { chart } };
  const engine = scriptEngine(program, setting, kept);
  const metrics = new Float64Array(rows.length * SWEEP_METRICS.length).fill(-12345);
  const states = new Uint8Array(rows.length);
  runTrials(engine, { params: Float64Array.from(rows.flat()), metrics, states }, rows.length);
  return rows.map((_, k) => [
    ...metrics.subarray(k * SWEEP_METRICS.length, (k + 1) * SWEEP_METRICS.length),
  ]);
}

/** The same by runs that know nothing of each other. */
export function ownRows(
  { core, inputs }: ScriptProgram,
  bars: Bars,
  chart: ChartOptions,
  rows: readonly (readonly number[])[],
): number[][] {
  const code = compileScript(core);
  const params = Float64Array.from(rows.flat());
  return rows.map((_, k) => {
    try {
      const { metrics } = runScript(code, bars, {
        chart,
        inputs: rowInputs(inputs, undefined, params, k),
      });
      return SWEEP_METRICS.map((name) => metrics[name] ?? Number.NaN);
    } catch (error) {
      if (!(error instanceof SwymcError)) throw error;
      return SWEEP_METRICS.map(() => Number.NaN);
    }
  });
}
