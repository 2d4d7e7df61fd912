import { fail } from "../../diagnostics/index.ts";
import type { Span } from "../../dsl/text/ast.ts";
import type { IndicatorDefinition, IndicatorParam } from "../../indicators/definition.ts";
import type { PlaceOf } from "../runtime/script-runtime.ts";

/** The numbers of an indicator as it takes them: lengths cut to whole numbers, all in range. */
export function checkedParams(
  { name, params }: IndicatorDefinition,
  values: readonly number[],
  span: Span,
  placeOf: PlaceOf,
): readonly number[] {
  return params.map((param, k) => {
    const given = values[k]!;
    const value = taken(param, given);
    if (isInRange(param, value)) return value;
    const rule = `it must be from ${param.min} to ${param.max}`;
    const told = { indicator: name, param: param.name, value: given, rule };
    return fail("script_param", told, placeOf(span));
  });
}

/** Whether the numbers are all in range. */
export function takesParams({ params }: IndicatorDefinition, values: readonly number[]): boolean {
  return params.every((param, k) => isInRange(param, taken(param, values[k]!)));
}

function taken({ type }: IndicatorParam, value: number): number {
  return type === "int" ? Math.trunc(value) : value;
}

function isInRange({ min, max }: IndicatorParam, value: number): boolean {
  return value >= min && value <= max;
}
