import { type Diagnostic, diagnose } from "../../diagnostics/index.ts";
import type { JsonTree } from "../json/tree.ts";
import { describeRange, describeType } from "../schema/describe.ts";
import { type Violation, violationsOf } from "../schema/violation.ts";
import { substituteParams } from "./bind.ts";
import { declaration } from "./check-param-uses.ts";
import { declaredParams, type ParamRef, paramRefs } from "./param-refs.ts";
import { isObject, type JsonObject } from "./walk.ts";

/** A number that a declaration gives, and how it is called. */
interface Part {
  readonly key: "default" | "min" | "max" | "step";
  readonly label: string;
  readonly of: (declared: JsonObject) => unknown;
}

const PARTS: readonly Part[] = [
  { key: "default", label: "default", of: (declared) => declared["default"] },
  { key: "min", label: "minimum", of: (declared) => declared["min"] },
  { key: "max", label: "maximum", of: (declared) => declared["max"] },
  { key: "step", label: "second step", of: secondStep },
];

/**
 * Default, range and steps of every parameter suit each other and every place that uses it. What suits a
 * place is told by the schema itself, which is asked about the document with the numbers put in.
 */
export function checkParamValues(
  root: unknown,
  strategy: JsonObject,
  at: string,
  tree: JsonTree,
): Diagnostic[] {
  const declared = declaredParams(strategy);
  const refs = paramRefs(strategy, at).filter((ref) => isObject(declared.get(ref.name)));
  const told = new Set<string>();
  const found: Diagnostic[] = [];
  for (const [name, one] of declared)
    if (isObject(one)) found.push(...checkRange(name, one, at, tree));
  if (refs.length === 0) return found;
  for (const part of PARTS) {
    const values = numbers(declared, part);
    for (const [ref, violation] of unfit(root, refs, values)) {
      // A minimum that does not suit makes the steps from it unfit as well.
      if (
        told.has(`${part.key} ${ref.name}`) ||
        (part.key === "step" && told.has(`min ${ref.name}`))
      ) {
        continue;
      }
      told.add(`${part.key} ${ref.name}`);
      const value = values.get(ref.name)!;
      const params = {
        name: ref.name,
        part: part.label,
        value,
        rule: ruleOf(violation),
        pointer: ref.pointer,
      };
      const place = tree.locate(`${declaration(at, ref.name)}/${part.key}`);
      found.push(diagnose("param_unfit", params, place));
    }
  }
  return found;
}

function checkRange(name: string, declared: JsonObject, at: string, tree: JsonTree): Diagnostic[] {
  const { default: value, min, max } = declared;
  const place = (key: string) => tree.locate(`${declaration(at, name)}/${key}`);
  if (typeof min === "number" && typeof max === "number" && min > max) {
    const params = { name, part: "minimum", value: min, rule: `at most its maximum ${max}` };
    return [diagnose("param_range", params, place("min"))];
  }
  if (typeof value !== "number") return [];
  const rule =
    typeof min === "number" && value < min
      ? `at least its minimum ${min}`
      : typeof max === "number" && value > max
        ? `at most its maximum ${max}`
        : null;
  if (rule === null) return [];
  return [diagnose("param_range", { name, part: "default", value, rule }, place("default"))];
}

/** Steps count from the minimum (else the default); the second value of a sweep shows whether they suit. */
function secondStep({ default: value, min, max, step }: JsonObject): unknown {
  const from = min ?? value;
  if (typeof from !== "number" || typeof step !== "number") return undefined;
  return typeof max === "number" && from + step > max ? undefined : from + step;
}

function numbers(declared: ReadonlyMap<string, unknown>, part: Part): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const [name, one] of declared) {
    const value = isObject(one) ? part.of(one) : undefined;
    if (typeof value === "number" && Number.isFinite(value)) values.set(name, value);
  }
  return values;
}

function unfit(
  root: unknown,
  refs: readonly ParamRef[],
  values: ReadonlyMap<string, number>,
): (readonly [ParamRef, Violation])[] {
  const places = new Map(
    refs.filter((ref) => values.has(ref.name)).map((ref) => [ref.pointer, ref]),
  );
  if (places.size === 0) return [];
  return violationsOf(substituteParams(root, values, places)).flatMap((violation) => {
    const ref = places.get(violation.pointer);
    return ref === undefined ? [] : [[ref, violation] as const];
  });
}

function ruleOf({ keyword, schema, params }: Violation): string {
  if (keyword === "pattern") return "a positive decimal of at most 12 decimals";
  if (keyword !== "type") return describeRange(schema);
  const type = [params["type"] as string | string[]].flat().filter((one) => one !== "object");
  return describeType(type);
}
