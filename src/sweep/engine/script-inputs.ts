import type { InputSpec } from "../../dsl/text/core.ts";
import { type GivenInputs, SOURCES } from "../../script/run/inputs.ts";

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
