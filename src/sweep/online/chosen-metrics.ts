import { diagnose, SwymcError, suggest } from "../../diagnostics/index.ts";
import { SWEEP_METRICS, type SweepMetric } from "../engine/sweep-metrics.ts";
import { type Objective, objectiveColumns } from "./objective.ts";

/**
 * The metrics that rows have, in the order of SWEEP_METRICS: those named and those that the objective reads; null where
 * all are. Throws a SwymcError with every name that is none.
 */
export function chosenMetrics(
  names: readonly string[] | undefined,
  objective: Objective,
): readonly SweepMetric[] | null {
  if (names === undefined) return null;
  const unknown = names.filter((name) => !isMetric(name));
  if (unknown.length > 0) throw new SwymcError(unknown.map(unknownMetric));
  const chosen = new Set([...names, ...objectiveColumns(objective).names]);
  const metrics = SWEEP_METRICS.filter((name) => chosen.has(name));
  return metrics.length === SWEEP_METRICS.length ? null : metrics;
}

/** What an engine has to work out for rows of these metrics: a sweep counts gains and trials without trades itself. */
export function neededMetrics(chosen: readonly SweepMetric[]): readonly SweepMetric[] {
  return SWEEP_METRICS.filter(
    (name) => name === "total_return" || name === "trades" || chosen.includes(name),
  );
}

function unknownMetric(name: string) {
  const suggestion = suggest(name, SWEEP_METRICS);
  return diagnose("sweep_metric", { name, suggestion, known: SWEEP_METRICS });
}

function isMetric(name: string): name is SweepMetric {
  return (SWEEP_METRICS as readonly string[]).includes(name);
}
