import type { Span } from "../../dsl/text/ast.ts";
import type {
  BinaryExpr,
  CoreExpr,
  CoreOp,
  CoreScript,
  CoreStatement,
  IndicatorExpr,
  InputSpec,
  PastExpr,
  SelectExpr,
} from "../../dsl/text/core.ts";
import { indicator } from "../../indicators/registry.ts";
import {
  type BinaryOp,
  COLUMNS,
  type Column,
  type CompareOp,
  type Graph,
  type NumberNode,
  type ScalarNode,
} from "../../ir/index.ts";
import type { GivenInputs } from "../run/inputs.ts";
import { type Condition, nodeOf } from "./condition.ts";
import { constructOf } from "./constructs.ts";
import { Findings, type PlaceOf } from "./findings.ts";

/** What a variable is: a value that rules have, or why it is none. */
interface Variable {
  readonly expr: CoreExpr | null;
  readonly number: NumberNode | null;
  readonly condition: Condition | null;
  readonly findings: Findings;
  /** Set on some bars only. */
  readonly conditional: boolean;
}

const ARITHMETIC: { readonly [op in CoreOp]?: BinaryOp } = {
  add: "add",
  sub: "sub",
  mul: "mul",
  div: "div",
};
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
const COMPUTED_SOMETIMES = "give it a name on a line of its own, where it is computed on every bar";
/** Deepest expression that is followed; documents hold 64 brackets. */
const MAX_DEPTH = 60;

/** Expressions of a script as nodes of rules; null where there is an obstacle, which is noted. */
export class ExpressionLowering {
  findings: Findings;
  /** Whether what is lowered is computed on some bars only. */
  conditional = false;
  readonly usedParams = new Set<string>();
  readonly #script: CoreScript;
  readonly #graph: Graph;
  readonly #given: GivenInputs;
  readonly #placeOf: PlaceOf;
  readonly #inputs: ReadonlyMap<string, InputSpec>;
  readonly #sets: ReadonlyMap<number, number>;
  readonly #variables = new Map<number, Variable>();
  readonly #depths = new Map<CoreExpr, number>();

  /**
   * @param given values of all inputs
   * @param sets by slot: how often it is set
   */
  constructor(
    script: CoreScript,
    graph: Graph,
    given: GivenInputs,
    sets: ReadonlyMap<number, number>,
    placeOf: PlaceOf,
  ) {
    this.#script = script;
    this.#graph = graph;
    this.#given = given;
    this.#sets = sets;
    this.#placeOf = placeOf;
    this.#inputs = new Map(script.inputs.map((input) => [input.name, input]));
    this.findings = new Findings(placeOf);
  }

  define({ slot, value, once, span }: Extract<CoreStatement, { kind: "set" }>): void {
    const outer = this.findings;
    const findings = new Findings(this.#placeOf);
    this.findings = findings;
    const { name, type, lifetime } = this.#script.slots[slot]!;
    const state = once || lifetime === "var" || this.#sets.get(slot) !== 1;
    let number: NumberNode | null = null;
    let condition: Condition | null = null;
    if (state) {
      const what = /^[a-z_]\w*$/i.test(name)
        ? `the variable ${name}, which keeps or changes its value`
        : "a value that is computed on some bars only";
      findings.obstacle(what, "rules know the bars and the position, and no memory", span);
    } else if (type === "bool") condition = this.condition(value);
    else if (type === "int" || type === "float") number = this.number(value);
    else findings.obstacle(constructOf(value), "", span);
    this.findings = outer;
    const { conditional } = this;
    this.#variables.set(slot, {
      expr: state ? null : value,
      number,
      condition,
      findings,
      conditional,
    });
  }

  /** What names and blocks stand for. */
  resolved(expr: CoreExpr): CoreExpr {
    let found = expr;
    for (;;) {
      const next: CoreExpr | null | undefined =
        found.kind === "block"
          ? found.value
          : found.kind === "local"
            ? this.#variables.get(found.slot)?.expr
            : null;
      if (!next) return found;
      found = next;
    }
  }

  // Numbers.

  number(expr: CoreExpr): NumberNode | null {
    return this.#deeper(expr, () => this.#number(expr));
  }

  #number(expr: CoreExpr): NumberNode | null {
    const graph = this.#graph;
    switch (expr.kind) {
      case "const":
        if (expr.folded) return this.#arithmetic(expr.folded);
        if (typeof expr.value !== "number" || Number.isNaN(expr.value)) return this.#obstacle(expr);
        return graph.literal(expr.value);
      case "input":
        return this.#input(expr.name, expr.span);
      case "field":
        if (!COLUMNS.includes(expr.field as Column)) return this.#obstacle(expr);
        return graph.field(expr.field as Column);
      case "local":
        return this.#variable(expr.slot)?.number ?? null;
      case "block":
        this.#block(expr.statements);
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
        return this.#indicator(expr);
      case "math":
        // A whole number as one with a fraction.
        if (expr.fn === "float") return this.number(expr.args[0]!);
        return this.#obstacle(expr);
      default:
        return this.#obstacle(expr);
    }
  }

  #arithmetic({ op, left, right, span }: BinaryExpr): NumberNode | null {
    const known = ARITHMETIC[op];
    const [a, b] = [this.number(left), this.number(right)];
    if (!known) return this.findings.obstacle(`the operator ${op === "mod" ? "%" : op}`, "", span);
    return a && b && this.#graph.binary(known, a, b);
  }

  #input(name: string, span: Span): NumberNode | null {
    const { type } = this.#inputs.get(name)!;
    if (type === "int" || type === "float") {
      this.usedParams.add(name);
      return this.#graph.param(name);
    }
    const value = String(this.#given[name]);
    this.findings.input(name, value, span);
    if (type === "source" && COLUMNS.includes(value as Column)) {
      return this.#graph.field(value as Column);
    }
    return this.findings.obstacle(`the input ${name}, which is ${value},`, "", span);
  }

  #past({ of, offset, span }: PastExpr): NumberNode | null {
    const source = this.number(of);
    const back = this.scalar(offset, "an offset that changes");
    if (!source || !back || !this.#steady(of, span)) return null;
    return this.#shifted(source, back, span);
  }

  #steady(of: PastExpr["of"], span: Span): boolean {
    const sometimes = of.kind === "local" && this.#variables.get(of.slot)?.conditional === true;
    if (sometimes)
      this.findings.obstacle(
        "the past of a value that is computed on some bars only",
        COMPUTED_SOMETIMES,
        span,
      );
    return !sometimes;
  }

  /** What a node was; that of an expression is the expression of what its parts were. */
  #shifted(node: NumberNode, back: ScalarNode, span: Span): NumberNode | null {
    const graph = this.#graph;
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
        const left = this.#shifted(node.left, back, span);
        const right = this.#shifted(node.right, back, span);
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
      return this.#graph.literal(found.value);
    if (found.kind === "const" && typeof found.value === "boolean")
      return this.#graph.literal(Number(found.value));
    const node = found.kind === "input" ? this.number(found) : null;
    if (node?.kind === "param") return node;
    return this.findings.obstacle(what, "rules take a number or a parameter there", expr.span);
  }

  #indicator(expr: IndicatorExpr): NumberNode | null {
    const { name, output, span } = expr;
    if (this.conditional) return this.#sometimes(expr);
    const definition = indicator(name)!;
    const sources = expr.sources.map((source) => {
      if (source.type !== "bool") return this.number(source);
      const condition = this.condition(source);
      const node = condition && this.settled(condition, span);
      return node && this.#graph.flag(node);
    });
    const params = expr.params.map((param, k) => {
      const { type, name: number } = definition.params[k]!;
      const scalar = this.scalar(param, `${name} with a ${number} that changes`);
      const cut = type === "int" && scalar?.kind === "literal";
      return cut ? this.#graph.literal(Math.trunc(scalar.value)) : scalar;
    });
    if (sources.includes(null) || params.includes(null)) return null;
    return this.#graph.indicator(name, output, sources as NumberNode[], params as ScalarNode[]);
  }

  #sometimes(expr: CoreExpr): null {
    return this.findings.obstacle(
      `${constructOf(expr)} that is computed on some bars only`,
      COMPUTED_SOMETIMES,
      expr.span,
    );
  }

  // Conditions.

  condition(expr: CoreExpr): Condition | null {
    return this.#deeper(expr, () => this.#condition(expr));
  }

  /** A condition that stands for a series, on its own: na is false there. */
  settled(condition: Condition, span: Span) {
    const leaves: Parameters<typeof nodeOf>[3] = [];
    const node = nodeOf(condition, this.#graph, false, leaves);
    for (const leaf of leaves) this.findings.warn("rules_na", leaf.span);
    if (typeof node !== "boolean" && node.stage !== "bar") return node;
    return this.findings.obstacle(
      "a series that depends on the position or never changes",
      "",
      span,
    );
  }

  #condition(expr: CoreExpr): Condition | null {
    switch (expr.kind) {
      case "const":
        if (expr.folded) return this.#comparison(expr.folded);
        return { kind: "group", op: expr.value === true ? "and" : "or", of: [] };
      case "input": {
        const value = this.#given[expr.name] === true;
        this.findings.input(expr.name, String(value), expr.span);
        return { kind: "fixed", value };
      }
      case "local":
        return this.#variable(expr.slot)?.condition ?? null;
      case "block":
        this.#block(expr.statements);
        return this.condition(expr.value);
      case "unary": {
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
        if (!of || !back || !this.#steady(expr.of, expr.span)) return null;
        return this.#shiftedCondition(of, back, expr.span);
      }
      default:
        return this.#obstacle(expr);
    }
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
      return this.#obstacle(expr);
    const crossed = this.#uncrossed(expr);
    if (crossed) return crossed;
    const votes = op === "ge" ? votesOf(left) : null;
    if (votes) return this.#vote(votes, right);
    const special = this.#special(op, left, right) ?? this.#special(MIRRORED[op], right, left);
    if (special) return special;
    const [a, b] = [this.number(left), this.number(right)];
    if (!a || !b) return null;
    const whole = left.type === "int" && right.type === "int";
    if (!this.#script.exact && !whole) this.findings.warn("rules_tolerance", span);
    return { kind: "leaf", node: this.#graph.compare(op, a, b), span };
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
    if (this.conditional) return this.#sometimes(expr);
    const { name, span } = expr;
    const graph = this.#graph;
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
    if (name !== "rising" && name !== "falling") return this.#obstacle(expr);
    const node = this.#indicator(expr);
    return node && { kind: "leaf", node: graph.compare("gt", node, graph.literal(0)), span };
  }

  #shiftedCondition(of: Condition, back: ScalarNode, span: Span): Condition | null {
    const inner = (one: Condition) => this.#shiftedCondition(one, back, span);
    switch (of.kind) {
      case "fixed":
        return of;
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
        const left = this.#shifted(node.left, back, span);
        const right = this.#shifted(node.right, back, span);
        if (!left || !right) return null;
        const graph = this.#graph;
        const shifted =
          node.kind === "cross"
            ? graph.cross(node.direction, left, right)
            : graph.compare(node.op, left, right);
        return { kind: "leaf", node: shifted, span };
      }
    }
  }

  // Both.

  #variable(slot: number): Variable | null {
    const found = this.#variables.get(slot);
    if (!found) return null;
    for (const one of found.findings.all) this.findings.add(one);
    return found;
  }

  #block(statements: readonly CoreStatement[]): void {
    for (const one of statements) {
      if (one.kind === "set") this.define(one);
      else this.findings.obstacle("a block with loops or branches", "", one.span);
    }
  }

  #obstacle(expr: CoreExpr): null {
    return this.findings.obstacle(constructOf(expr), "", expr.span);
  }

  /** Variables count with what they stand for, so that the depth of the nodes is bounded. */
  #deeper<T>(expr: CoreExpr, inside: () => T | null): T | null {
    const depth = this.#depthOf(expr);
    if (depth <= MAX_DEPTH) return inside();
    return this.findings.obstacle(
      `an expression nested ${depth} deep`,
      `documents hold ${MAX_DEPTH}`,
      expr.span,
    );
  }

  #depthOf(expr: CoreExpr): number {
    const known = this.#depths.get(expr);
    if (known !== undefined) return known;
    const { expr: value } = (expr.kind === "local" && this.#variables.get(expr.slot)) || {
      expr: null,
    };
    const parts = expr.kind === "local" ? (value ? [value] : []) : partsOf(expr);
    const depth =
      parts.reduce((most, part) => Math.max(most, this.#depthOf(part)), 0) +
      (expr.kind === "local" ? 0 : 1);
    this.#depths.set(expr, depth);
    return depth;
  }
}

function partsOf(expr: CoreExpr): readonly CoreExpr[] {
  switch (expr.kind) {
    case "past":
      return [expr.of];
    case "unary":
      return [expr.operand];
    case "binary":
      return expr.op === "and" || expr.op === "or" ? chain(expr, expr.op) : [expr.left, expr.right];
    case "indicator":
      return expr.sources;
    case "block":
      return [expr.value];
    case "math":
      return expr.args;
    case "select":
      return [expr.test];
    default:
      return [];
  }
}

/** The operands of `a and b and c`, read from the left. */
function chain(expr: BinaryExpr, op: "and" | "or"): CoreExpr[] {
  const found: CoreExpr[] = [];
  let at: CoreExpr = expr;
  while (at.kind === "binary" && at.op === op) {
    found.push(at.right);
    at = at.left;
  }
  return [at, ...found.reverse()];
}

/** The conditions of a sum of `condition ? 1 : 0`; null where it is none, or one alone. */
function votesOf(sum: CoreExpr): CoreExpr[] | null {
  const votes: CoreExpr[] = [];
  let at = sum;
  for (; at.kind === "binary" && at.op === "add"; at = at.left) {
    if (!isVote(at.right)) return null;
    votes.unshift(at.right.test);
  }
  return isVote(at) && votes.length > 0 ? [at.test, ...votes] : null;
}

function isVote(expr: CoreExpr): expr is SelectExpr {
  if (expr.kind !== "select") return false;
  const [then, otherwise] = [expr.then, expr.otherwise];
  return (
    then.kind === "const" && then.value === 1 && otherwise.kind === "const" && otherwise.value === 0
  );
}

function not(state: "flat" | "long" | "short", span: Span): Condition {
  return { kind: "not", of: { kind: "position", state }, plain: true, span };
}

function sign(op: CompareOp, span: Span): Condition {
  switch (op) {
    case "gt":
      return { kind: "position", state: "long" };
    case "lt":
      return { kind: "position", state: "short" };
    case "eq":
      return { kind: "position", state: "flat" };
    case "ne":
      return not("flat", span);
    case "ge":
      return not("short", span);
    case "le":
      return not("long", span);
  }
}
