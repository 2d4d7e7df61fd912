import type { Span } from "../../dsl/text/ast.ts";
import {
  type ConstExpr,
  type CoreExpr,
  type CoreScript,
  type CoreStatement,
  isReference,
  type OrderCall,
  type Slot,
} from "../../dsl/text/core.ts";

/** Where a value of the script is told to the one who asks. The number of a probe is its place in the list. */
export type Probe =
  | { readonly kind: "value"; readonly expr: CoreExpr }
  /** A variable after its statement. */
  | { readonly kind: "variable"; readonly slot: number }
  /** A statement that the script comes by. */
  | { readonly kind: "reached" };

/** A statement with the probes in it. */
export interface ProbedStatement {
  readonly statement: CoreStatement;
  readonly reached: number;
  /** Of a set: the variable afterwards. */
  readonly variable: number | null;
  readonly values: readonly ProbedValue[];
  readonly then: readonly ProbedStatement[];
  readonly otherwise: readonly ProbedStatement[];
}

export interface ProbedValue {
  readonly expr: CoreExpr;
  /** null: not told, for arrays and beyond the limit. */
  readonly probe: number | null;
  readonly parts: readonly ProbedValue[];
}

export interface ProbedScript {
  readonly core: CoreScript;
  readonly probes: readonly Probe[];
  readonly statements: readonly ProbedStatement[];
}

/** Names of probes among the orders: no script can write this character into an id and mean it. */
export const PROBE_MARK = "\u0000";
/** Beyond it the values of a script are no longer told one by one. */
const MAX_PROBES = 20_000;

/**
 * The script with orders that no broker sees, one for each value: where an expression is computed, on the bars and in the
 * branches where it is computed, and nowhere else.
 */
export function instrument(core: CoreScript): ProbedScript {
  const prober = new Prober(core);
  const { body, probed } = prober.statements(core.body);
  return {
    core: { ...core, slots: prober.slots, body },
    probes: prober.probes,
    statements: probed,
  };
}

interface ProbedList {
  readonly body: CoreStatement[];
  readonly probed: ProbedStatement[];
}

class Prober {
  /** Sites whose sources are told: further outputs of a tuple do not compute them again. */
  readonly #sites = new Set<number>();
  readonly slots: Slot[];
  readonly probes: Probe[] = [];

  constructor(core: CoreScript) {
    this.slots = [...core.slots];
  }

  statements(list: readonly CoreStatement[]): ProbedList {
    const body: CoreStatement[] = [];
    const probed: ProbedStatement[] = [];
    for (const statement of list) {
      const { made, told } = this.#statement(statement);
      body.push(...made);
      probed.push(told);
    }
    return { body, probed };
  }

  #statement(statement: CoreStatement): { made: CoreStatement[]; told: ProbedStatement } {
    const { span } = statement;
    const reached = this.#probe({ kind: "reached" });
    const marker = orderOf(reached, null, span);
    const values: ProbedValue[] = [];
    const at = (expr: CoreExpr): CoreExpr => {
      const { made, told } = this.#expression(expr);
      values.push(told);
      return made;
    };
    const none = { reached, variable: null, values, then: [], otherwise: [] };
    const plain = (made: CoreStatement) => ({ made: [marker, made], told: { statement, ...none } });
    switch (statement.kind) {
      case "set": {
        const made = { ...statement, value: at(statement.value) };
        const type = this.slots[statement.slot]!.type;
        if (isReference(type)) return plain(made);
        const variable = this.#probe({ kind: "variable", slot: statement.slot });
        const local: CoreExpr = {
          kind: "local",
          slot: statement.slot,
          type,
          qualifier: "series",
          span,
        };
        return {
          made: [marker, made, orderOf(variable, local, span)],
          told: { statement, ...none, variable },
        };
      }
      case "if": {
        const test = at(statement.test);
        const then = this.statements(statement.then);
        const otherwise = this.statements(statement.otherwise);
        return {
          made: [marker, { ...statement, test, then: then.body, otherwise: otherwise.body }],
          told: { statement, ...none, then: then.probed, otherwise: otherwise.probed },
        };
      }
      case "for": {
        const [from, to] = [at(statement.from), at(statement.to)];
        const by = statement.by && at(statement.by);
        const inner = this.statements(statement.body);
        return {
          made: [marker, { ...statement, from, to, by, body: inner.body }],
          told: { statement, ...none, then: inner.probed },
        };
      }
      case "for_in": {
        const array = at(statement.array);
        const inner = this.statements(statement.body);
        return {
          made: [marker, { ...statement, array, body: inner.body }],
          told: { statement, ...none, then: inner.probed },
        };
      }
      case "while": {
        const test = at(statement.test);
        const inner = this.statements(statement.body);
        return {
          made: [marker, { ...statement, test, body: inner.body }],
          told: { statement, ...none, then: inner.probed },
        };
      }
      case "effect":
        // What is called for its effect gives no value to tell.
        return plain({ ...statement, value: this.#inside(statement.value, at) });
      case "order":
        return plain({ ...statement, order: this.#order(statement.order, at) });
      case "jump":
        return plain(statement);
    }
  }

  #order(order: OrderCall, at: (expr: CoreExpr) => CoreExpr): OrderCall {
    if (order.call === "risk") return { ...order, args: order.args.map(at) };
    const entries = Object.entries(order).map(([key, value]) => [
      key,
      typeof value === "object" ? at(value as CoreExpr) : value,
    ]);
    return Object.fromEntries(entries) as OrderCall;
  }

  #expression(expr: CoreExpr): { made: CoreExpr; told: ProbedValue } {
    const parts: ProbedValue[] = [];
    const at = (part: CoreExpr): CoreExpr => {
      const { made, told } = this.#expression(part);
      parts.push(told);
      return made;
    };
    const made = this.#inside(expr, at);
    const silent =
      expr.kind === "const" || isReference(expr.type) || this.probes.length >= MAX_PROBES;
    if (silent) return { made, told: { expr, probe: null, parts } };
    const probe = this.#probe({ kind: "value", expr });
    const { type, span } = expr;
    const slot = this.slots.length;
    this.slots.push({ id: slot, name: "probe", type, lifetime: "bar", history: 0 });
    const value: CoreExpr = { kind: "local", slot, type, qualifier: "series", span };
    const statements: CoreStatement[] = [
      { kind: "set", slot, value: made, once: false, span },
      orderOf(probe, value, span),
    ];
    return {
      made: { kind: "block", statements, value, type, qualifier: "series", span },
      told: { expr, probe, parts },
    };
  }

  /**
   * The same expression with probes in its parts. What has to be known before the run stays as it is: numbers of indicators,
   * which source a past is of, and all that another timeframe computes.
   */
  #inside(expr: CoreExpr, at: (part: CoreExpr) => CoreExpr): CoreExpr {
    switch (expr.kind) {
      case "past":
        return expr.offset.kind === "const" ? expr : { ...expr, offset: at(expr.offset) };
      case "unary":
        return { ...expr, operand: at(expr.operand) };
      case "binary":
        return { ...expr, left: at(expr.left), right: at(expr.right) };
      case "select":
        return {
          ...expr,
          test: at(expr.test),
          then: at(expr.then),
          otherwise: at(expr.otherwise),
        };
      case "math":
      case "string":
        return { ...expr, args: expr.args.map(at) };
      case "array":
        return {
          ...expr,
          args: expr.args.map((arg) => (isReference(arg.type) ? arg : at(arg))),
        };
      case "indicator":
        if (this.#sites.has(expr.site)) return expr;
        this.#sites.add(expr.site);
        return { ...expr, sources: expr.sources.map(at) };
      case "trade":
        return { ...expr, index: at(expr.index) };
      case "block": {
        const { body } = this.statements(expr.statements);
        return { ...expr, statements: body, value: at(expr.value) };
      }
      default:
        return expr;
    }
  }

  #probe(probe: Probe): number {
    return this.probes.push(probe) - 1;
  }
}

/** The call that carries a value: numbers and truth values as its quantity, texts as its comment. */
function orderOf(probe: number, value: CoreExpr | null, span: Span): CoreStatement {
  const constant = (value: number | string, type: "int" | "text"): ConstExpr => ({
    kind: "const",
    value,
    type,
    qualifier: "const",
    span,
  });
  return {
    kind: "order",
    span,
    order: {
      call: "order",
      id: constant(`${PROBE_MARK}${probe}`, "text"),
      direction: constant(1, "int"),
      ...(value === null ? {} : value.type === "text" ? { comment: value } : { qty: value }),
    },
  };
}
