import type { Metrics } from "../../stats/metrics.ts";
import { SWEEP_METRICS } from "./sweep-metrics.ts";

/** Writes a run's metrics as row `row` of `out`; NaN where one is null. */
export function writeMetrics(metrics: Metrics, row: number, out: Float64Array): void {
  const at = row * SWEEP_METRICS.length;
  SWEEP_METRICS.forEach((name, k) => {
    out[at + k] = metrics[name] ?? Number.NaN;
  });
}
