import { type IrNode, operandsOf } from "./node.ts";
import type { IrProgram } from "./program.ts";

/** Outputs and parameter count of a registered indicator, or undefined for an unknown name. */
export type IndicatorShape = (
  name: string,
) => { outputs: readonly string[]; sources: number; params: number } | undefined;

/**
 * Checks the invariants that every pass relies on; returns the broken ones, none for a sound program.
 * Runs between passes in tests and once after lowering.
 */
export function verifyProgram(program: IrProgram, shapeOf: IndicatorShape): string[] {
  const broken: string[] = [];
  const names = new Set(program.params.map((p) => p.name));
  program.nodes.forEach((node, index) => {
    const say = (what: string) => broken.push(`node ${index} (${node.kind}): ${what}`);
    if (node.id !== index) say(`has id ${node.id}`);
    if (!Object.isFrozen(node)) say("is not frozen");
    for (const operand of operandsOf(node)) {
      if (program.nodes[operand.id] !== operand) say("reads a node of another graph");
      else if (operand.id >= index) say("stands before its operand");
    }
    verifyNode(node, names, shapeOf, say);
  });
  for (const [index, rule] of program.rules.entries()) {
    if (program.nodes[rule.when.id] !== rule.when) broken.push(`rule ${index}: foreign condition`);
    if (rule.when.type !== "bool") broken.push(`rule ${index}: condition is not a truth value`);
    if (rule.limit && rule.limit.type !== "f64") broken.push(`rule ${index}: limit is no number`);
  }
  for (const [name, distance] of Object.entries(program.exits ?? {})) {
    if (distance.kind === "atr" && program.nodes[distance.atr.id] !== distance.atr)
      broken.push(`exit ${name}: foreign range`);
  }
  return broken;
}

function verifyNode(
  node: IrNode,
  names: ReadonlySet<string>,
  shapeOf: IndicatorShape,
  say: (what: string) => void,
): void {
  switch (node.kind) {
    case "literal":
      if (!Number.isFinite(node.value)) say("is not finite");
      return;
    case "param":
      if (!names.has(node.name)) say(`names an undeclared parameter ${node.name}`);
      return;
    case "history": {
      const { offset } = node;
      if (offset.kind === "literal" && !(Number.isInteger(offset.value) && offset.value > 0))
        say(`looks ${offset.value} bars back`);
      return;
    }
    case "indicator": {
      const shape = shapeOf(node.name);
      if (!shape) {
        say(`unknown indicator ${node.name}`);
        return;
      }
      if (!shape.outputs.includes(node.output)) say(`${node.name} has no output ${node.output}`);
      if (node.sources.length !== shape.sources) say(`${node.name} reads ${shape.sources} sources`);
      if (node.params.length !== shape.params) say(`${node.name} takes ${shape.params} numbers`);
      return;
    }
    case "flag":
      if (node.operand.type !== "bool") say("reads a number");
      if (node.stage === "bar") say("depends on the position");
      return;
    case "binary":
    case "compare":
    case "cross":
      if (node.left.type !== "f64" || node.right.type !== "f64") say("reads a truth value");
      return;
    case "logic":
      if (node.operands.some((o) => o.type !== "bool")) say("reads a number");
      return;
    case "vote":
      if (node.operands.some((o) => o.type !== "bool")) say("counts a number");
      if (node.count.stage !== "param") say("needs a number of votes that changes");
      return;
    case "not":
      if (node.operand.kind !== "cross" && node.operand.kind !== "position")
        say(`stands over ${(node.operand as IrNode).kind}`);
      return;
    case "field":
    case "position":
    case "truth":
      return;
  }
}
