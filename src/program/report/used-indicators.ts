import { indicator, kernelOf } from "../../indicators/registry.ts";
import type { ReportIndicator } from "../../report/html/report-data.ts";
import { ColumnPool } from "../../vector/column-pool.ts";
import type { Bars } from "../../vector/columns.ts";
import { executePlan } from "../../vector/execute.ts";
import { interpretedElementwise } from "../../vector/interpret.ts";
import { evaluateScalars, type IndicatorStep } from "../../vector/plan.ts";
import { planProgram } from "../../vector/planner.ts";
import type { Logic } from "./logic.ts";

/** More lines than this cover one another. */
const MOST = 12;

/** The indicators that a strategy reads, as columns over the bars, with where a chart shows them. */
export function usedIndicators(
  { ir, values: params }: Logic,
  bars: Bars,
): (ReportIndicator & { readonly values: Float64Array })[] {
  const plan = planProgram(ir, (name) => indicator(name)!.outputs);
  const scalars = evaluateScalars(plan.scalars, params);
  const elementwise = interpretedElementwise(plan);
  // A pool of its own: the columns stay.
  const { columns } = executePlan(plan, bars, scalars, kernelOf, elementwise, new ColumnPool());
  return plan.steps
    .filter((step): step is IndicatorStep => step.kind === "indicator")
    .flatMap((step) => {
      const names = indicator(step.name)!.outputs;
      const numbers = step.params.map((scalar) => scalars[scalar]).join(", ");
      return step.outputs.map((column, k) => ({
        label: `${step.name}(${numbers})${names.length > 1 ? ` ${names[k]}` : ""}`,
        values: columns[column]!,
      }));
    })
    .slice(0, MOST)
    .map(({ label, values }, k) => ({
      label,
      values,
      column: `indicator.${k}`,
      pane: isNear(values, bars.close) ? "price" : "own",
    }));
}

/** Whether a column is of the size of the prices, and so at home over them: within a factor of 2 on most bars. */
function isNear(values: Float64Array, close: Float64Array): boolean {
  let near = 0;
  let known = 0;
  const step = Math.max(1, Math.floor(close.length / 1000));
  for (let i = 0; i < close.length; i += step) {
    const ratio = values[i]! / close[i]!;
    if (Number.isNaN(ratio)) continue;
    known++;
    if (ratio > 0.5 && ratio < 2) near++;
  }
  return near > 0.9 * known;
}
