import { type Diagnostic, diagnose, suggest } from "../../diagnostics/index.ts";
import { escapePointer, type JsonTree } from "../json/tree.ts";
import { declaredParams, paramRefs } from "./param-refs.ts";
import type { JsonObject } from "./walk.ts";

/** Every parameter used is declared, and every one declared is used. */
export function checkParamUses(strategy: JsonObject, at: string, tree: JsonTree): Diagnostic[] {
  const declared = declaredParams(strategy);
  const known = [...declared.keys()];
  const refs = paramRefs(strategy, at);
  const used = new Set(refs.map((ref) => ref.name));
  const undeclared = refs
    .filter((ref) => !declared.has(ref.name))
    .map(({ name, pointer }) => {
      const suggestion = suggest(name, known);
      if (suggestion !== undefined) used.add(suggestion);
      const params = { name, suggestion, known };
      return diagnose("undeclared_param", params, tree.locate(`${pointer}/param`));
    });
  const unused = known
    .filter((name) => !used.has(name))
    .map((name) => diagnose("unused_param", { name }, tree.locate(declaration(at, name), "key")));
  return [...undeclared, ...unused];
}

/** Pointer of a parameter's declaration in the strategy at a pointer. */
export function declaration(at: string, name: string): string {
  return `${at}/params/${escapePointer(name)}`;
}
