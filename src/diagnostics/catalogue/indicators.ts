import { error } from "./entry.ts";

/** Diagnostics about arguments of the indicator functions (`swymc/indicators`). */
export const indicatorDiagnostics = {
  indicator_param: error<{
    indicator: string;
    param: string;
    value: unknown;
    type: "int" | "float";
    min: number;
    max: number;
  }>(
    ({ indicator, param, value, type, min, max }) =>
      `${indicator}: ${param} must be ${type === "int" ? "a whole number" : "a number"} from ${min} to ${max}, not ${show(value)}`,
    "Each number of an indicator has a type and a range, both ends included.",
  ),
  indicator_dialect: error<{ indicator: string; value: unknown; known: readonly string[] }>(
    ({ indicator, value }) => `${indicator}: unknown dialect ${show(value)}`,
    "A dialect names the library whose conventions apply.",
    ({ known }) => `one of: ${known.join(", ")}`,
  ),
  indicator_source_type: error<{ indicator: string; type: string }>(
    ({ indicator, type }) => `${indicator}: cannot read a source of type ${type}`,
    "A source is a Float64Array, an array of numbers, or an Arrow vector of floats or of integers below 64 bits.",
    ({ type }) =>
      /64|BigInt|Decimal/.test(type)
        ? "convert it to float64 first, where you can decide what its lost digits mean"
        : undefined,
  ),
  indicator_source_value: error<{ indicator: string; index: number; value: unknown }>(
    ({ indicator, index, value }) =>
      `${indicator}: the source's element ${index} is ${show(value)}, not a number`,
    "Elements of a plain array are numbers; null, undefined and NaN are na.",
  ),
  indicator_lengths: error<{ indicator: string; left: number; right: number }>(
    ({ indicator, left, right }) =>
      `${indicator}: the two series have ${left} and ${right} bars; they must be aligned`,
    "A cross compares two series bar by bar.",
  ),
  indicator_out: error<{ indicator: string; expected: number; found: string }>(
    ({ indicator, expected, found }) =>
      `${indicator}: out must be a Float64Array of ${expected} values, not ${found}`,
    "A result column given by the caller has exactly the source's length.",
  ),
  indicator_out_shared: error<{ indicator: string }>(
    ({ indicator }) => `${indicator}: out shares memory with the source or with another output`,
    "Kernels read bars again after writing later ones, so a result needs memory of its own.",
  ),
};

function show(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
