import { DIALECTS, type Dialect } from "../vector/kernel.ts";
import { refuse } from "./refuse.ts";

export function checkDialect(indicator: string, dialect: Dialect): void {
  if (!DIALECTS.includes(dialect)) {
    refuse("indicator_dialect", { indicator, value: dialect, known: DIALECTS });
  }
}

export function checkNumber(
  indicator: string,
  param: string,
  value: number,
  type: "int" | "float",
  min: number,
  max: number,
): void {
  const fits = type === "int" ? Number.isInteger(value) : typeof value === "number";
  if (!(fits && value >= min && value <= max)) {
    refuse("indicator_param", { indicator, param, value, type, min, max });
  }
}

/** The caller's result column, checked, or a new one. It may share memory with none of `others`. */
export function resultColumn(
  indicator: string,
  out: Float64Array | undefined,
  bars: number,
  others: readonly Float64Array[],
): Float64Array {
  if (out === undefined) return new Float64Array(bars);
  if (!(out instanceof Float64Array)) {
    return refuse("indicator_out", { indicator, expected: bars, found: typeof out });
  }
  if (out.length !== bars) {
    return refuse("indicator_out", { indicator, expected: bars, found: `${out.length} values` });
  }
  if (others.some((other) => overlaps(out, other))) refuse("indicator_out_shared", { indicator });
  return out;
}

function overlaps(a: Float64Array, b: Float64Array): boolean {
  return (
    a.buffer === b.buffer &&
    a.byteOffset < b.byteOffset + b.byteLength &&
    b.byteOffset < a.byteOffset + a.byteLength
  );
}
