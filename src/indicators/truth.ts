import { isNa } from "../vector/rolling/index.ts";
import { columnOf, type Source } from "./source.ts";

/** Truth values, one per bar: booleans, 0 and 1 in bytes, or numbers, of which all but 0 and na are true. */
export type Condition = Source | Uint8Array | readonly (boolean | null | undefined)[];

/** Whether a number stands for true: neither 0 nor na. */
export function isTrue(value: number): boolean {
  return value !== 0 && !isNa(value);
}

/** The condition as a float64 column; an Arrow vector of booleans is one, too. */
export function conditionColumn(indicator: string, condition: Condition): Float64Array {
  if (condition instanceof Uint8Array) return Float64Array.from(condition);
  if (Array.isArray(condition)) {
    return columnOf(indicator, condition.map(numberOf) as Source);
  }
  const vector = condition as { type?: { typeId?: unknown }; length: number };
  if (vector?.type?.typeId !== BOOL) return columnOf(indicator, condition as Source);
  const { get } = condition as { get(index: number): unknown };
  return columnOf(
    indicator,
    Array.from({ length: vector.length }, (_, i) => numberOf(get.call(condition, i)) as number),
  );
}

/** Arrow's type id. */
const BOOL = 6;

function numberOf(value: unknown): unknown {
  return typeof value === "boolean" ? Number(value) : value;
}
