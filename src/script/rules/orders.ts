import type { Span } from "../../dsl/text/ast.ts";
import type { CoreExpr, CoreScript, OrderCall } from "../../dsl/text/core.ts";
import {
  type BooleanNode,
  conjuncts,
  type Graph,
  type IrRule,
  type IrSizing,
  type PositionState,
  statesOf,
} from "../../ir/index.ts";
import { walk } from "../analysis/walk.ts";
import { orderOf } from "./constructs.ts";
import type { ExpressionLowering } from "./expressions.ts";
import { defaultSizing, sizingOf } from "./sizing.ts";

/** A rule, and the call that it comes from. */
export interface Draft {
  readonly rule: IrRule;
  /** The condition of the call, under all positions. */
  readonly whole: BooleanNode;
  readonly call: "entry" | "order" | "close";
  /** An order of the same name takes its place; null: none does. */
  readonly id: string | null;
  readonly span: Span;
}

type Opening = Extract<OrderCall, { call: "entry" | "order" }>;
const CLOSING: Readonly<Record<"long" | "short", "buy" | "sell">> = { long: "sell", short: "buy" };

/** Orders of a script as rules: which positions an order may meet decides what it does there. */
export class OrderLowering {
  readonly #graph: Graph;
  readonly #script: CoreScript;
  readonly #expressions: ExpressionLowering;
  /** Directions that the orders of an id open. */
  readonly #opened = new Map<string, Set<"long" | "short">>();
  readonly #reachable = new Set<PositionState>(["flat"]);
  readonly #calls = new Set<"entry" | "order">();

  constructor(script: CoreScript, expressions: ExpressionLowering, graph: Graph) {
    this.#script = script;
    this.#expressions = expressions;
    this.#graph = graph;
    walk(script.body, {
      statement: (statement) => {
        if (statement.kind === "order" && isOpening(statement.order)) this.#open(statement.order);
      },
    });
  }

  /** The rules of one call, where its condition is `when`. */
  lower(order: OrderCall, when: BooleanNode, span: Span): readonly Draft[] {
    if (isOpening(order)) return this.#opening(order, when, span);
    if (order.call === "close" || order.call === "close_all")
      return this.#closing(order, when, span);
    const advice =
      order.call === "exit" ? "rules close positions by conditions on the close of a bar" : "";
    this.#expressions.findings.obstacle(orderOf(order), advice, span);
    return [];
  }

  #open(order: Opening): void {
    this.#calls.add(order.call);
    const direction = directionOf(order.direction);
    const id = order.id.kind === "const" ? String(order.id.value) : "";
    const sides =
      direction === null
        ? (["long", "short"] as const)
        : ([direction > 0 ? "long" : "short"] as const);
    const known = this.#opened.get(id) ?? new Set();
    for (const side of sides) {
      known.add(side);
      this.#reachable.add(side);
    }
    this.#opened.set(id, known);
  }

  #opening(order: Opening, when: BooleanNode, span: Span): Draft[] {
    const { findings } = this.#expressions;
    const direction = directionOf(order.direction);
    if (direction === null) {
      findings.obstacle("a direction that changes", "write one order for each direction", span);
      return [];
    }
    for (const [name, given] of [
      ["limit", order.limit],
      ["stop", order.stop],
      ["oca_name", order.oca_name],
    ] as const) {
      if (given)
        findings.obstacle(`${orderOf(order)} with ${name}`, "rules place market orders", span);
    }
    if (order.id.kind !== "const") findings.obstacle("an order whose id changes", "", span);
    if (order.call === "entry" && this.#calls.size > 1)
      findings.obstacle(
        "strategy.entry() beside strategy.order()",
        "an entry is not blocked by what an order opened; use one of the two",
        span,
      );
    const sizing = this.#sizing(order, direction);
    if (sizing === null) return [];
    const side = direction > 0 ? "buy" : "sell";
    const id = order.id.kind === "const" ? String(order.id.value) : null;
    const rules =
      order.call === "order"
        ? [{ when, side, sizing } as const]
        : this.#entry(when, direction, sizing, span);
    return rules.map((rule) => ({ rule, whole: when, call: order.call, id, span }));
  }

  #sizing(order: Opening, direction: 1 | -1): IrSizing | null {
    if (order.qty) return sizingOf(order.qty, direction, this.#expressions, this.#graph);
    const sizing = defaultSizing(this.#script.settings, this.#graph);
    if (sizing.kind !== "quantity") this.#expressions.findings.warn("rules_size", order.id.span);
    return sizing;
  }

  /** Closes an opposite position and opens; does nothing where the position has this direction already. */
  #entry(when: BooleanNode, direction: 1 | -1, sizing: IrSizing, span: Span): IrRule[] {
    const [own, other] =
      direction > 0 ? (["long", "short"] as const) : (["short", "long"] as const);
    const side = direction > 0 ? "buy" : "sell";
    const states = this.#states(when);
    if (states.has(own) && this.#script.settings.pyramiding > 1) {
      this.#expressions.findings.obstacle(
        "pyramiding above 1",
        "strategy.order() adds to a position, and has a counterpart",
        span,
      );
    }
    const closing: IrRule = {
      when: this.#only(when, [other], states),
      side,
      sizing: { kind: "close" },
    };
    const wanted = (["flat", other] as const).filter((state) => states.has(state));
    const opening: IrRule = { when: this.#only(when, wanted, states), side, sizing };
    return [...(states.has(other) ? [closing] : []), ...(wanted.length > 0 ? [opening] : [])];
  }

  #closing(
    order: Extract<OrderCall, { call: "close" | "close_all" }>,
    when: BooleanNode,
    span: Span,
  ): Draft[] {
    const { findings } = this.#expressions;
    const partial = order.call === "close" && (order.qty || !isWhole(order.qty_percent));
    if (partial)
      findings.obstacle(
        "closing a part of a position",
        "sell a fixed quantity with strategy.order()",
        span,
      );
    const { immediately } = order;
    if (immediately && !(immediately.kind === "const" && immediately.value === false))
      findings.obstacle("closing immediately", "run the document with --fill close", span);
    const states = this.#states(when);
    return this.#closed(order, span)
      .filter((state) => states.has(state))
      .map((state) => ({
        rule: {
          when: this.#only(when, [state], states),
          side: CLOSING[state],
          sizing: { kind: "close" as const },
        },
        whole: when,
        call: "close" as const,
        id: null,
        span,
      }));
  }

  /** The directions that a call closes. */
  #closed(
    order: Extract<OrderCall, { call: "close" | "close_all" }>,
    span: Span,
  ): ("long" | "short")[] {
    if (order.call === "close_all") return ["long", "short"];
    const { findings } = this.#expressions;
    const { id } = order;
    if (id.kind !== "const") {
      findings.obstacle("an order whose id changes", "", span);
      return [];
    }
    const own = this.#opened.get(String(id.value)) ?? new Set();
    const others = [...this.#opened]
      .filter(([name]) => name !== id.value)
      .flatMap(([, sides]) => [...sides]);
    const shared = [...own].some((side) => others.includes(side));
    if (shared)
      findings.obstacle(
        `strategy.close(${JSON.stringify(id.value)}) beside other entries of its direction`,
        "strategy.close_all() closes whatever is open",
        span,
      );
    return [...own];
  }

  #states(when: BooleanNode): ReadonlySet<PositionState> {
    const possible = statesOf(conjuncts(when));
    if (possible.size === 1) return possible;
    return new Set([...possible].filter((state) => this.#reachable.has(state)));
  }

  /** The condition under some of the positions that it may meet. */
  #only(
    when: BooleanNode,
    wanted: readonly PositionState[],
    states: ReadonlySet<PositionState>,
  ): BooleanNode {
    const graph = this.#graph;
    if (wanted.length === states.size) {
      // A position that the condition itself asks for, or that the script's orders cannot leave.
      const asked = statesOf(conjuncts(when));
      if (wanted.length === asked.size) return when;
    }
    const [first] = wanted;
    if (wanted.length === 1)
      return graph.logic("and", [...conjuncts(when), graph.position(first!)]);
    const rest = (["long", "short"] as const).find((state) => !wanted.includes(state));
    if (rest === undefined) return when;
    return graph.logic("and", [...conjuncts(when), graph.not(graph.position(rest))]);
  }
}

function isOpening(order: OrderCall): order is Opening {
  return order.call === "entry" || order.call === "order";
}

function directionOf(expr: CoreExpr): 1 | -1 | null {
  if (expr.kind !== "const") return null;
  return expr.value === 1 ? 1 : expr.value === -1 ? -1 : null;
}

function isWhole(percent: CoreExpr | undefined): boolean {
  return percent === undefined || (percent.kind === "const" && percent.value === 100);
}
