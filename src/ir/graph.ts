import type { Column } from "./field.ts";
import type {
  BinaryNode,
  BinaryOp,
  BooleanNode,
  CompareNode,
  CompareOp,
  CrossNode,
  FieldNode,
  FlagNode,
  HistoryNode,
  IndicatorNode,
  IrNode,
  LiteralNode,
  LogicNode,
  NotNode,
  NumberNode,
  ParamNode,
  PositionNode,
  PositionState,
  ScalarNode,
  Stage,
  TruthNode,
  VoteNode,
} from "./node.ts";

const STAGES: readonly Stage[] = ["param", "series", "bar"];

/** Later of the stages of `operands`, at least `least`. */
function stageOf(operands: readonly IrNode[], least: Stage): Stage {
  return STAGES[Math.max(STAGES.indexOf(least), ...operands.map((o) => STAGES.indexOf(o.stage)))]!;
}

/**
 * Builds the nodes of one program. Hash-consed: two requests for the same content give the same
 * frozen node, so sharing is by identity and every pass meets a sub-expression once.
 */
export class Graph {
  readonly nodes: IrNode[] = [];
  readonly #known = new Map<string, IrNode>();

  literal(value: number): LiteralNode {
    // -0 and 0 are one literal: number spelling must not change identity.
    const plain = value === 0 ? 0 : value;
    return this.#intern(`literal ${plain}`, {
      kind: "literal",
      type: "f64",
      stage: "param",
      value: plain,
    });
  }

  param(name: string): ParamNode {
    return this.#intern(`param ${name}`, { kind: "param", type: "f64", stage: "param", name });
  }

  field(field: Column): FieldNode {
    return this.#intern(`field ${field}`, { kind: "field", type: "f64", stage: "series", field });
  }

  /** `source` itself where the offset is 0. */
  history(source: NumberNode, offset: ScalarNode): NumberNode {
    if (offset.kind === "literal" && offset.value === 0) return source;
    if (source.stage === "param") return source;
    return this.#intern<HistoryNode>(`history ${source.id} ${offset.id}`, {
      kind: "history",
      type: "f64",
      stage: source.stage,
      source,
      offset,
    });
  }

  indicator(
    name: string,
    output: string,
    sources: readonly NumberNode[],
    params: readonly ScalarNode[],
  ): IndicatorNode {
    const ids = (nodes: readonly IrNode[]) => nodes.map((n) => n.id).join(",");
    return this.#intern(`indicator ${name}.${output} ${ids(sources)} ${ids(params)}`, {
      kind: "indicator",
      type: "f64",
      stage: stageOf(sources, "series"),
      name,
      output,
      sources: Object.freeze([...sources]),
      params: Object.freeze([...params]),
    });
  }

  flag(operand: BooleanNode): FlagNode {
    return this.#intern(`flag ${operand.id}`, {
      kind: "flag",
      type: "f64",
      stage: operand.stage,
      operand,
    });
  }

  binary(op: BinaryOp, left: NumberNode, right: NumberNode): BinaryNode {
    return this.#intern(`${op} ${left.id} ${right.id}`, {
      kind: "binary",
      type: "f64",
      stage: stageOf([left, right], "param"),
      op,
      left,
      right,
    });
  }

  compare(op: CompareOp, left: NumberNode, right: NumberNode): CompareNode {
    return this.#intern(`${op} ${left.id} ${right.id}`, {
      kind: "compare",
      type: "bool",
      stage: stageOf([left, right], "series"),
      op,
      left,
      right,
    });
  }

  cross(direction: "over" | "under", left: NumberNode, right: NumberNode): CrossNode {
    return this.#intern(`cross_${direction} ${left.id} ${right.id}`, {
      kind: "cross",
      type: "bool",
      stage: stageOf([left, right], "series"),
      direction,
      left,
      right,
    });
  }

  logic(op: "and" | "or", operands: readonly BooleanNode[]): LogicNode {
    return this.#intern(`${op} ${operands.map((o) => o.id).join(",")}`, {
      kind: "logic",
      type: "bool",
      stage: stageOf(operands, "series"),
      op,
      operands: Object.freeze([...operands]),
    });
  }

  /** `or` of a count of 1, `and` of one of all operands: the same condition is the same node. */
  vote(count: NumberNode, operands: readonly BooleanNode[]): LogicNode | VoteNode {
    const known = constantOf(count);
    if (known !== null && known <= 1) return this.logic("or", operands);
    if (known !== null && known >= operands.length) return this.logic("and", operands);
    const exact = known === null ? count : this.literal(known);
    return this.#intern<VoteNode>(`vote ${exact.id} ${operands.map((o) => o.id).join(",")}`, {
      kind: "vote",
      type: "bool",
      stage: stageOf(operands, "series"),
      count: exact,
      operands: Object.freeze([...operands]),
    });
  }

  not(operand: CrossNode | PositionNode): NotNode {
    return this.#intern(`not ${operand.id}`, {
      kind: "not",
      type: "bool",
      stage: operand.stage,
      operand,
    });
  }

  position(state: PositionState): PositionNode {
    return this.#intern(`position ${state}`, {
      kind: "position",
      type: "bool",
      stage: "bar",
      state,
    });
  }

  truth(value: boolean): TruthNode {
    return this.#intern(`truth ${value}`, { kind: "truth", type: "bool", stage: "series", value });
  }

  #intern<N extends IrNode>(key: string, content: Omit<N, "id">): N {
    const found = this.#known.get(key);
    if (found) return found as N;
    const node = Object.freeze({ ...content, id: this.nodes.length }) as unknown as N;
    this.nodes.push(node);
    this.#known.set(key, node);
    return node;
  }
}

/** The value of a number that no parameter is in, made of literals by adding and subtracting; null for any other. */
function constantOf(node: NumberNode): number | null {
  if (node.kind === "literal") return node.value;
  if (node.kind !== "binary" || (node.op !== "add" && node.op !== "sub")) return null;
  const [left, right] = [constantOf(node.left), constantOf(node.right)];
  if (left === null || right === null) return null;
  return node.op === "add" ? left + right : left - right;
}
