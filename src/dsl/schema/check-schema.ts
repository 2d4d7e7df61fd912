import { type Diagnostic, suggest } from "../../diagnostics/index.ts";
import { type JsonTree, segments } from "../json/tree.ts";
import { LIMITS } from "../limits.ts";
import { explain, meantProperty, misspeltTag } from "./explain.ts";
import { type Violation, violationsOf } from "./violation.ts";

/** Kinds nested in misspelt kinds that are still looked into. */
const PASSES = 8;

/**
 * All that is wrong with a value by the schema. A misspelt name with an obvious meaning is reported, then read
 * as it was meant, so that faults behind it are found in the same run; that changes `value`.
 */
export function checkSchema(value: unknown, tree: JsonTree): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (let pass = 1; ; pass++) {
    const violations = violationsOf(value);
    const last = pass === PASSES || found.length >= LIMITS.diagnostics;
    const mended = last ? [] : violations.flatMap((one) => mend(one, value, tree));
    found.push(...(mended.length > 0 ? mended : violations.map((one) => explain(one, tree))));
    if (mended.length === 0) return found;
  }
}

/** Reads a misspelt name as it was meant; the diagnostic, or none where there is nothing to mend. */
function mend(violation: Violation, root: unknown, tree: JsonTree): Diagnostic[] {
  const told = () => [explain(violation, tree)];
  const { keyword, pointer, params, value } = violation;
  if (keyword === "enum" && typeof value === "string") {
    const meant = suggest(value, params["allowedValues"] as readonly string[]);
    if (meant === undefined) return [];
    const diagnostics = told();
    const path = segments(pointer);
    (at(root, path.slice(0, -1)) as Record<string, unknown>)[path.at(-1)!] = meant;
    return diagnostics;
  }
  const misspelt = misspeltName(violation);
  if (misspelt === undefined) return [];
  const { written, meant } = misspelt;
  const object = value as Record<string, unknown>;
  const diagnostics = told();
  object[meant] = object[written];
  delete object[written];
  tree.alias(pointer, written, meant);
  return diagnostics;
}

function misspeltName(violation: Violation) {
  const { keyword, pointer, params, value } = violation;
  if (keyword === "required") return misspeltTag(String(params["missingProperty"]), pointer, value);
  const meant = keyword === "additionalProperties" ? meantProperty(violation) : undefined;
  if (meant === undefined) return undefined;
  return { written: String(params["additionalProperty"]), meant };
}

function at(root: unknown, path: readonly string[]): unknown {
  return path.reduce((value, name) => (value as Record<string, unknown>)[name], root);
}
