import type { Plan } from "../../vector/plan.ts";
import type { LeanPlan } from "./lean-plan.ts";
import { type TrialGraph, trialGraph } from "./trial-graph.ts";

/** Graphs of a plan that are kept. */
const MOST = 4;

interface Named {
  readonly count: number;
  readonly leastStep: number;
  readonly atClose: boolean;
  readonly params: Float64Array;
  readonly graph: TrialGraph;
}

/** Of each plan the graphs of its last batches: the next series of a sweep runs the same trials. */
const last = new WeakMap<Plan, Named[]>();

/** The graph of a batch, named anew only where its trials are not those of one of the plan's last batches. */
export function graphOf(lean: LeanPlan, params: Float64Array, count: number): TrialGraph {
  const { plan, leastStep, atClose } = lean;
  const named = last.get(plan) ?? [];
  const known = named.find(
    (one) =>
      one.count === count &&
      one.leastStep === leastStep &&
      one.atClose === atClose &&
      haveSameBits(one.params, params),
  );
  if (known) return known.graph;
  const graph = trialGraph(lean, params, count);
  const kept = { count, leastStep, atClose, params: params.slice(), graph };
  last.set(plan, [kept, ...named].slice(0, MOST));
  return graph;
}

function haveSameBits(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let k = 0; k < a.length; k++) if (!Object.is(a[k], b[k])) return false;
  return true;
}
