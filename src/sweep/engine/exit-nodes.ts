import type { PlanDistance } from "../../vector/plan.ts";
import type { LeanExits } from "./exit-plan.ts";
import { NODE, type NodeTable } from "./node-table.ts";

/**
 * Names the distances of a trial's exits: one node for all trials whose levels are the same for the same entry.
 * @param columns nodes of the plan's columns
 * @param atClose else an ATR is the one of the bar before the fill
 * @param out two places: stop, target
 */
export function nameExits(
  { distances }: LeanExits,
  nodes: NodeTable,
  scalars: Float64Array,
  columns: Int32Array,
  atClose: boolean,
  out: Int32Array,
): void {
  for (let k = 0; k < distances.length; k++) {
    const distance = distances[k];
    if (!distance) continue;
    const range = distance.kind === "atr" ? rangeOf(distance, nodes, columns, atClose) : 0;
    out[k] = nodes.node(NODE.exit, nodes.value(scalars[distance.scalar]!), range, k);
  }
}

function rangeOf(
  distance: PlanDistance & { kind: "atr" },
  nodes: NodeTable,
  columns: Int32Array,
  atClose: boolean,
): number {
  const column = columns[distance.column]!;
  return atClose ? column : nodes.node(NODE.shift, column, 1, 0);
}
