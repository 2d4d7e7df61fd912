import { fail, suggest } from "../diagnostics/index.ts";
import type { IndicatorDefinition } from "../indicators/definition.ts";
import { indicator, indicators } from "../indicators/registry.ts";

/** The definition of a name that a user typed. Throws a SwymcError with a suggestion for an unknown one. */
export function findIndicator(name: string): IndicatorDefinition {
  const found = indicator(name);
  if (found) return found;
  const names = indicators.map((each) => each.name);
  return fail("unknown_indicator", { name, suggestion: suggest(name, names) ?? null });
}
