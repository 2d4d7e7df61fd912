import type { Dialect } from "../vector/kernel.ts";
import { checkDialect, resultColumn } from "./arguments.ts";
import { crossAbove } from "./cross.ts";
import { refuse } from "./refuse.ts";
import { columnOf, type Source } from "./source.ts";

export interface CrossOptions {
  readonly dialect?: Dialect;
  readonly out?: Float64Array;
}

/**
 * 1 on bars where `a` crosses above `b`, else 0; in `tv` and `talib` NaN where that is unknown (na now, or no
 * earlier bar where both were defined). A number stands for a level.
 */
export function crossover(
  a: Source | number,
  b: Source | number,
  options: CrossOptions = {},
): Float64Array {
  return crossing("crossover", a, b, options, false);
}

/** 1 on bars where `a` crosses below `b`; otherwise as {@link crossover}. */
export function crossunder(
  a: Source | number,
  b: Source | number,
  options: CrossOptions = {},
): Float64Array {
  return crossing("crossunder", a, b, options, true);
}

function crossing(
  name: string,
  a: Source | number,
  b: Source | number,
  { dialect = "tv", out }: CrossOptions,
  under: boolean,
): Float64Array {
  checkDialect(name, dialect);
  const left = sideOf(name, a, b);
  const right = sideOf(name, b, a);
  if (left.length !== right.length) {
    refuse("indicator_lengths", { indicator: name, left: left.length, right: right.length });
  }
  const result = resultColumn(name, out, left.length, [left, right]);
  if (under) crossAbove(right, left, dialect, result);
  else crossAbove(left, right, dialect, result);
  return result;
}

/** A side as a column; a level is as long as the other side. */
function sideOf(name: string, side: Source | number, other: Source | number): Float64Array {
  if (typeof side !== "number") return columnOf(name, side);
  return new Float64Array(typeof other === "number" ? 1 : columnOf(name, other).length).fill(side);
}
