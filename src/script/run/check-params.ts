import { fail } from "../../diagnostics/index.ts";
import type { Span } from "../../dsl/text/ast.ts";
import type { IndicatorDefinition } from "../../indicators/definition.ts";
import type { PlaceOf } from "../runtime/script-runtime.ts";

/** The numbers of an indicator as it takes them: lengths cut to whole numbers, all in range. */
export function checkedParams(
  { name, params }: IndicatorDefinition,
  values: readonly number[],
  span: Span,
  placeOf: PlaceOf,
): readonly number[] {
  return params.map(({ name: param, type, min, max }, k) => {
    const given = values[k]!;
    const value = type === "int" ? Math.trunc(given) : given;
    if (value >= min && value <= max) return value;
    const rule = `it must be from ${min} to ${max}`;
    return fail("script_param", { indicator: name, param, value: given, rule }, placeOf(span));
  });
}
