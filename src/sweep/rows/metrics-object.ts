import { code, word } from "../../vector/code.ts";
import { evaluateCode } from "../../vector/fused.ts";
import { SWEEP_METRICS, type SweepMetric } from "../engine/sweep-metrics.ts";

/** The metrics whose row begins at `at` of a matrix, by name; null where undefined. */
export type MetricsObject = (
  matrix: Float64Array,
  at: number,
) => Partial<Record<SweepMetric, number | null>>;

/**
 * Makes objects of some metrics out of rows of all of them. As one generated literal it takes a fifth of the time that
 * naming one after the other does, which is as long as running a short trial.
 */
export function metricsObject(names: readonly SweepMetric[]): MetricsObject {
  const places = names.map((name) => SWEEP_METRICS.indexOf(name));
  const fields = names.map((name, k) => code`${word(name)}: H(c[b + ${places[k]!}]),`);
  const generated = evaluateCode(code`return (c, b) => ({\n${fields}\n});`, defined);
  return (generated as MetricsObject | null) ?? oneByOne(names, places);
}

function oneByOne(names: readonly SweepMetric[], places: readonly number[]): MetricsObject {
  return (matrix, at) =>
    Object.fromEntries(names.map((name, k) => [name, defined(matrix[at + places[k]!]!)]));
}

function defined(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
