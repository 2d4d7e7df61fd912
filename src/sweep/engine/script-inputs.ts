import type { InputSpec } from "../../dsl/text/core.ts";
import type { ScriptProgram } from "../../program/script-program.ts";
import { type GivenInputs, SOURCES } from "../../script/run/inputs.ts";
import type { ScriptRunOptions } from "../../script/run-script.ts";
import type { SweepSetting } from "./engine.ts";

/** What all trials of a script are run with. */
export function scriptOptions(
  { placeOf }: ScriptProgram,
  { settings, annual, script }: SweepSetting,
): ScriptRunOptions {
  const { start } = settings;
  return { start, riskFreeReturn: annual.riskFreeReturn, placeOf, ...script };
}

/** The inputs that row `row` of a parameter matrix stands for, as `SweepEngine.run` has them, over the fixed ones. */
export function rowInputs(
  inputs: readonly InputSpec[],
  fixed: GivenInputs | undefined,
  params: Float64Array,
  row: number,
): GivenInputs {
  const given: Record<string, number | boolean | string> = { ...fixed };
  inputs.forEach((input, k) => {
    const value = params[row * inputs.length + k]!;
    if (!Number.isNaN(value)) given[input.name] = inputValue(input, value);
  });
  return given;
}

function inputValue({ type, options }: InputSpec, value: number): number | boolean | string {
  switch (type) {
    case "bool":
      return value === 1;
    case "text":
      return options === null ? String(value) : options[value]!;
    case "source":
      return SOURCES[value]!;
    default:
      return value;
  }
}
