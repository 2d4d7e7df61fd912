import { fail } from "../../diagnostics/index.ts";
import { SWEEP_METRICS, type SweepMetric } from "../engine/sweep-metrics.ts";
import type { Batch } from "../run/batch.ts";
import { FormulaError, readFormula } from "../space/expression.ts";

/** What trials are compared by. */
export interface Objective {
  /** A metric's name, or an expression of metrics. */
  readonly text: string;
  readonly metric: SweepMetric | null;
  readonly direction: "max" | "min";
  /** Of row `k` of a batch; NaN where undefined. */
  value(batch: Pick<Batch, "metrics">, k: number): number;
  /** The same, but more is better. */
  score(batch: Pick<Batch, "metrics">, k: number): number;
}

/** Metrics of which less is better. */
export const COSTS: ReadonlySet<SweepMetric> = new Set([
  "volatility",
  "max_drawdown",
  "max_drawdown_bars",
  "commission",
  "turnover",
]);

/** An objective from a metric's name or an expression such as `total_return / max_drawdown`. */
export function readObjective(text: string): Objective {
  const formula = formulaOf(text);
  const metric = SWEEP_METRICS.find((name) => name === text.trim()) ?? null;
  const direction = metric !== null && COSTS.has(metric) ? "min" : "max";
  const value = ({ metrics }: Pick<Batch, "metrics">, k: number) => {
    const found = formula.evaluate(metrics, k * SWEEP_METRICS.length);
    return Number.isFinite(found) ? found : Number.NaN;
  };
  return {
    text: text.trim(),
    metric,
    direction,
    value,
    score: direction === "max" ? value : (batch, k) => -value(batch, k),
  };
}

/** The columns of results that an objective is made of, and what it comes to in row `k` of them. */
export function objectiveColumns({ text, score, value }: Objective) {
  const names = SWEEP_METRICS.filter((name) => new RegExp(`\\b${name}\\b`).test(text));
  const places = names.map((name) => SWEEP_METRICS.indexOf(name));
  const metrics = new Float64Array(SWEEP_METRICS.length).fill(Number.NaN);
  const at = (columns: readonly Float64Array[], k: number) => {
    places.forEach((place, m) => {
      metrics[place] = columns[m]![k]!;
    });
    return { metrics };
  };
  return {
    names: names as readonly string[],
    score: (columns: readonly Float64Array[], k: number) => score(at(columns, k), 0),
    value: (columns: readonly Float64Array[], k: number) => value(at(columns, k), 0),
  };
}

function formulaOf(text: string) {
  try {
    const formula = readFormula(text, SWEEP_METRICS);
    if (formula.boolean) throw new FormulaError("it is a condition, not a number");
    return formula;
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    return fail("sweep_objective", { text, reason: error.message });
  }
}
