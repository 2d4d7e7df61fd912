import type { Plan } from "../../vector/plan.ts";
import type { LeanPlan } from "./lean-plan.ts";
import { type TrialGraph, trialGraph } from "./trial-graph.ts";

interface Named {
  readonly count: number;
  readonly leastStep: number;
  readonly params: Float64Array;
  readonly graph: TrialGraph;
}

/** Of each plan the graph of its last batch: the next series of a sweep runs the same trials. */
const last = new WeakMap<Plan, Named>();

/** The graph of a batch, named anew only where the trials are not those of the plan's last batch. */
export function graphOf(lean: LeanPlan, params: Float64Array, count: number): TrialGraph {
  const known = last.get(lean.plan);
  const isKnown = known?.count === count && known.leastStep === lean.leastStep;
  if (isKnown && isSame(known.params, params)) return known.graph;
  const graph = trialGraph(lean, params, count);
  last.set(lean.plan, { count, leastStep: lean.leastStep, params: params.slice(), graph });
  return graph;
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let k = 0; k < a.length; k++) if (!Object.is(a[k], b[k])) return false;
  return true;
}
