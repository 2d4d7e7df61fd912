import type { Span } from "../../dsl/text/ast.ts";
import type { BinaryExpr, CoreExpr, CoreOp, IndicatorExpr, MathExpr } from "../../dsl/text/core.ts";
import type { CompareOp, ScalarNode } from "../../ir/index.ts";
import type { Condition } from "./condition.ts";
import { NumberLowering } from "./numbers.ts";
import { chain, votesOf } from "./operands.ts";
import { not, sign } from "./position-tests.ts";

const COMPARISONS: { readonly [op in CoreOp]?: CompareOp } = {
  lt: "lt",
  le: "le",
  gt: "gt",
  ge: "ge",
  eq: "eq",
  ne: "ne",
};
const MIRRORED: Readonly<Record<CompareOp, CompareOp>> = {
  lt: "gt",
  gt: "lt",
  le: "ge",
  ge: "le",
  eq: "eq",
  ne: "ne",
};

/** Expressions of a script as nodes of rules; null where there is an obstacle, which is noted. */
export class ExpressionLowering extends NumberLowering {
  condition(expr: CoreExpr): Condition | null {
    return this.deeper(expr, () => this.#condition(expr));
  }

  #condition(expr: CoreExpr): Condition | null {
    switch (expr.kind) {
      case "const":
        if (expr.folded) return this.#comparison(expr.folded);
        return { kind: "group", op: expr.value === true ? "and" : "or", of: [] };
      case "input": {
        const value = this.given[expr.name] === true;
        this.findings.input(expr.name, String(value), expr.span);
        return { kind: "fixed", value };
      }
      case "local":
        return this.variable(expr.slot)?.condition ?? null;
      case "block":
        this.block(expr.statements);
        return this.condition(expr.value);
      case "unary": {
        const guarded = this.resolved(expr.operand);
        if (guarded.kind === "math" && guarded.fn === "na")
          return this.#defined(guarded, expr.span);
        const of = this.condition(expr.operand);
        return of && { kind: "not", of, plain: true, span: expr.span };
      }
      case "binary":
        if (expr.op === "and" || expr.op === "or") return this.#group(expr, expr.op);
        return this.#comparison(expr);
      case "indicator":
        return this.#truth(expr);
      case "past": {
        const of = this.condition(expr.of);
        const back = this.scalar(expr.offset, "an offset that changes");
        if (!of || !back || !this.steady(expr.of, expr.span)) return null;
        return this.#shiftedCondition(of, back, expr.span);
      }
      default:
        return this.obstacle(expr);
    }
  }

  #defined({ args }: MathExpr, span: Span): Condition | null {
    const of = this.number(args[0]!);
    return of && { kind: "defined", of, span };
  }

  /** `a and b and c` is one group; what stands in brackets is one of its own, what has a name is part of it. */
  #group(expr: BinaryExpr, op: "and" | "or"): Condition | null {
    const operands = chain(expr, op);
    // A leading `true and` says that a group begins here.
    const [first, ...rest] = operands;
    const marked = first!.kind === "const" && first!.value === (op === "and") && !first!.folded;
    const outer = this.conditional;
    const parts: Condition[] = [];
    let failed = false;
    for (const [k, operand] of (marked ? rest : operands).entries()) {
      if (!expr.eager && (k > 0 || marked)) this.conditional = true;
      const part = this.condition(operand);
      if (part === null) failed = true;
      else if (operand.kind === "local" && part.kind === "group" && part.op === op)
        parts.push(...part.of);
      else parts.push(part);
    }
    this.conditional = outer;
    return failed ? null : { kind: "group", op, of: parts };
  }

  #comparison(expr: BinaryExpr): Condition | null {
    const { left, right, span } = expr;
    if (expr.op === "and" || expr.op === "or") return this.#group(expr, expr.op);
    const op = COMPARISONS[expr.op];
    if (!op || left.type === "text" || left.type === "bool" || right.type === "bool")
      return this.obstacle(expr);
    const crossed = this.#uncrossed(expr);
    if (crossed) return crossed;
    const votes = op === "ge" ? votesOf(left) : null;
    if (votes) return this.#vote(votes, right);
    const special = this.#special(op, left, right) ?? this.#special(MIRRORED[op], right, left);
    if (special) return special;
    const [a, b] = [this.number(left), this.number(right)];
    if (!a || !b) return null;
    const whole = left.type === "int" && right.type === "int";
    if (!this.script.exact && !whole) this.findings.warn("rules_tolerance", span);
    return { kind: "leaf", node: this.graph.compare(op, a, b), span };
  }

  #vote(votes: readonly CoreExpr[], needed: CoreExpr): Condition | null {
    const of = votes.map((one) => this.condition(one));
    const count = this.number(needed);
    return count && !of.includes(null) ? { kind: "vote", count, of: of as Condition[] } : null;
  }

  /** `not ta.crossover(a, b)` under exact: the number behind the cross is 0. */
  #uncrossed({ op, left, right, span }: BinaryExpr): Condition | null {
    if (left.kind !== "indicator" || right.kind !== "const" || right.value !== 0) return null;
    if ((op !== "eq" && op !== "ne") || !left.name.startsWith("cross")) return null;
    const of = this.#truth(left);
    return of && (op === "eq" ? { kind: "not", of, plain: false, span } : of);
  }

  /** The position, and conditions that are always or never true. */
  #special(op: CompareOp, left: CoreExpr, right: CoreExpr): Condition | null {
    const zero = this.resolved(right);
    if (zero.kind !== "const" || zero.value !== 0) return null;
    const of = this.resolved(left);
    if (of.kind === "ledger" && of.field === "position_size") return sign(op, right.span);
    if (of.kind === "ledger" && of.field === "opentrades" && op !== "lt" && op !== "ge")
      return op === "eq" || op === "le"
        ? { kind: "position", state: "flat" }
        : not("flat", right.span);
    if (of.kind === "field" && of.field === "bar_index" && (op === "ge" || op === "lt"))
      return { kind: "group", op: op === "ge" ? "and" : "or", of: [] };
    return null;
  }

  #truth(expr: IndicatorExpr): Condition | null {
    if (this.conditional) return this.sometimes(expr);
    const { name, span } = expr;
    const graph = this.graph;
    if (name === "crossover" || name === "crossunder" || name === "cross") {
      const [a, b] = expr.sources.map((source) => this.number(source));
      if (!a || !b) return null;
      const leaf = (direction: "over" | "under"): Condition => ({
        kind: "leaf",
        node: graph.cross(direction, a, b),
        span,
      });
      if (name === "cross") return { kind: "group", op: "or", of: [leaf("over"), leaf("under")] };
      return leaf(name === "crossover" ? "over" : "under");
    }
    if (name !== "rising" && name !== "falling") return this.obstacle(expr);
    const node = this.indicator(expr);
    return node && { kind: "leaf", node: graph.compare("gt", node, graph.literal(0)), span };
  }

  #shiftedCondition(of: Condition, back: ScalarNode, span: Span): Condition | null {
    const inner = (one: Condition) => this.#shiftedCondition(one, back, span);
    switch (of.kind) {
      case "fixed":
        return of;
      case "defined": {
        const value = this.shifted(of.of, back, span);
        return value && { ...of, of: value };
      }
      case "position":
        return this.findings.obstacle("the position of an earlier bar", "", span);
      case "not": {
        const part = inner(of.of);
        return part && { ...of, of: part };
      }
      case "vote":
      case "group": {
        const parts = of.of.map(inner);
        return parts.includes(null) ? null : { ...of, of: parts as Condition[] };
      }
      case "leaf": {
        const { node } = of;
        const left = this.shifted(node.left, back, span);
        const right = this.shifted(node.right, back, span);
        if (!left || !right) return null;
        const graph = this.graph;
        const shifted =
          node.kind === "cross"
            ? graph.cross(node.direction, left, right)
            : graph.compare(node.op, left, right);
        return { kind: "leaf", node: shifted, span };
      }
    }
  }
}
