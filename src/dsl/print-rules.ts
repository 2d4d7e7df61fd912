import { indicator } from "../indicators/registry.ts";
import type {
  BinaryNode,
  BooleanNode,
  CompareNode,
  IndicatorNode,
  IrProgram,
  IrSizing,
  NumberNode,
  ScalarNode,
  VoteNode,
} from "../ir/index.ts";
import type {
  Action,
  CompareOp,
  Condition,
  Expression,
  NumberOrParam,
  ParamDeclaration,
  RuleBasedStrategy,
} from "./document.ts";
import { LIMITS } from "./limits.ts";

/** What a program has that a rule document cannot say. */
export class NotInRules extends Error {}

/**
 * A program as a rule document. Throws {@link NotInRules} where there is none: for limit orders, an interval between orders,
 * other sources of an indicator than its own columns, and documents beyond the limits.
 */
export function printRules(program: IrProgram, comment?: string): RuleBasedStrategy {
  if (program.replaceOrders) throw new NotInRules("orders that replace one another");
  if (program.cooldown.kind !== "literal" || program.cooldown.value !== 0)
    throw new NotInRules("a least time between orders");
  if (program.exits) throw new NotInRules("exits by price");
  const printer = new Printer();
  const rules = program.rules.map(({ when, side, sizing, limit }) => {
    if (limit) throw new NotInRules("limit orders");
    return { when: printer.condition(when), then: { side, ...printer.sizing(sizing) } as Action };
  });
  return {
    type: "rule_based",
    ...(comment ? { comment } : {}),
    ...(program.dialect === "tv" ? {} : { dialect: program.dialect }),
    ...(program.params.length > 0 ? { params: paramsOf(program) } : {}),
    rules,
  };
}

function paramsOf({ params }: IrProgram): Record<string, ParamDeclaration> {
  const declared = params.map(({ name, default: standard, min, max, step, title }) => [
    name,
    {
      default: standard,
      ...(min === null ? {} : { min }),
      ...(max === null ? {} : { max }),
      ...(step === null ? {} : { step }),
      ...(title === null ? {} : { title }),
    },
  ]);
  return Object.fromEntries(declared) as Record<string, ParamDeclaration>;
}

const OPS: Readonly<Record<CompareNode["op"], CompareOp>> = {
  gt: ">",
  lt: "<",
  ge: ">=",
  le: "<=",
  eq: "==",
  ne: "==",
};

/** A shared node is written wherever it is used, so that what is written is counted. */
class Printer {
  #written = 0;

  condition(node: BooleanNode): Condition {
    this.#count();
    switch (node.kind) {
      case "compare": {
        const condition: Condition = {
          kind: "compare",
          left: this.expression(node.left),
          op: OPS[node.op],
          right: this.expression(node.right),
        };
        return node.op === "ne" ? { kind: "not", condition } : condition;
      }
      case "cross":
        return {
          kind: node.direction === "over" ? "cross_over" : "cross_under",
          left: this.expression(node.left),
          right: this.expression(node.right),
        };
      case "logic":
        return {
          kind: node.op === "and" ? "all_of" : "any_of",
          conditions: node.operands.map((one) => this.condition(one)),
        };
      case "not":
        return { kind: "not", condition: this.condition(node.operand) };
      case "position":
        return { kind: "position", state: node.state };
      case "truth":
        return { kind: node.value ? "all_of" : "any_of", conditions: [] };
      case "vote":
        return this.#vote(node);
    }
  }

  /** Where the count is n + 1 - k, the document said that fewer than k of the negations hold. */
  #vote({ count, operands }: VoteNode): Condition {
    const conditions = operands.map((one) => this.condition(one));
    if (count.kind === "literal" || count.kind === "param")
      return { kind: "any_of", conditions, at_least: scalar(count) };
    const { left, right } = count as BinaryNode;
    const complement =
      count.kind === "binary" &&
      count.op === "sub" &&
      left.kind === "literal" &&
      left.value === operands.length + 1 &&
      right.kind === "param";
    if (!complement) throw new NotInRules("a count of conditions that is computed");
    const negated = conditions.map((condition): Condition => ({ kind: "not", condition }));
    const few: Condition = { kind: "any_of", conditions: negated, at_least: scalar(right) };
    return { kind: "not", condition: few };
  }

  expression(node: NumberNode): Expression {
    this.#count();
    switch (node.kind) {
      case "literal":
      case "param":
        return { kind: "literal", value: scalar(node) };
      case "field":
        if (node.field === "time") throw new NotInRules("the time of a bar");
        return { kind: "field", field: node.field };
      case "history": {
        const of = this.expression(node.source);
        const plain = (of.kind === "field" || of.kind === "func") && of.offset === undefined;
        if (!plain) throw new NotInRules("the past of a past value");
        return { ...of, offset: scalar(node.offset) };
      }
      case "indicator":
        return this.#func(node);
      case "flag":
        throw new NotInRules("a condition as a number");
      case "binary":
        return {
          kind: "bin_op",
          op: node.op,
          left: this.expression(node.left),
          right: this.expression(node.right),
        };
    }
  }

  #func(node: IndicatorNode): Expression {
    const { sources, params, outputs, inRules } = indicator(node.name)!;
    if (inRules !== undefined) throw new NotInRules(`${node.name} as a number`);
    const chosen = Object.assign(
      {},
      ...sources.map((name, k) => this.#source(name, node.sources[k]!)),
    );
    const numbers = params.map(({ name }, k) => [name, scalar(node.params[k]!)]);
    return {
      kind: "func",
      name: node.name,
      ...chosen,
      ...Object.fromEntries(numbers),
      ...(outputs.length === 1 ? {} : { output: node.output }),
    } as Expression;
  }

  #source(name: string, node: NumberNode): Partial<Record<string, unknown>> {
    if (name === "source")
      return node.kind === "field" && node.field !== "time"
        ? { field: node.field }
        : { source: this.expression(node) };
    if (name === "other") return { other: this.expression(node) };
    if (name === "condition") {
      if (node.kind !== "flag") throw new NotInRules("a number in the place of a condition");
      return { condition: this.condition(node.operand) };
    }
    if (node.kind === "field" && node.field === name) return {};
    throw new NotInRules(`another series than ${name}, which the function reads by itself`);
  }

  sizing(sizing: IrSizing): Partial<Action> {
    switch (sizing.kind) {
      case "quantity": {
        const { quantity } = sizing;
        return { quantity: typeof quantity === "string" ? quantity : { param: quantity.name } };
      }
      case "close":
        return { close: true };
      case "cash":
        return { size: { cash: scalar(sizing.cash) } };
      case "percent_of_equity":
        return { size: { percent_of_equity: scalar(sizing.percent) } };
      default:
        throw new NotInRules(`the size ${sizing.kind}`);
    }
  }

  #count(): void {
    if (++this.#written > LIMITS.nodes)
      throw new NotInRules(
        `more than ${LIMITS.nodes} parts, shared ones counted where they are used`,
      );
  }
}

function scalar(node: ScalarNode): NumberOrParam {
  return node.kind === "literal" ? node.value : { param: node.name };
}
