import { barssinceDefinition } from "./barssince.ts";
import { type Numbers, type OneResult, runOne } from "./run-batch.ts";
import type { Source } from "./source.ts";
import { type Condition, conditionColumn } from "./truth.ts";
import { valuewhenDefinition } from "./valuewhen.ts";

/** Number of bars since `condition` was true, NaN before it ever was. */
export function barssince(condition: Condition, options: OneResult = {}): Float64Array {
  return runOne(barssinceDefinition, [conditionColumn("barssince", condition)], options);
}

/** `source` on the last bar where `condition` was true; `occurrence` 1 is the one before it, and so on. */
export function valuewhen(
  condition: Condition,
  source: Source,
  options: Numbers<never, "occurrence"> & OneResult = {},
): Float64Array {
  return runOne(valuewhenDefinition, [conditionColumn("valuewhen", condition), source], options);
}
