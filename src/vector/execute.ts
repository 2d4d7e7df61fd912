import { type Bars, FIELDS } from "./columns.ts";
import type { KernelTable } from "./kernel.ts";
import { type Mask, maskWords } from "./mask.ts";
import type { Plan } from "./plan.ts";

/**
 * One element-wise step over `n` bars: reads columns `C` and scalars `S`, fills `M`: a column for a
 * map step, one mask per condition for a mask step.
 */
export type StepFunction = (
  n: number,
  C: readonly Float64Array[],
  S: Float64Array,
  M: Float64Array | readonly Mask[],
) => void;

/** The function of a step that is not an indicator's. */
export type Elementwise = (step: number) => StepFunction;

/** What a plan makes of a dataset. */
export interface Executed {
  readonly columns: readonly Float64Array[];
  readonly conditions: readonly Mask[];
}

/** Runs every step of a plan once, in order. Allocates one column or mask per output, nothing per bar. */
export function executePlan(
  plan: Plan,
  bars: Bars,
  scalars: Float64Array,
  kernels: KernelTable,
  elementwise: Elementwise,
): Executed {
  const n = bars.close.length;
  const columns: Float64Array[] = FIELDS.map((field) => bars[field]);
  const conditions: Mask[] = [];
  plan.steps.forEach((step, index) => {
    if (step.kind === "indicator") {
      for (const output of step.outputs) columns[output] = new Float64Array(n);
      kernels(step.name, plan.dialect)(
        step.sources.map((s) => columns[s]!),
        step.params.map((s) => scalars[s]!),
        step.outputs.map((o) => columns[o]!),
      );
    } else if (step.kind === "map") {
      columns[step.output] = new Float64Array(n);
      elementwise(index)(n, columns, scalars, columns[step.output]!);
    } else {
      const masks = step.conditions.map(() => new Uint32Array(maskWords(n)));
      elementwise(index)(n, columns, scalars, masks);
      step.conditions.forEach((condition, k) => {
        conditions[condition] = masks[k]!;
      });
    }
  });
  return { columns, conditions };
}
