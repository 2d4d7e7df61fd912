import type { Column } from "./field.ts";

/** When a value is known: constant for a run, a pure column, or dependent on the position. */
export type Stage = "param" | "series" | "bar";

interface NodeOf<K extends string, T extends "f64" | "bool"> {
  readonly kind: K;
  readonly type: T;
  readonly stage: Stage;
  /** Dense index in the graph; operands come before their users. */
  readonly id: number;
}

export interface LiteralNode extends NodeOf<"literal", "f64"> {
  readonly value: number;
}
export interface ParamNode extends NodeOf<"param", "f64"> {
  readonly name: string;
}
export interface FieldNode extends NodeOf<"field", "f64"> {
  readonly field: Column;
}
/** `source` as it was `offset` bars ago; `offset` is a non-negative integer literal or parameter. */
export interface HistoryNode extends NodeOf<"history", "f64"> {
  readonly source: NumberNode;
  readonly offset: LiteralNode | ParamNode;
}
/** One output of a registered indicator; `params` stand in the order of its definition. */
export interface IndicatorNode extends NodeOf<"indicator", "f64"> {
  readonly name: string;
  readonly output: string;
  readonly sources: readonly NumberNode[];
  readonly params: readonly (LiteralNode | ParamNode)[];
}
/** A condition as a column: 1 where it is true, 0 where it is false or unknown. */
export interface FlagNode extends NodeOf<"flag", "f64"> {
  readonly operand: BooleanNode;
}
export interface BinaryNode extends NodeOf<"binary", "f64"> {
  readonly op: BinaryOp;
  readonly left: NumberNode;
  readonly right: NumberNode;
}
/** Unknown where an operand is na. */
export interface CompareNode extends NodeOf<"compare", "bool"> {
  readonly op: CompareOp;
  readonly left: NumberNode;
  readonly right: NumberNode;
}
export interface CrossNode extends NodeOf<"cross", "bool"> {
  readonly direction: "over" | "under";
  readonly left: NumberNode;
  readonly right: NumberNode;
}
export interface LogicNode extends NodeOf<"logic", "bool"> {
  readonly op: "and" | "or";
  readonly operands: readonly BooleanNode[];
}
/** True where at least `count` operands are; false where so many can no longer be. */
export interface VoteNode extends NodeOf<"vote", "bool"> {
  /** Of stage `param`. */
  readonly count: NumberNode;
  readonly operands: readonly BooleanNode[];
}
/** Stands over `cross` and `position` only: lowering pushes it to the leaves. */
export interface NotNode extends NodeOf<"not", "bool"> {
  readonly operand: CrossNode | PositionNode;
}
export interface PositionNode extends NodeOf<"position", "bool"> {
  readonly state: PositionState;
}
/** True or false on every bar. */
export interface TruthNode extends NodeOf<"truth", "bool"> {
  readonly value: boolean;
}

export type BinaryOp = "add" | "sub" | "mul" | "div";
export type CompareOp = "gt" | "lt" | "ge" | "le" | "eq" | "ne";
export const POSITION_STATES = ["flat", "long", "short"] as const;
export type PositionState = (typeof POSITION_STATES)[number];

export type ScalarNode = LiteralNode | ParamNode;
export type NumberNode =
  | LiteralNode
  | ParamNode
  | FieldNode
  | HistoryNode
  | IndicatorNode
  | FlagNode
  | BinaryNode;
export type BooleanNode =
  | CompareNode
  | CrossNode
  | LogicNode
  | VoteNode
  | NotNode
  | PositionNode
  | TruthNode;
export type IrNode = NumberNode | BooleanNode;

/** The nodes that `node` reads, in order. */
export function operandsOf(node: IrNode): readonly IrNode[] {
  switch (node.kind) {
    case "literal":
    case "param":
    case "field":
    case "position":
    case "truth":
      return [];
    case "history":
      return [node.source, node.offset];
    case "indicator":
      return [...node.sources, ...node.params];
    case "binary":
    case "compare":
    case "cross":
      return [node.left, node.right];
    case "logic":
      return node.operands;
    case "vote":
      return [node.count, ...node.operands];
    case "flag":
    case "not":
      return [node.operand];
  }
}
