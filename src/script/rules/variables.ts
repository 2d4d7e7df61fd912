import type { CoreExpr, CoreScript, CoreStatement, InputSpec } from "../../dsl/text/core.ts";
import type { Graph, NumberNode } from "../../ir/index.ts";
import type { GivenInputs } from "../run/inputs.ts";
import type { Condition } from "./condition.ts";
import { constructOf } from "./constructs.ts";
import { Findings, type PlaceOf } from "./findings.ts";
import { partsOf } from "./operands.ts";

/** What a variable is: a value that rules have, or why it is none. */
interface Variable {
  readonly expr: CoreExpr | null;
  readonly number: NumberNode | null;
  readonly condition: Condition | null;
  readonly findings: Findings;
  /** Set on some bars only. */
  readonly conditional: boolean;
}

/** Deepest expression that is followed; documents hold 64 brackets. */
const MAX_DEPTH = 60;

/** Variables of a script and what they stand for; null where there is an obstacle, which is noted. */
export abstract class VariableLowering {
  findings: Findings;
  /** Whether what is lowered is computed on some bars only. */
  conditional = false;
  readonly usedParams = new Set<string>();
  protected readonly script: CoreScript;
  protected readonly graph: Graph;
  protected readonly given: GivenInputs;
  protected readonly inputs: ReadonlyMap<string, InputSpec>;
  protected readonly variables = new Map<number, Variable>();
  readonly #placeOf: PlaceOf;
  readonly #sets: ReadonlyMap<number, number>;
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
    this.script = script;
    this.graph = graph;
    this.given = given;
    this.#sets = sets;
    this.#placeOf = placeOf;
    this.inputs = new Map(script.inputs.map((input) => [input.name, input]));
    this.findings = new Findings(placeOf);
  }

  abstract number(expr: CoreExpr): NumberNode | null;
  abstract condition(expr: CoreExpr): Condition | null;

  define({ slot, value, once, span }: Extract<CoreStatement, { kind: "set" }>): void {
    const outer = this.findings;
    const findings = new Findings(this.#placeOf);
    this.findings = findings;
    const { name, type, lifetime } = this.script.slots[slot]!;
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
    this.variables.set(slot, {
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
            ? this.variables.get(found.slot)?.expr
            : null;
      if (!next) return found;
      found = next;
    }
  }

  protected variable(slot: number): Variable | null {
    const found = this.variables.get(slot);
    if (!found) return null;
    for (const one of found.findings.all) this.findings.add(one);
    return found;
  }

  protected block(statements: readonly CoreStatement[]): void {
    for (const one of statements) {
      if (one.kind === "set") this.define(one);
      else this.findings.obstacle("a block with loops or branches", "", one.span);
    }
  }

  protected obstacle(expr: CoreExpr): null {
    return this.findings.obstacle(constructOf(expr), "", expr.span);
  }

  /** Variables count with what they stand for, so that the depth of the nodes is bounded. */
  protected deeper<T>(expr: CoreExpr, inside: () => T | null): T | null {
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
    const { expr: value } = (expr.kind === "local" && this.variables.get(expr.slot)) || {
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
