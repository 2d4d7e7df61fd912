import type { BooleanNode, IrNode, NumberNode } from "./node.ts";

const SIGNS: Readonly<Record<string, string>> = {
  add: "+",
  sub: "-",
  mul: "*",
  div: "/",
  gt: ">",
  lt: "<",
  ge: ">=",
  le: "<=",
  eq: "==",
  ne: "!=",
};

/** A node in one line for people, such as `close > highest(high, 20)[1]`: for tables and explanations. */
export function inlineText(node: BooleanNode | NumberNode): string {
  switch (node.kind) {
    case "literal":
      return String(node.value);
    case "param":
      return node.name;
    case "field":
      return node.field;
    case "history":
      return `${atom(node.source)}[${inlineText(node.offset)}]`;
    case "indicator": {
      const output = node.output === "value" ? "" : `.${node.output}`;
      return `${node.name}${output}(${list([...node.sources, ...node.params], ", ")})`;
    }
    case "flag":
      return inlineText(node.operand);
    case "binary":
    case "compare":
      return `${atom(node.left)} ${SIGNS[node.op]} ${atom(node.right)}`;
    case "cross":
      return `cross${node.direction}(${list([node.left, node.right], ", ")})`;
    case "logic":
      return node.operands.map(atom).join(` ${node.op} `);
    case "vote":
      return `at least ${inlineText(node.count)} of (${list(node.operands, "; ")})`;
    case "not":
      return `not ${atom(node.operand)}`;
    case "position":
      return `position is ${node.state}`;
    case "truth":
      return String(node.value);
  }
}

function list(nodes: readonly (BooleanNode | NumberNode)[], between: string): string {
  return nodes.map(inlineText).join(between);
}

/** In brackets where it is made of others. */
function atom(node: IrNode): string {
  const compound = ["binary", "compare", "logic", "vote"].includes(node.kind);
  return compound ? `(${inlineText(node)})` : inlineText(node);
}
