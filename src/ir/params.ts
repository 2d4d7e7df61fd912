import type { ParamSpec } from "./program.ts";

/** Why a value cannot be bound. */
export type ParamProblem =
  | { readonly kind: "unknown"; readonly name: string; readonly known: readonly string[] }
  | { readonly kind: "not_a_number"; readonly name: string; readonly value: string }
  | {
      readonly kind: "out_of_range";
      readonly name: string;
      readonly value: number;
      readonly rule: string;
    };

/** Values in order of declaration, defaults where none is given, and everything wrong with those given. */
export function bindParams(
  specs: readonly ParamSpec[],
  given: Readonly<Record<string, number>> = {},
): { values: number[]; problems: ParamProblem[] } {
  const problems: ParamProblem[] = [];
  const known = specs.map((s) => s.name);
  for (const name of Object.keys(given)) {
    if (!known.includes(name)) problems.push({ kind: "unknown", name, known });
  }
  const values = specs.map((spec) => {
    if (!Object.hasOwn(given, spec.name)) return spec.default;
    const value: unknown = given[spec.name];
    if (typeof value !== "number" || !Number.isFinite(value)) {
      problems.push({ kind: "not_a_number", name: spec.name, value: String(value) });
      return spec.default;
    }
    const rule = brokenRule(spec, value);
    if (rule !== null) problems.push({ kind: "out_of_range", name: spec.name, value, rule });
    return value;
  });
  return { values, problems };
}

/** Why a value cannot stand for a parameter; null where it can. */
export function brokenRule(spec: ParamSpec, value: number): string | null {
  if (spec.integer && !Number.isInteger(value)) return "it must be a whole number";
  if (spec.min !== null && (spec.exclusiveMin ? value <= spec.min : value < spec.min))
    return `it must be ${spec.exclusiveMin ? "greater than" : "at least"} ${spec.min}`;
  if (spec.max !== null && value > spec.max) return `it must be at most ${spec.max}`;
  return null;
}
