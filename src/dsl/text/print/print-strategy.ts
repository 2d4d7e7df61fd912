import {
  conjuncts,
  exclusive,
  type IrProgram,
  type IrRule,
  type IrSizing,
  type NumberNode,
  type ParamSpec,
  statesOf,
} from "../../../ir/index.ts";
import { ExpressionText, type NotInText } from "./expression-text.ts";
import { Names } from "./names.ts";

/** What a script says that is not in the program. */
export interface StrategyWords {
  readonly title: string;
  /** By rule. */
  readonly comments: readonly (string | undefined)[];
  /** What the document declares of a parameter; the program's range is joined with that of its uses. */
  readonly ranges: Readonly<Record<string, { readonly min?: number; readonly max?: number }>>;
  readonly cash: number;
  /** Fraction of the value of a fill. */
  readonly commission: number;
}

export interface PrintedStrategy {
  readonly text: string;
  /** What has no counterpart; the text is of no use where there is any. */
  readonly problems: readonly NotInText[];
  /** Names that a script cannot have, and what they became. */
  readonly renamed: readonly { readonly name: string; readonly next: string }[];
  /** Sizes that are reckoned at another moment, as the document calls them, by rule. */
  readonly sizes: readonly { readonly rule: number; readonly what: string }[];
}

/**
 * A program of rules as a script of version 6: inputs, then indicators and crosses by name, then one `if` for each rule.
 * `//@swymc exact` gives comparisons and `not` the meaning that they have in rules, so that the two share their strategy_id.
 */
export function printStrategy(program: IrProgram, words: StrategyWords): PrintedStrategy {
  const names = new Names();
  const params = new Map(program.params.map(({ name }) => [name, names.take(name)]));
  const expressions = new ExpressionText(names, params);
  const sizes: { rule: number; what: string }[] = [];
  const rules = program.rules.map((rule, k) => {
    const order = orderOf(rule, k, program.rules, expressions);
    if (order.what !== null) sizes.push({ rule: k, what: order.what });
    return ruleLines(rule, order.text, words.comments[k], expressions);
  });
  const renamed = [...params].flatMap(([name, next]) => (name === next ? [] : [{ name, next }]));
  const sections = [
    ["//@version=6", "//@swymc exact", declaration(words)],
    program.params.map((param) => inputLine(param, params.get(param.name)!, words.ranges)),
    expressions.lines,
    ...rules,
  ];
  const text = sections
    .filter((section) => section.length > 0)
    .map((section) => `${section.join("\n")}\n`)
    .join("\n");
  return { text, problems: expressions.problems, renamed, sizes };
}

function declaration({ title, cash, commission }: StrategyWords): string {
  const args = [
    quoted(title),
    `initial_capital = ${cash}`,
    ...(commission === 0
      ? []
      : [
          "commission_type = strategy.commission.percent",
          `commission_value = ${Number((100 * commission).toPrecision(15))}`,
        ]),
  ];
  return `strategy(${args.join(", ")})`;
}

function inputLine(spec: ParamSpec, name: string, ranges: StrategyWords["ranges"]): string {
  const { min, max } = ranges[spec.name] ?? {};
  const args = [
    String(spec.default),
    ...(spec.title === null ? [] : [`title = ${quoted(spec.title)}`]),
    ...(min === undefined ? [] : [`minval = ${spec.integer ? Math.ceil(min) : min}`]),
    ...(max === undefined ? [] : [`maxval = ${spec.integer ? Math.floor(max) : max}`]),
    ...(spec.step === null || (spec.integer && !Number.isInteger(spec.step))
      ? []
      : [`step = ${spec.step}`]),
  ];
  return `${name} = input.${spec.integer ? "int" : "float"}(${args.join(", ")})`;
}

function ruleLines(
  { when }: IrRule,
  order: string,
  comment: string | undefined,
  expressions: ExpressionText,
): string[] {
  const said = comment === undefined ? [] : [`// ${oneLine(comment)}`.trimEnd()];
  if (when.kind === "truth" && when.value) return [...said, order];
  return [...said, `if ${expressions.condition(when)}`, `    ${order}`];
}

/** An order call, and what its size is called where it is reckoned at another moment than that of the document. */
interface OrderText {
  readonly text: string;
  readonly what: string | null;
}

function orderOf(
  rule: IrRule,
  index: number,
  all: readonly IrRule[],
  expressions: ExpressionText,
): OrderText {
  const { side, sizing, limit } = rule;
  if (sizing.kind === "close" && closesAlone(rule, all))
    return { text: "strategy.close_all()", what: null };
  const direction = side === "buy" ? "strategy.long" : "strategy.short";
  const { text, what } = quantityOf(rule, expressions);
  const price = limit ? `, limit = ${expressions.number(limit)}` : "";
  const id = `"rule ${index + 1}"`;
  return { text: `strategy.order(${id}, ${direction}, qty = ${text}${price})`, what };
}

/** Whether there is a position to close, and no order of another direction on the same bar. */
function closesAlone(rule: IrRule, all: readonly IrRule[]): boolean {
  const { when, side } = rule;
  const states = statesOf(conjuncts(when));
  if (states.size !== 1 || !states.has(side === "sell" ? "long" : "short")) return false;
  return all.every((other) => other.side === side || exclusive(other.when, when));
}

function quantityOf({ sizing, side }: IrRule, expressions: ExpressionText): OrderText {
  const scalar = (node: NumberNode) => expressions.number(node);
  switch (sizing.kind) {
    case "quantity": {
      const { quantity } = sizing;
      return { text: typeof quantity === "string" ? quantity : scalar(quantity), what: null };
    }
    case "cash":
      return { text: `${scalar(sizing.cash)} / close`, what: "an amount of cash" };
    case "percent_of_equity": {
      const { percent } = sizing;
      const whole = percent.kind === "literal" && percent.value === 100;
      const share = whole ? "strategy.equity" : `strategy.equity * ${scalar(percent)} / 100`;
      return { text: `${share} / close`, what: "a percentage of equity" };
    }
    case "close": {
      const rest = side === "sell" ? "strategy.position_size" : "-strategy.position_size";
      return { text: `math.max(${rest}, 0)`, what: "what is there of the position" };
    }
    default:
      return { text: missing(sizing, expressions), what: null };
  }
}

function missing(sizing: IrSizing, { problems }: ExpressionText): string {
  const construct = `the size ${sizing.kind}`;
  if (!problems.some((one) => one.construct === construct))
    problems.push({ construct, advice: "give a quantity, cash or percent_of_equity" });
  return "na";
}

/** A text of a script: one line, quotes and backslashes marked. */
function quoted(text: string): string {
  return `"${oneLine(text).replace(/[\\"]/g, "\\$&")}"`;
}

function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they would end the line or hide in it.
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").trim();
}
