import { crossDefinition } from "./cross.ts";
import { crossoverDefinition } from "./crossover.ts";
import { crossunderDefinition } from "./crossunder.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { type OneResult, runOne } from "./run-batch.ts";
import { columnOf, type Source } from "./source.ts";

export type CrossOptions = OneResult;

/**
 * 1 on bars where `a` crosses above `b`, else 0; in `tv` and `talib` NaN where that is unknown (na now, or no
 * earlier bar where both were defined). A number stands for a level.
 */
export function crossover(
  a: Source | number,
  b: Source | number,
  options: CrossOptions = {},
): Float64Array {
  return crossing(crossoverDefinition, a, b, options);
}

/** 1 on bars where `a` crosses below `b`; otherwise as {@link crossover}. */
export function crossunder(
  a: Source | number,
  b: Source | number,
  options: CrossOptions = {},
): Float64Array {
  return crossing(crossunderDefinition, a, b, options);
}

/** 1 on bars where `a` crosses `b` in either direction; otherwise as {@link crossover}. */
export function cross(
  a: Source | number,
  b: Source | number,
  options: CrossOptions = {},
): Float64Array {
  return crossing(crossDefinition, a, b, options);
}

function crossing(
  definition: IndicatorDefinition,
  a: Source | number,
  b: Source | number,
  options: CrossOptions,
): Float64Array {
  const { name } = definition;
  return runOne(definition, [sideOf(name, a, b), sideOf(name, b, a)], options);
}

/** A side as a column; a level is as long as the other side. */
function sideOf(name: string, side: Source | number, other: Source | number): Float64Array {
  if (typeof side !== "number") return columnOf(name, side);
  return new Float64Array(typeof other === "number" ? 1 : columnOf(name, other).length).fill(side);
}
