import { indicator } from "../../indicators/registry.ts";
import {
  type IrNode,
  type IrRule,
  type IrSizing,
  operandsOf,
  type ScalarNode,
  warmupsOf,
} from "../../ir/index.ts";
import { inlineText } from "../../ir/inline-text.ts";
import type {
  ExplainedCause,
  ExplainedPosition,
  ExplainedRule,
  ExplainedValue,
} from "../../report/explanation.ts";
import { type Bars, sliceBars } from "../../vector/columns.ts";
import type { ParamValues, Program } from "../program.ts";
import { type NodeValue, nodeValues } from "./node-values.ts";
import { warmingUp } from "./reasons.ts";

/** Each rule at the close of a bar: the value of everything in its condition, and why it did or did not fire. */
export function explainRules(
  program: Program,
  bars: Bars,
  bar: number,
  position: ExplainedPosition,
  params?: ParamValues,
): ExplainedRule[] {
  const { ir } = program;
  const numbers = program.bind(params);
  const until = sliceBars(bars, 0, bar + 1);
  const values = nodeValues(ir, until, numbers, position.state);
  const named = new Map(ir.params.map(({ name }, k) => [name, numbers[k]!]));
  const warmups = warmupsOf(ir, named, (name, given) => indicator(name)!.warmup(given, ir.dialect));
  const explainer = new RuleExplainer(values, named, warmups, bar, bars.time);
  const { strategy } = program.document;
  return ir.rules.map((rule, k) => ({
    rule: k + 1,
    comment: (strategy.type === "rule_based" && strategy.rules[k]?.comment) || null,
    action: actionOf(rule),
    ...explainer.rule(rule),
  }));
}

class RuleExplainer {
  readonly #values: ReadonlyMap<IrNode, NodeValue>;
  readonly #params: ReadonlyMap<string, number>;
  readonly #warmups: Float64Array;
  readonly #bar: number;
  readonly #time: Float64Array;

  constructor(
    values: ReadonlyMap<IrNode, NodeValue>,
    params: ReadonlyMap<string, number>,
    warmups: Float64Array,
    bar: number,
    time: Float64Array,
  ) {
    this.#values = values;
    this.#params = params;
    this.#warmups = warmups;
    this.#bar = bar;
    this.#time = time;
  }

  rule({ when }: IrRule): Pick<ExplainedRule, "fired" | "because" | "when"> {
    const fired = this.#value(when) === true;
    return { fired, because: fired ? [] : this.#causes(when), when: this.#explained(when) };
  }

  #value(node: IrNode): NodeValue {
    if (node.kind === "literal") return node.value;
    if (node.kind === "param") return this.#params.get(node.name)!;
    return this.#values.get(node) ?? null;
  }

  #explained(node: IrNode): ExplainedValue {
    const value = this.#value(node);
    const parts = partsOf(node).map((part) => this.#explained(part));
    const reason = value === null ? this.#reason(node, parts) : undefined;
    return { text: textOf(node), value, ...(reason === undefined ? {} : { reason }), parts };
  }

  /** Why a value is na, where that does not follow from its parts. */
  #reason(node: IrNode, parts: readonly ExplainedValue[]): string | undefined {
    const needed = this.#warmups[node.id]!;
    const inherited = parts.some((part) => part.value === null);
    const most = partsOf(node).reduce((most, part) => Math.max(most, this.#warmups[part.id]!), 0);
    if (this.#bar < needed && (!inherited || needed > most)) return warmingUp(needed, this.#time);
    if (inherited) return undefined;
    return node.kind === "field" ? "missing in the data" : "not defined for these values";
  }

  /** What would have to be otherwise: of `all of` each part that is not true, of `any of` all of them. */
  #causes(node: IrNode): ExplainedCause[] {
    if (node.kind === "logic" && node.operands.length > 0) {
      const failing = node.operands.filter((one) => this.#value(one) !== true);
      return failing.flatMap((one) => this.#causes(one));
    }
    const { text, value, reason } = this.#explained(node);
    const known = reason ?? this.#firstReason(node);
    const told = value === null && known !== undefined ? { reason: known } : {};
    return [{ text, value: value === true ? true : value === null ? null : false, ...told }];
  }

  #firstReason(node: IrNode): string | undefined {
    const find = (one: ExplainedValue): string | undefined =>
      one.reason ?? one.parts.map(find).find((reason) => reason !== undefined);
    return find(this.#explained(node));
  }
}

/** Sub-expressions worth a line of their own: numbers as written are not, nor what a past column is now. */
function partsOf(node: IrNode): readonly IrNode[] {
  if (node.kind === "history" && node.source.kind === "field") return [];
  return operandsOf(node).filter((part) => part.kind !== "literal");
}

function textOf(node: IrNode): string {
  if (node.kind === "logic" && node.operands.length > 1)
    return node.op === "and" ? "all of" : "any of";
  if (node.kind === "logic" && node.operands.length === 0)
    return node.op === "and" ? "always" : "never";
  return inlineText(node);
}

function actionOf({ side, sizing, limit }: IrRule): string {
  const price = limit ? ` at ${inlineText(limit)} or better` : "";
  return `${side} ${sizeOf(sizing)}${price}`;
}

function sizeOf(sizing: IrSizing): string {
  const scalar = (node: ScalarNode) => inlineText(node);
  switch (sizing.kind) {
    case "quantity":
      return typeof sizing.quantity === "string" ? sizing.quantity : scalar(sizing.quantity);
    case "cash":
      return `for ${scalar(sizing.cash)}`;
    case "percent_of_equity":
      return `${scalar(sizing.percent)} % of equity`;
    case "close":
      return "what closes the position";
    case "volatility_target":
      return `for a volatility of ${scalar(sizing.percent)} %`;
    case "kelly":
      return `${scalar(sizing.fraction)} of Kelly's share`;
  }
}
