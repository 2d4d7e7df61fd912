import type {
  BinaryOp,
  BooleanNode,
  CompareOp,
  IndicatorNode,
  LogicNode,
  NotNode,
  NumberNode,
  PositionState,
} from "../../../ir/index.ts";
import { type CallArgument, callOf, type TextCall } from "./calls.ts";
import { type Names, wordsOf } from "./names.ts";

/** What a node is that scripts do not have. `func`: of which function. */
export interface NotInText {
  readonly construct: string;
  readonly advice: string;
  readonly func?: string;
}

const SIGNS: Readonly<Record<BinaryOp, string>> = { add: "+", sub: "-", mul: "*", div: "/" };
const COMPARISONS: Readonly<Record<CompareOp, string>> = {
  gt: ">",
  lt: "<",
  ge: ">=",
  le: "<=",
  eq: "==",
  ne: "!=",
};
const POSITION: Readonly<Record<PositionState, readonly [is: string, not: string]>> = {
  flat: ["==", "!="],
  long: [">", "<="],
  short: ["<", ">="],
};

/**
 * Nodes as text. Indicators and crosses become variables above the rules: what is computed on every bar stands where it is,
 * and what is shared is written once. The brackets of conditions are those of the document, so that it can be read back.
 */
export class ExpressionText {
  /** Declarations of variables, in the order in which they are needed. */
  readonly lines: string[] = [];
  readonly problems: NotInText[] = [];
  readonly #names: Names;
  /** Names of parameters in the text. */
  readonly #params: ReadonlyMap<string, string>;
  readonly #calls = new Map<string, readonly (string | null)[]>();
  readonly #variables = new Map<BooleanNode | NumberNode, string>();

  constructor(names: Names, params: ReadonlyMap<string, string>) {
    this.#names = names;
    this.#params = params;
  }

  // Numbers.

  number(node: NumberNode): string {
    switch (node.kind) {
      case "literal":
        return String(node.value);
      case "param":
        return this.#params.get(node.name)!;
      case "field":
        return node.field;
      case "history":
        return `${this.#operand(node.source, true)}[${this.number(node.offset)}]`;
      case "indicator":
        return this.#indicator(node);
      case "binary": {
        const product = node.op === "mul" || node.op === "div";
        const left = loose(node.left, product, false)
          ? `(${this.number(node.left)})`
          : this.#operand(node.left);
        const right = loose(node.right, product, true)
          ? `(${this.number(node.right)})`
          : this.#operand(node.right);
        return `${left} ${SIGNS[node.op]} ${right}`;
      }
      case "flag":
        return this.#missing("a condition as a number");
    }
  }

  #operand(node: NumberNode, atom = false): string {
    const text = this.number(node);
    const negative = node.kind === "literal" && node.value < 0;
    return negative || (atom && node.kind === "binary") ? `(${text})` : text;
  }

  #indicator(node: IndicatorNode): string {
    const call = callOf(node);
    if (call === null) return this.#missing(`the function ${node.name}`, node.name);
    if (call.type === "bool") return this.#missing(`${node.name} as a number`, node.name);
    return this.#variable(node, call);
  }

  /** The variable that holds one output of a call; all outputs of a tuple are declared together. */
  #variable(node: IndicatorNode, call: TextCall): string {
    const known = this.#variables.get(node);
    if (known !== undefined) return known;
    const args = call.args.map((argument) => this.#argument(argument)).join(", ");
    const text = args === "" && call.callee === "ta.obv" ? call.callee : `${call.callee}(${args})`;
    const declared = this.#calls.get(text) ?? this.#declare(node, call, text);
    const name = declared[call.outputs.indexOf(node.output)]!;
    this.#variables.set(node, name);
    return name;
  }

  #declare(node: IndicatorNode, call: TextCall, text: string): readonly string[] {
    const stem = wordsOf(call.callee, node, (param) => this.number(param));
    const names =
      call.outputs.length === 1
        ? [this.#names.take(stem)]
        : call.outputs.map((output) => this.#names.take(`${stem}_${output}`));
    this.#calls.set(text, names);
    this.lines.push(`${names.length === 1 ? names[0] : `[${names.join(", ")}]`} = ${text}`);
    return names;
  }

  #argument(argument: CallArgument & { readonly named: boolean }): string {
    const value = "word" in argument ? argument.word : this.#value(argument.node);
    return argument.named ? `${argument.name} = ${value}` : value;
  }

  #value(node: NumberNode): string {
    return node.kind === "flag" ? this.condition(node.operand) : this.number(node);
  }

  #missing(construct: string, func?: string): string {
    const advice = func === undefined ? "" : "the table of built-in names says what scripts have";
    this.problems.push({ construct, advice, ...(func === undefined ? {} : { func }) });
    return "na";
  }

  // Conditions.

  condition(node: BooleanNode): string {
    switch (node.kind) {
      case "compare": {
        const run = node.op === "gt" && isZero(node.right) ? this.#run(node.left) : null;
        return (
          run ?? `${this.#operand(node.left)} ${COMPARISONS[node.op]} ${this.#operand(node.right)}`
        );
      }
      case "cross": {
        const callee = node.direction === "over" ? "ta.crossover" : "ta.crossunder";
        const text = `${callee}(${this.number(node.left)}, ${this.number(node.right)})`;
        return this.#named(
          node,
          node.direction === "over" ? "crossed_over" : "crossed_under",
          () => text,
        );
      }
      case "not":
        return this.#not(node);
      case "position":
        return `strategy.position_size ${POSITION[node.state][0]} 0`;
      case "logic":
        return this.#logic(node);
      case "truth":
        return node.value ? "true" : "false";
      case "vote": {
        const votes = node.operands.map((one) => `(${this.condition(one)} ? 1 : 0)`);
        return `${votes.join(" + ")} >= ${this.number(node.count)}`;
      }
    }
  }

  /** `ta.rising(…)` is a truth value in scripts, and the comparison of a number with 0 in rules. */
  #run(node: NumberNode): string | null {
    const call = node.kind === "indicator" ? callOf(node) : null;
    return call?.type === "bool" ? this.#variable(node as IndicatorNode, call) : null;
  }

  /** Of a cross it stands in a line of its own: there, na makes it false. */
  #not(node: NotNode): string {
    const { operand } = node;
    if (operand.kind === "position")
      return `strategy.position_size ${POSITION[operand.state][1]} 0`;
    const callee = operand.direction === "over" ? "ta.crossover" : "ta.crossunder";
    const args = `${this.number(operand.left)}, ${this.number(operand.right)}`;
    return this.#named(node, "not_crossed", () => `not ${callee}(${args})`);
  }

  #named(node: BooleanNode, stem: string, text: () => string): string {
    const known = this.#variables.get(node);
    if (known !== undefined) return known;
    const value = text();
    const name = this.#names.take(stem);
    this.lines.push(`${name} = ${value}`);
    this.#variables.set(node, name);
    return name;
  }

  /** `true and (…)` marks a group that would otherwise be part of the one around it, or one of a single condition. */
  #logic({ op, operands }: LogicNode): string {
    const [first] = operands;
    if (first === undefined) return op === "and" ? "bar_index >= 0" : "bar_index < 0";
    const group = (node: BooleanNode) => node.kind === "logic" && node.operands.length > 0;
    const parts = operands.map((one) =>
      group(one) ? `(${this.condition(one)})` : this.condition(one),
    );
    const marked =
      operands.length === 1 || (first.kind === "logic" && first.op === op && group(first));
    return [...(marked ? [op === "and" ? "true" : "false"] : []), ...parts].join(` ${op} `);
  }
}

const isZero = (node: NumberNode) => node.kind === "literal" && node.value === 0;

/** Whether an operand needs brackets to stay one. */
function loose(node: NumberNode, product: boolean, right: boolean): boolean {
  if (node.kind !== "binary") return false;
  const sum = node.op === "add" || node.op === "sub";
  return right ? product || sum : product && sum;
}
