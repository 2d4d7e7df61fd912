import type { IrNode } from "./node.ts";
import type { IrProgram } from "./program.ts";

/** Leading na values of an indicator as a function of its parameters. */
export type WarmupTable = (indicator: string, params: readonly number[]) => number;

/**
 * Bars before every condition, price and distance of the program can be known, for the given parameter values.
 * A cross needs one more bar than its operands: the earlier pair.
 */
export function warmupOf(
  program: IrProgram,
  values: ReadonlyMap<string, number>,
  table: WarmupTable,
): number {
  const done = warmupsOf(program, values, table);
  let most = 0;
  for (const rule of program.rules) {
    most = Math.max(most, done[rule.when.id]!, rule.limit ? done[rule.limit.id]! : 0);
  }
  for (const distance of Object.values(program.exits ?? {})) {
    if (distance.kind === "atr") most = Math.max(most, done[distance.atr.id]!);
  }
  return most;
}

/** By id of the node: bars before it can be known. */
export function warmupsOf(
  program: IrProgram,
  values: ReadonlyMap<string, number>,
  table: WarmupTable,
): Float64Array {
  const done = new Float64Array(program.nodes.length);
  for (const node of program.nodes) done[node.id] = warmupOfNode(node, done, values, table);
  return done;
}

function warmupOfNode(
  node: IrNode,
  done: Float64Array,
  values: ReadonlyMap<string, number>,
  table: WarmupTable,
): number {
  const scalar = (n: IrNode): number =>
    n.kind === "literal" ? n.value : n.kind === "param" ? values.get(n.name)! : Number.NaN;
  const most = (nodes: readonly IrNode[]) => nodes.reduce((m, n) => Math.max(m, done[n.id]!), 0);
  switch (node.kind) {
    case "literal":
    case "param":
    case "field":
    case "position":
    case "truth":
      return 0;
    case "history":
      return done[node.source.id]! + scalar(node.offset);
    case "indicator":
      return most(node.sources) + table(node.name, node.params.map(scalar));
    case "binary":
    case "compare":
      return most([node.left, node.right]);
    case "cross":
      return most([node.left, node.right]) + 1;
    case "logic":
    case "vote":
      return most(node.operands);
    case "flag":
    case "not":
      return done[node.operand.id]!;
  }
}
