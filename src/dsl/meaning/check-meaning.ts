import type { Diagnostic } from "../../diagnostics/index.ts";
import type { JsonTree } from "../json/tree.ts";
import { checkConditions } from "./check-conditions.ts";
import { checkPaperRun } from "./check-paper-run.ts";
import { checkParamUses } from "./check-param-uses.ts";
import { checkParamValues } from "./check-param-values.ts";
import { isObject, strategyIn } from "./walk.ts";

/**
 * What the schema cannot say: references, ranges that depend on each other, things that are allowed but
 * hardly meant. Takes any value, so that a document with errors of form is examined too.
 */
export function checkMeaning(root: unknown, tree: JsonTree): Diagnostic[] {
  const { strategy, at } = strategyIn(root);
  return [
    ...(isObject(strategy)
      ? [
          ...checkParamUses(strategy, at, tree),
          ...checkParamValues(root, strategy, at, tree),
          ...checkConditions(strategy, at, tree),
        ]
      : []),
    ...(isObject(root) && at !== "" ? checkPaperRun(root, tree) : []),
  ];
}
