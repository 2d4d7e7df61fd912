import type { ColumnPool } from "./column-pool.ts";
import { type Bars, COLUMNS } from "./columns.ts";
import type { KernelTable } from "./kernel.ts";
import { type Mask, maskWords } from "./mask.ts";
import type { Plan } from "./plan.ts";

/**
 * One element-wise step over bars `b` (a multiple of 32) to `n`: reads columns `C` and scalars `S`,
 * fills `M`: a column for a map step, one mask per condition for a mask step. `X` is what the step's
 * crosses carry from piece to piece, three numbers each, 0 before the first bar.
 */
export type StepFunction = (
  b: number,
  n: number,
  C: readonly Float64Array[],
  S: Float64Array,
  M: Float64Array | readonly Mask[],
  X: Int32Array,
) => void;

/**
 * Bars per call of a step. Many short calls instead of one long loop: V8 then enters code that it
 * compiled whole, not code that it replaced in mid-loop, which can stay slow for good.
 */
const PIECE = 4096;

/** The function of a step that is not an indicator's. */
export type Elementwise = (step: number) => StepFunction;

/** What a plan makes of a dataset. */
export interface Executed {
  readonly columns: readonly Float64Array[];
  readonly conditions: readonly Mask[];
}

/**
 * Runs every step of a plan once, in order, nothing allocated per bar. The columns belong to the pool:
 * they hold until its next use; the masks are the caller's.
 */
export function executePlan(
  plan: Plan,
  bars: Bars,
  scalars: Float64Array,
  kernels: KernelTable,
  elementwise: Elementwise,
  pool: ColumnPool,
): Executed {
  const n = bars.close.length;
  const columns: Float64Array[] = COLUMNS.map((name) => bars[name]);
  const conditions: Mask[] = [];
  plan.steps.forEach((step, index) => {
    if (step.kind === "indicator") {
      for (const output of step.outputs) columns[output] = pool.take(output, n);
      kernels(step.name, plan.dialect)(
        step.sources.map((s) => columns[s]!),
        step.params.map((s) => scalars[s]!),
        step.outputs.map((o) => columns[o]!),
      );
    } else if (step.kind === "map") {
      columns[step.output] = pool.take(step.output, n);
      runPieces(elementwise(index), n, columns, scalars, columns[step.output]!, step.crosses);
    } else {
      const masks = step.conditions.map(() => new Uint32Array(maskWords(n)));
      runPieces(elementwise(index), n, columns, scalars, masks, step.crosses);
      step.conditions.forEach((condition, k) => {
        conditions[condition] = masks[k]!;
      });
    }
  });
  return { columns, conditions };
}

/** Runs a step piece by piece over `bars` bars; the state of its crosses is carried along. */
export function runPieces(
  run: StepFunction,
  bars: number,
  columns: readonly Float64Array[],
  scalars: Float64Array,
  target: Float64Array | readonly Mask[],
  crosses: number,
): void {
  const state = new Int32Array(3 * crosses);
  for (let from = 0; from < bars; from += PIECE)
    run(from, Math.min(bars, from + PIECE), columns, scalars, target, state);
}
