import { ALWAYS, NEVER, type OrderRule, type Signals } from "../../backtest/orders.ts";
import { indicator, kernelOf } from "../../indicators/registry.ts";
import {
  type BooleanNode,
  type CompareOp,
  type Graph,
  type IrNode,
  type IrProgram,
  type IrRule,
  type NumberNode,
  type PositionState,
  Rewriter,
} from "../../ir/index.ts";
import { ColumnPool } from "../../vector/column-pool.ts";
import type { Bars } from "../../vector/columns.ts";
import { interpretedElementwise } from "../../vector/interpret.ts";
import { maskBit } from "../../vector/mask.ts";
import { planProgram } from "../../vector/planner.ts";
import { planSignals } from "../run-plan.ts";

export type NodeValue = number | boolean | null;

const COMPLEMENT: Readonly<Record<CompareOp, CompareOp>> = {
  gt: "le",
  le: "gt",
  lt: "ge",
  ge: "lt",
  eq: "ne",
  ne: "eq",
};
/** Numbers held at once: columns of all nodes of a long series would not fit. */
const HELD = 16_000_000;

/**
 * The value of every node at the last of the bars, computed by the engine that runs the strategy: numbers as prices of limit
 * orders, conditions and their negations as conditions of rules. null: na, or neither true nor false.
 */
export function nodeValues(
  program: IrProgram,
  bars: Bars,
  params: readonly number[],
  state: PositionState,
): ReadonlyMap<IrNode, NodeValue> {
  const values = new Map<IrNode, NodeValue>();
  const size = Math.max(1, Math.floor(HELD / Math.max(1, bars.close.length)));
  const { nodes } = program;
  for (let from = 0; from < nodes.length; from += size) {
    const some = nodes.slice(from, from + size);
    const last = bars.close.length - 1;
    const signals = signalsOf(program, some, bars, params);
    some.forEach((node, k) => {
      const [yes, no] = [signals.rules[2 * k]!, signals.rules[2 * k + 1]!];
      values.set(
        node,
        node.type === "bool" ? truth(signals, yes, no, state, last) : number(yes, last),
      );
    });
  }
  return values;
}

/** Two rules for each node: itself and, of a condition, what is true where it is false. */
function signalsOf(
  program: IrProgram,
  nodes: readonly IrNode[],
  bars: Bars,
  params: readonly number[],
): Signals {
  const rewriter = new Rewriter(new Map());
  const { graph } = rewriter;
  const rules = nodes.flatMap((node) => rulesOf(node, rewriter, graph));
  const { exits: _, ...rest } = program;
  const asked: IrProgram = {
    ...rest,
    rules,
    cooldown: graph.literal(0),
    replaceOrders: false,
    nodes: graph.nodes,
  };
  const plan = planProgram(asked, (name) => indicator(name)!.outputs);
  const elementwise = interpretedElementwise(plan);
  const code = { plan, kernels: kernelOf, elementwise, pool: new ColumnPool() };
  return planSignals(code, bars, params);
}

function rulesOf(node: IrNode, rewriter: Rewriter, graph: Graph): IrRule[] {
  const rule = { side: "buy", sizing: { kind: "close" } } as const;
  if (node.type === "f64") {
    const price = { ...rule, when: graph.truth(true), limit: rewriter.number(node as NumberNode) };
    return [price, { ...rule, when: graph.truth(false) }];
  }
  const copy = rewriter.boolean(node as BooleanNode);
  return [
    { ...rule, when: copy },
    { ...rule, when: complement(copy, graph) },
  ];
}

/** True where a condition is false, and not where it is unknown. */
function complement(node: BooleanNode, graph: Graph): BooleanNode {
  switch (node.kind) {
    case "compare":
      return graph.compare(COMPLEMENT[node.op], node.left, node.right);
    case "cross":
    case "position":
      return graph.not(node);
    case "not":
      return node.operand;
    case "truth":
      return graph.truth(!node.value);
    case "logic":
      return graph.logic(
        node.op === "and" ? "or" : "and",
        node.operands.map((one) => complement(one, graph)),
      );
    case "vote": {
      const { count, operands } = node;
      const needed = graph.binary("sub", graph.literal(operands.length + 1), count);
      return graph.vote(
        needed,
        operands.map((one) => complement(one, graph)),
      );
    }
  }
}

function number({ limit }: OrderRule, bar: number): number | null {
  const value = limit![bar]!;
  return Number.isNaN(value) ? null : value;
}

function truth(
  signals: Signals,
  yes: OrderRule,
  no: OrderRule,
  state: PositionState,
  bar: number,
): boolean | null {
  const fires = ({ when }: OrderRule) => {
    const condition = when[state];
    return (
      condition === ALWAYS || (condition !== NEVER && maskBit(signals.conditions[condition]!, bar))
    );
  };
  return fires(yes) ? true : fires(no) ? false : null;
}
