import { type Diagnostic, suggest } from "../../diagnostics/index.ts";
import { type JsonTree, segments } from "../json/tree.ts";
import { LIMITS } from "../limits.ts";
import { explain, meantProperty, misspeltTag } from "./explain.ts";
import { type Violation, violationsOf } from "./violation.ts";

/** Misspelt names in misspelt names that are still looked into. */
const PASSES = 8;

export interface SchemaFindings {
  readonly diagnostics: readonly Diagnostic[];
  /** Errors past the limit, which are only counted. */
  readonly more: number;
}

/**
 * All that is wrong with a value by the schema. A misspelt name with an obvious meaning is reported, then read
 * as it was meant, so that faults behind it are found in the same run; that changes `value`.
 */
export function checkSchema(value: unknown, tree: JsonTree): SchemaFindings {
  const found: Diagnostic[] = [];
  for (let pass = 1; ; pass++) {
    const violations = inOrder(violationsOf(value), tree);
    const before = found.length;
    for (const one of pass === PASSES ? [] : violations) {
      if (found.length >= LIMITS.diagnostics) break;
      found.push(...mend(one, value, tree));
    }
    if (found.length > before) continue;
    const listed = violations.slice(0, LIMITS.diagnostics);
    found.push(...listed.map((one) => explain(one, tree)));
    return { diagnostics: found, more: violations.length - listed.length };
  }
}

function inOrder(violations: readonly Violation[], tree: JsonTree): Violation[] {
  return violations
    .map((violation) => ({ violation, offset: tree.offsetOf(violation.pointer) }))
    .sort((a, b) => a.offset - b.offset)
    .map(({ violation }) => violation);
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
