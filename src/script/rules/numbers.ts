import type { Span } from "../../dsl/text/ast.ts";
import type { BinaryExpr, CoreExpr, CoreOp, IndicatorExpr, PastExpr } from "../../dsl/text/core.ts";
import { indicator } from "../../indicators/registry.ts";
import {
  type BinaryOp,
  COLUMNS,
  type Column,
  type NumberNode,
  type ScalarNode,
} from "../../ir/index.ts";
import { type Condition, nodeOf } from "./condition.ts";
import { constructOf } from "./constructs.ts";
import { VariableLowering } from "./variables.ts";

const ARITHMETIC: { readonly [op in CoreOp]?: BinaryOp } = {
  add: "add",
  sub: "sub",
  mul: "mul",
  div: "div",
};
const COMPUTED_SOMETIMES = "give it a name on a line of its own, where it is computed on every bar";

/** Numbers of a script as nodes of rules. */
export abstract class NumberLowering extends VariableLowering {
  number(expr: CoreExpr): NumberNode | null {
    return this.deeper(expr, () => this.#number(expr));
  }

  #number(expr: CoreExpr): NumberNode | null {
    const graph = this.graph;
    switch (expr.kind) {
      case "const":
        if (expr.folded) return this.#arithmetic(expr.folded);
        if (typeof expr.value !== "number" || Number.isNaN(expr.value)) return this.obstacle(expr);
        return graph.literal(expr.value);
      case "input":
        return this.#input(expr.name, expr.span);
      case "field":
        if (!COLUMNS.includes(expr.field as Column)) return this.obstacle(expr);
        return graph.field(expr.field as Column);
      case "local":
        return this.variable(expr.slot)?.number ?? null;
      case "block":
        this.block(expr.statements);
        return this.number(expr.value);
      case "past":
        return this.#past(expr);
      case "unary": {
        const operand = this.number(expr.operand);
        return operand && graph.binary("sub", graph.literal(0), operand);
      }
      case "binary":
        return this.#arithmetic(expr);
      case "indicator":
        return this.indicator(expr);
      case "math":
        // A whole number as one with a fraction.
        if (expr.fn === "float") return this.number(expr.args[0]!);
        return this.obstacle(expr);
      default:
        return this.obstacle(expr);
    }
  }

  #arithmetic({ op, left, right, span }: BinaryExpr): NumberNode | null {
    const known = ARITHMETIC[op];
    const [a, b] = [this.number(left), this.number(right)];
    if (!known) return this.findings.obstacle(`the operator ${op === "mod" ? "%" : op}`, "", span);
    return a && b && this.graph.binary(known, a, b);
  }

  #input(name: string, span: Span): NumberNode | null {
    const { type } = this.inputs.get(name)!;
    if (type === "int" || type === "float") {
      this.usedParams.add(name);
      return this.graph.param(name);
    }
    const value = String(this.given[name]);
    this.findings.input(name, value, span);
    if (type === "source" && COLUMNS.includes(value as Column)) {
      return this.graph.field(value as Column);
    }
    return this.findings.obstacle(`the input ${name}, which is ${value},`, "", span);
  }

  #past({ of, offset, span }: PastExpr): NumberNode | null {
    const source = this.number(of);
    const back = this.scalar(offset, "an offset that changes");
    if (!source || !back || !this.steady(of, span)) return null;
    return this.shifted(source, back, span);
  }

  protected steady(of: PastExpr["of"], span: Span): boolean {
    const sometimes = of.kind === "local" && this.variables.get(of.slot)?.conditional === true;
    if (sometimes)
      this.findings.obstacle(
        "the past of a value that is computed on some bars only",
        COMPUTED_SOMETIMES,
        span,
      );
    return !sometimes;
  }

  /** What a node was; that of an expression is the expression of what its parts were. */
  protected shifted(node: NumberNode, back: ScalarNode, span: Span): NumberNode | null {
    const graph = this.graph;
    switch (node.kind) {
      case "field":
      case "indicator":
        return graph.history(node, back);
      case "history": {
        const { offset } = node;
        if (offset.kind !== "literal" || back.kind !== "literal") break;
        return graph.history(node.source, graph.literal(offset.value + back.value));
      }
      case "binary": {
        const left = this.shifted(node.left, back, span);
        const right = this.shifted(node.right, back, span);
        return left && right && graph.binary(node.op, left, right);
      }
      case "literal":
      case "param":
        return node;
    }
    return this.findings.obstacle("the past of a past value", "", span);
  }

  /** A number that is constant for a run. */
  scalar(expr: CoreExpr, what: string): ScalarNode | null {
    const found = this.resolved(expr);
    if (found.kind === "const" && typeof found.value === "number" && !Number.isNaN(found.value))
      return this.graph.literal(found.value);
    if (found.kind === "const" && typeof found.value === "boolean")
      return this.graph.literal(Number(found.value));
    const node = found.kind === "input" ? this.number(found) : null;
    if (node?.kind === "param") return node;
    return this.findings.obstacle(what, "rules take a number or a parameter there", expr.span);
  }

  protected indicator(expr: IndicatorExpr): NumberNode | null {
    const { name, output, span } = expr;
    if (this.conditional) return this.sometimes(expr);
    const definition = indicator(name)!;
    const sources = expr.sources.map((source) => {
      if (source.type !== "bool") return this.number(source);
      const condition = this.condition(source);
      const node = condition && this.settled(condition, span);
      return node && this.graph.flag(node);
    });
    const params = expr.params.map((param, k) => {
      const { type, name: number } = definition.params[k]!;
      const scalar = this.scalar(param, `${name} with a ${number} that changes`);
      const cut = type === "int" && scalar?.kind === "literal";
      return cut ? this.graph.literal(Math.trunc(scalar.value)) : scalar;
    });
    if (sources.includes(null) || params.includes(null)) return null;
    return this.graph.indicator(name, output, sources as NumberNode[], params as ScalarNode[]);
  }

  protected sometimes(expr: CoreExpr): null {
    return this.findings.obstacle(
      `${constructOf(expr)} that is computed on some bars only`,
      COMPUTED_SOMETIMES,
      expr.span,
    );
  }

  /** A condition that stands for a series, on its own: na is false there. */
  settled(condition: Condition, span: Span) {
    const leaves: Parameters<typeof nodeOf>[3] = [];
    const node = nodeOf(condition, this.graph, false, leaves);
    for (const leaf of leaves) this.findings.warn("rules_na", leaf.span);
    if (typeof node !== "boolean" && node.stage !== "bar") return node;
    return this.findings.obstacle(
      "a series that depends on the position or never changes",
      "",
      span,
    );
  }
}
