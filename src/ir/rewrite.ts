import { decimalText } from "./decimal.ts";
import { Graph } from "./graph.ts";
import type { BooleanNode, IndicatorNode, IrNode, NumberNode, ScalarNode } from "./node.ts";
import type { IrDistance, IrExits, IrProgram, IrRule, IrSizing } from "./program.ts";

/** Copies nodes into a new graph, in order of need, replacing parameters by what `scalarOf` says. */
export class Rewriter {
  readonly graph = new Graph();
  readonly #done = new Map<IrNode, IrNode>();
  readonly #values: ReadonlyMap<string, number>;

  /** @param values parameters to replace by literals; the others stay. */
  constructor(values: ReadonlyMap<string, number>) {
    this.#values = values;
  }

  number(node: NumberNode): NumberNode {
    return this.#once(node, () => this.#number(node)) as NumberNode;
  }

  scalar(node: ScalarNode): ScalarNode {
    return this.number(node) as ScalarNode;
  }

  boolean(node: BooleanNode): BooleanNode {
    return this.#once(node, () => this.#boolean(node)) as BooleanNode;
  }

  #once(node: IrNode, make: () => IrNode): IrNode {
    const found = this.#done.get(node);
    if (found) return found;
    const made = make();
    this.#done.set(node, made);
    return made;
  }

  #number(node: NumberNode): NumberNode {
    const g = this.graph;
    switch (node.kind) {
      case "literal":
        return g.literal(node.value);
      case "param": {
        const value = this.#values.get(node.name);
        return value === undefined ? g.param(node.name) : g.literal(value);
      }
      case "field":
        return g.field(node.field);
      case "history":
        return g.history(this.number(node.source), this.scalar(node.offset));
      case "indicator":
        return g.indicator(
          node.name,
          node.output,
          node.sources.map((s) => this.number(s)),
          node.params.map((p) => this.scalar(p)),
        );
      case "flag":
        return g.flag(this.boolean(node.operand));
      case "binary":
        return g.binary(node.op, this.number(node.left), this.number(node.right));
    }
  }

  #boolean(node: BooleanNode): BooleanNode {
    const g = this.graph;
    switch (node.kind) {
      case "compare":
        return g.compare(node.op, this.number(node.left), this.number(node.right));
      case "cross":
        return g.cross(node.direction, this.number(node.left), this.number(node.right));
      case "logic":
        return g.logic(
          node.op,
          node.operands.map((o) => this.boolean(o)),
        );
      case "vote":
        return g.vote(
          this.number(node.count),
          node.operands.map((o) => this.boolean(o)),
        );
      case "not":
        return g.not(this.boolean(node.operand) as typeof node.operand);
      case "position":
        return g.position(node.state);
      case "truth":
        return g.truth(node.value);
    }
  }
}

/** The program with its parameters replaced by numbers; shared sub-expressions meet again after it. */
export function bindProgram(program: IrProgram, values: ReadonlyMap<string, number>): IrProgram {
  const rewriter = new Rewriter(values);
  const rules = program.rules.map((rule) => bindRule(rule, rewriter));
  const cooldown = rewriter.scalar(program.cooldown);
  const { exits } = program;
  return {
    ...program,
    rules,
    ...(exits ? { exits: bindExits(exits, rewriter) } : {}),
    cooldown,
    nodes: rewriter.graph.nodes,
    params: program.params.filter((p) => !values.has(p.name)),
  };
}

function bindRule(rule: IrRule, rewriter: Rewriter): IrRule {
  const when = rewriter.boolean(rule.when);
  const limit = rule.limit && rewriter.number(rule.limit);
  return {
    when,
    side: rule.side,
    ...(limit ? { limit } : {}),
    sizing: bindSizing(rule.sizing, rewriter),
  };
}

function bindExits(exits: IrExits, rewriter: Rewriter): IrExits {
  return Object.fromEntries(
    Object.entries(exits).map(([name, distance]) => [name, bindDistance(distance, rewriter)]),
  );
}

function bindDistance(distance: IrDistance, rewriter: Rewriter): IrDistance {
  switch (distance.kind) {
    case "percent":
      return { kind: "percent", percent: rewriter.scalar(distance.percent) };
    case "ticks":
      return { kind: "ticks", ticks: rewriter.scalar(distance.ticks) };
    case "atr":
      return {
        kind: "atr",
        multiple: rewriter.scalar(distance.multiple),
        atr: rewriter.number(distance.atr) as IndicatorNode,
      };
  }
}

function bindSizing(sizing: IrSizing, rewriter: Rewriter): IrSizing {
  switch (sizing.kind) {
    case "close":
      return sizing;
    case "cash":
      return { kind: "cash", cash: rewriter.scalar(sizing.cash) };
    case "percent_of_equity":
      return { kind: "percent_of_equity", percent: rewriter.scalar(sizing.percent) };
    case "volatility_target":
      return {
        kind: "volatility_target",
        percent: rewriter.scalar(sizing.percent),
        period: rewriter.scalar(sizing.period),
        maxPercent: rewriter.scalar(sizing.maxPercent),
      };
    case "kelly":
      return {
        kind: "kelly",
        fraction: rewriter.scalar(sizing.fraction),
        trades: rewriter.scalar(sizing.trades),
        percent: rewriter.scalar(sizing.percent),
      };
    case "quantity": {
      if (typeof sizing.quantity === "string") return sizing;
      const bound = rewriter.scalar(sizing.quantity);
      return {
        kind: "quantity",
        quantity: bound.kind === "param" ? bound : decimalText(bound.value),
      };
    }
  }
}
