import { SwymcError } from "../../diagnostics/index.ts";
import { finished, type Steps, type SweepEngine } from "../engine/engine.ts";
import { SWEEP_METRICS } from "../engine/sweep-metrics.ts";
import type { Slot } from "./slots.ts";
import { STATES, type TrialProblem } from "./task.ts";

const WIDTH = SWEEP_METRICS.length;
const TRADES = SWEEP_METRICS.indexOf("trades");
const ERROR = STATES.indexOf("error");

/**
 * Runs a batch of trials. Where a script stops with an error for some, the others still have their rows.
 *
 * @param read the metrics that anybody reads, `trades` among them; the others become NaN. All unless given
 */
export function runTrials(
  engine: SweepEngine,
  rows: Slot,
  count: number,
  read?: readonly string[],
): TrialProblem {
  return finished(trialSteps(engine, rows, count, read));
}

/** The same in steps of the engine. */
export function* trialSteps(
  engine: SweepEngine,
  { params, metrics, states }: Slot,
  count: number,
  read: readonly string[] = SWEEP_METRICS,
): Steps<TrialProblem> {
  states.fill(0);
  const width = params.length / count;
  let problem: TrialProblem = null;
  const run = function* (from: number, to: number): Steps {
    try {
      yield* engine.steps(
        params.subarray(from * width, to * width),
        to - from,
        metrics.subarray(from * WIDTH, to * WIDTH),
      );
    } catch (error) {
      if (!(error instanceof SwymcError)) throw error;
      if (to - from > 1) {
        const middle = (from + to) >>> 1;
        yield* run(from, middle);
        yield* run(middle, to);
        return;
      }
      problem ??= error.diagnostics[0] ?? null;
      metrics.fill(Number.NaN, from * WIDTH, to * WIDTH);
      states[from] = ERROR;
    }
  };
  yield* run(0, count);
  for (let k = 0; k < count; k++) {
    if (states[k] !== ERROR) states[k] = metrics[k * WIDTH + TRADES] === 0 ? 1 : 0;
  }
  // An engine leaves what nobody reads as it is, in memory that an earlier batch had.
  const unread = Int32Array.from(
    SWEEP_METRICS.flatMap((name, m) => (read.includes(name) ? [] : [m])),
  );
  if (unread.length > 0) forget(metrics, count, unread);
  return problem;
}

/** Row by row: column by column, each number would be fetched into the cache once per column. */
function forget(metrics: Float64Array, count: number, unread: Int32Array): void {
  for (let row = 0; row < count * WIDTH; row += WIDTH) {
    for (let k = 0; k < unread.length; k++) metrics[row + unread[k]!] = Number.NaN;
  }
}
