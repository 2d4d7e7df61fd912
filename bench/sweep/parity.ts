import { run } from "../../src/index.ts";
import { SWEEP_METRICS } from "../../src/sweep/engine/sweep-metrics.ts";
import type { Workload } from "./workloads.ts";

const WIDTH = SWEEP_METRICS.length;
const TOLERANCE = 1e-9;
const COMPARED = ["total_return", "sharpe", "max_drawdown", "trades"] as const;

/** Throws where a sampled row has not the bits of a whole run with its parameters. */
export function checkRuns(
  work: Workload,
  series: number,
  rows: Float64Array,
  samples: number,
): void {
  const { program, trials, execution } = work;
  const step = Math.max(1, Math.floor(trials.length / samples));
  for (let trial = 0; trial < trials.length; trial += step) {
    const params = Object.fromEntries(
      program.params.map(({ name }, k) => [name, trials[trial]![k]!]),
    );
    const { metrics } = run(program, work.series[series]!, { ...execution, params });
    SWEEP_METRICS.forEach((name, k) => {
      const [ours, whole] = [rows[trial * WIDTH + k]!, metrics[name] ?? Number.NaN];
      if (!Object.is(ours, whole))
        throw new Error(`no parity: ${name} of ${trials[trial]} is ${ours}, of a run ${whole}`);
    });
  }
}

/**
 * How many of our rows are the rival's to 1e-9.
 * @param rival rows of {@link COMPARED}, series after series
 * @param strict throws where one is not
 */
export function equalRows(
  work: Workload,
  ours: readonly Float64Array[],
  rival: Float64Array,
  strict: boolean,
): number {
  let equal = 0;
  ours.forEach((rows, series) => {
    work.trials.forEach((trial, k) => {
      const at = 4 * (series * work.trials.length + k);
      const far = COMPARED.filter((name, c) => {
        const value = rows[k * WIDTH + SWEEP_METRICS.indexOf(name)]!;
        return differs(value, name === "max_drawdown" ? -rival[at + c]! : rival[at + c]!);
      });
      if (far.length === 0) equal++;
      else if (strict)
        throw new Error(`no parity with vectorbt: series ${series}, ${trial}: ${far}`);
    });
  });
  return equal;
}

function differs(a: number, b: number): boolean {
  if (!Number.isFinite(a) && !Number.isFinite(b)) return false;
  return !(Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b)));
}
