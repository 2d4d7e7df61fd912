import { DEFAULT_CASH } from "../../backtest/orders.ts";
import { defaultCapital } from "../../backtest/script/settings.ts";
import { type Diagnostic, diagnose, type Place } from "../../diagnostics/index.ts";
import type { Span } from "../../dsl/text/ast.ts";
import type { CoreScript, CoreStatement, InputSpec } from "../../dsl/text/core.ts";
import {
  type BooleanNode,
  conjuncts,
  exclusive,
  Graph,
  type IrProgram,
  type ParamSpec,
  statesOf,
} from "../../ir/index.ts";
import { walk } from "../analysis/walk.ts";
import type { GivenInputs } from "../run/inputs.ts";
import { type Condition, joined, type NegatedLeaf, nodeOf, simplified } from "./condition.ts";
import { statementOf } from "./constructs.ts";
import { certainWith, definedWith } from "./definedness.ts";
import { ExpressionLowering } from "./expressions.ts";
import { type Guard, guardsIn, unguarded } from "./guards.ts";
import { type Draft, OrderLowering } from "./orders.ts";

export interface LoweredScript {
  /** Absent where something has no counterpart. */
  readonly ir?: IrProgram;
  /** What has no counterpart: errors. */
  readonly obstacles: readonly Diagnostic[];
  /** Where the rules may decide otherwise: warnings. Without any, the two have one strategy_id. */
  readonly differences: readonly Diagnostic[];
  /** What is not in a rule document and no part of the logic: warnings. */
  readonly notes: readonly Diagnostic[];
}

/** A condition around an order. `negated`: it stands in the else of that `if`. */
interface Around {
  readonly condition: Condition;
  readonly negated: boolean;
  readonly test: CoreStatement;
  readonly span: Span;
}

const DIFFERENCES: ReadonlySet<string> = new Set(["rules_tolerance", "rules_na", "rules_together"]);

/**
 * A script as rules, where its orders depend on nothing but prices, indicators and the sign of the position (SEMANTICS §2).
 *
 *     variables → nodes;  order calls + the conditions around them → rules
 *
 * @param given values of all inputs; those that are no numbers stand with these values
 */
export function lowerScript(
  script: CoreScript,
  given: GivenInputs,
  placeOf: (span: Span) => Place,
): LoweredScript {
  return new ScriptLowering(script, given, placeOf).lowered();
}

class ScriptLowering {
  readonly #script: CoreScript;
  readonly #graph = new Graph();
  readonly #expressions: ExpressionLowering;
  readonly #orders: OrderLowering;
  readonly #drafts: (Draft & { readonly around: readonly Around[] })[] = [];

  constructor(script: CoreScript, given: GivenInputs, placeOf: (span: Span) => Place) {
    this.#script = script;
    const sets = setsOf(script);
    this.#expressions = new ExpressionLowering(script, this.#graph, given, sets, placeOf);
    this.#orders = new OrderLowering(script, this.#expressions, this.#graph);
  }

  lowered(): LoweredScript {
    this.#statements(this.#script.body, []);
    this.#settings();
    this.#together();
    const { findings } = this.#expressions;
    const params = this.#params();
    const found = findings.all;
    const obstacles = findings.errors;
    const warnings = found.filter(({ severity }) => severity === "warning");
    const graph = this.#graph;
    const ir: IrProgram = {
      dialect: "tv",
      nodes: graph.nodes,
      rules: this.#drafts.map(({ rule }) => rule),
      params,
      cooldown: graph.literal(0),
      replaceOrders: false,
    };
    return {
      ...(obstacles.length === 0 ? { ir } : {}),
      obstacles,
      differences: warnings.filter(({ code }) => DIFFERENCES.has(code)),
      notes: warnings.filter(({ code }) => !DIFFERENCES.has(code)),
    };
  }

  #statements(statements: readonly CoreStatement[], around: readonly Around[]): void {
    const expressions = this.#expressions;
    for (const statement of statements) {
      expressions.conditional = around.length > 0;
      switch (statement.kind) {
        case "set":
          expressions.define(statement);
          break;
        case "if": {
          const condition = expressions.condition(statement.test);
          const { span } = statement.test;
          const inside = (negated: boolean): readonly Around[] =>
            condition ? [...around, { condition, negated, test: statement, span }] : around;
          this.#statements(statement.then, inside(false));
          this.#statements(statement.otherwise, inside(true));
          break;
        }
        case "order": {
          const when = this.#when(around);
          if (when === false) break;
          for (const draft of this.#orders.lower(statement.order, when, statement.span))
            this.#add({ ...draft, around });
          break;
        }
        default:
          expressions.findings.obstacle(
            statementOf(statement),
            "rules are conditions of one bar",
            statement.span,
          );
      }
    }
  }

  /** What an entry closes is not closed by a rule of its own where another one does; what is written twice stays two rules. */
  #add(draft: Draft & { readonly around: readonly Around[] }): void {
    const { rule } = draft;
    const twin =
      rule.sizing.kind === "close" &&
      this.#drafts.some(
        (one) =>
          one.rule.sizing.kind === "close" &&
          (one.call === "entry" || draft.call === "entry") &&
          one.rule.side === rule.side &&
          one.rule.when === rule.when,
      );
    if (!twin) this.#drafts.push(draft);
  }

  /** The conditions around an order as one; false where it is never placed. */
  #when(all: readonly Around[]): BooleanNode | false {
    const guards: Guard[] = [];
    const around = all.map((one) =>
      one.negated ? one : { ...one, condition: unguarded(one.condition, guards) },
    );
    const when = this.#joined(around);
    const left = around.flatMap(({ condition }) => guardsIn(condition));
    const nodes = when === false ? [] : conjuncts(when);
    for (const { of, span } of guards) if (!certainWith(of, nodes)) this.#guard(span);
    for (const { span } of left) this.#guard(span);
    return when;
  }

  #guard(span: Span): void {
    const advice = "a rule does not fire where a value is na: leave it out where that will do";
    this.#expressions.findings.obstacle("na()", advice, span);
  }

  #joined(around: readonly Around[]): BooleanNode | false {
    const graph = this.#graph;
    const leaves: NegatedLeaf[] = [];
    const [only] = around;
    if (around.length === 1 && !only!.negated) {
      const node = nodeOf(only!.condition, graph, false, leaves);
      const when = node === true ? graph.logic("and", []) : node;
      if (when !== false) this.#unknowns(leaves, conjuncts(when));
      return when;
    }
    const positive = around.filter(({ negated }) => !negated);
    const own = positive.map(({ condition }) => nodeOf(condition, graph, false, leaves));
    if (own.includes(false)) return false;
    const nodes = own.flatMap((node) => (typeof node === "boolean" ? [] : conjuncts(node)));
    const states = statesOf(nodes);
    if (states.size === 0) return false;
    for (const { condition, negated } of around) {
      if (!negated) continue;
      const inner: NegatedLeaf[] = [];
      const node = nodeOf(condition, graph, true, inner);
      const left = typeof node === "boolean" ? node : simplified(node, states, graph);
      if (left === false) return false;
      if (left === true) continue;
      leaves.push(...inner);
      nodes.push(left);
    }
    const when = joined("and", [...new Set(nodes)], graph);
    this.#unknowns(leaves, nodes);
    return when === true ? graph.logic("and", []) : when;
  }

  #unknowns(leaves: readonly NegatedLeaf[], nodes: readonly BooleanNode[]): void {
    const uncertain = new Set(leaves.map(({ made }) => made));
    const certain = nodes.filter((node) => !uncertain.has(node));
    for (const { node, span } of leaves) {
      if (!definedWith(node, certain)) this.#expressions.findings.warn("rules_na", span);
    }
  }

  /** Orders of one bar that the broker of scripts and that of rules treat otherwise. */
  #together(): void {
    const { findings } = this.#expressions;
    this.#drafts.forEach((one, i) => {
      for (const other of this.#drafts.slice(0, i)) {
        if (one.span.start === other.span.start || !conflicting(one, other)) continue;
        if (parted(one.around, other.around) || exclusive(one.whole, other.whole)) continue;
        findings.together(findings.line(other.span), one.span);
      }
    });
  }

  #settings(): void {
    const { settings, version } = this.#script;
    const { findings } = this.#expressions;
    const note = (setting: string, option: string) =>
      findings.add(diagnose("rules_setting", { setting, option }));
    const capital = settings.initial_capital ?? defaultCapital(version);
    if (capital !== DEFAULT_CASH) note("initial_capital", `--cash ${capital}`);
    const { commission_type: type, commission_value: value } = settings;
    if (value !== null && value !== 0) {
      if (type === "percent") note("commission_value", `--commission ${value}`);
      else note("commission_type", "a --commission in percent of the value");
    }
    if (settings.slippage) note("slippage", "--slippage-bps");
    if (settings.process_orders_on_close) note("process_orders_on_close", "--fill close");
  }

  #params(): ParamSpec[] {
    const { usedParams, findings } = this.#expressions;
    const used = this.#script.inputs.filter(({ name }) => usedParams.has(name));
    for (const { name, options } of used) {
      if (options === null) continue;
      findings.add(diagnose("rules_input_options", { name, options: options.join(", ") }));
    }
    return used.map(paramSpec);
  }
}

function paramSpec({ name, title, type, standard, min, max, step }: InputSpec): ParamSpec {
  return {
    name,
    default: Number(standard),
    integer: type === "int",
    min,
    max,
    exclusiveMin: false,
    step,
    title,
  };
}

/** By slot: how often it is set, loops counting as often. */
function setsOf(script: CoreScript): ReadonlyMap<number, number> {
  const sets = new Map<number, number>();
  const count = (slot: number) => sets.set(slot, (sets.get(slot) ?? 0) + 1);
  walk(script.body, {
    statement(statement) {
      if (statement.kind === "set") count(statement.slot);
    },
  });
  return sets;
}

/** Whether two orders of one bar do more, or other things, than their sum. */
function conflicting(a: Draft, b: Draft): boolean {
  if (a.id !== null && a.id === b.id) return true;
  if (a.call === "order" && b.call === "order") return false;
  // What closes a position and what opens the opposite one after it trade in the same direction.
  const closes = a.rule.sizing.kind === "close" || b.rule.sizing.kind === "close";
  return !(closes && a.rule.side === b.rule.side);
}

/** Whether they stand in the two branches of one `if`. */
function parted(a: readonly Around[], b: readonly Around[]): boolean {
  return a.some((one) =>
    b.some((other) => one.test === other.test && one.negated !== other.negated),
  );
}
