import { type IrNode, operandsOf, type ScalarNode } from "./node.ts";
import {
  EXIT_NAMES,
  type IrDistance,
  type IrProgram,
  type IrRule,
  type IrSizing,
  type ParamSpec,
} from "./program.ts";

/**
 * The program as readable text, one node a line, numbered by first need. The text depends on the
 * program's meaning only: it is what golden files hold and, without sizes, what identity is taken of.
 */
export function printProgram(program: IrProgram): string {
  const lines = new NodeLines();
  const rules = program.rules.map((rule) => printRule(rule, lines, true));
  const exits = printExits(program, lines);
  return [
    `dialect ${program.dialect}`,
    ...program.params.map(printParam),
    ...printTiming(program, lines),
    ...lines.text,
    ...rules,
    ...exits,
    "",
  ].join("\n");
}

/** The part of the text that decides what is signalled when: no sizes, no ranges of parameters. */
export function printLogic(program: IrProgram): string {
  const lines = new NodeLines();
  const rules = program.rules.map((rule) => printRule(rule, lines, false));
  const exits = printExits(program, lines);
  return [
    `dialect ${program.dialect}`,
    ...printTiming(program, lines),
    ...lines.text,
    ...rules,
    ...exits,
    "",
  ].join("\n");
}

/** The lines of the nodes of {@link printLogic}, each with its node. */
export function logicLines(program: IrProgram): { text: string; node: IrNode }[] {
  const lines = new NodeLines();
  for (const rule of program.rules) printRule(rule, lines, false);
  printExits(program, lines);
  printTiming(program, lines);
  return lines.text.map((text, k) => ({ text, node: lines.nodes[k]! }));
}

class NodeLines {
  readonly text: string[] = [];
  readonly nodes: IrNode[] = [];
  readonly #numbers = new Map<IrNode, string>();

  /** How `node` is referred to; prints its line, after those of its operands, where it is new. */
  ref(node: IrNode): string {
    if (node.kind === "literal") return String(node.value);
    if (node.kind === "param") return `$${node.name}`;
    const known = this.#numbers.get(node);
    if (known) return known;
    const operands = operandsOf(node).map((o) => this.ref(o));
    const name = `%${this.#numbers.size}`;
    this.#numbers.set(node, name);
    this.nodes.push(node);
    this.text.push(`${name} = ${describe(node, operands)}`);
    return name;
  }
}

function describe(node: IrNode, operands: readonly string[]): string {
  switch (node.kind) {
    case "field":
      return node.field;
    case "history":
      return `history ${operands.join(" ")}`;
    case "indicator": {
      const params = operands.slice(node.sources.length).join(", ");
      const output = node.output === "value" ? "" : `.${node.output}`;
      return `${node.name}${output} ${operands.slice(0, node.sources.length).join(" ")} (${params})`;
    }
    case "binary":
    case "compare":
      return `${node.op} ${operands.join(" ")}`;
    case "cross":
      return `cross_${node.direction} ${operands.join(" ")}`;
    case "vote":
      return `at_least ${operands.join(" ")}`;
    case "logic":
      return `${node.op} ${operands.join(" ")}`.trimEnd();
    case "flag":
      return `flag ${operands.join(" ")}`;
    case "not":
      return `not ${operands.join(" ")}`;
    case "position":
      return `position ${node.state}`;
    case "truth":
      return String(node.value);
    case "literal":
    case "param":
      throw new Error(`${node.kind} nodes are printed in place`);
  }
}

function printRule(rule: IrRule, lines: NodeLines, sizes: boolean): string {
  const when = lines.ref(rule.when);
  const price = rule.limit ? ` limit ${lines.ref(rule.limit)}` : "";
  const size = sizes ? ` ${printSizing(rule.sizing)}` : "";
  return `when ${when} ${rule.side}${price}${size}`;
}

function printExits({ exits = {} }: IrProgram, lines: NodeLines): string[] {
  return EXIT_NAMES.flatMap((name) => {
    const distance = exits[name];
    const word = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return distance === undefined ? [] : [`exit ${word} ${printDistance(distance, lines)}`];
  });
}

function printDistance(distance: IrDistance, lines: NodeLines): string {
  switch (distance.kind) {
    case "percent":
      return `${lines.ref(distance.percent)} %`;
    case "ticks":
      return `${lines.ref(distance.ticks)} ticks`;
    case "atr":
      return `${lines.ref(distance.multiple)} of ${lines.ref(distance.atr)}`;
  }
}

function scalar(node: ScalarNode): string {
  return node.kind === "param" ? `$${node.name}` : String(node.value);
}

function printSizing(sizing: IrSizing): string {
  switch (sizing.kind) {
    case "close":
      return "close";
    case "cash":
      return `cash ${scalar(sizing.cash)}`;
    case "percent_of_equity":
      return `${scalar(sizing.percent)} % of equity`;
    case "volatility_target":
      return `${scalar(sizing.percent)} % a year of ${scalar(sizing.period)} returns, at most ${scalar(sizing.maxPercent)} % of equity`;
    case "kelly":
      return `${scalar(sizing.fraction)} of Kelly of ${scalar(sizing.trades)} trades, ${scalar(sizing.percent)} % of equity until then`;
    case "quantity":
      return typeof sizing.quantity === "string" ? sizing.quantity : scalar(sizing.quantity);
  }
}

function printTiming(program: IrProgram, lines: NodeLines): string[] {
  const { cooldown } = program;
  const none = cooldown.kind === "literal" && cooldown.value === 0;
  return [
    ...(none ? [] : [`cooldown ${lines.ref(cooldown)} s`]),
    ...(program.replaceOrders ? ["replace_orders"] : []),
  ];
}

function printParam(param: ParamSpec): string {
  const range =
    param.min === null && param.max === null ? "" : ` in ${param.min ?? ""}..${param.max ?? ""}`;
  const step = param.step === null ? "" : ` step ${param.step}`;
  return `param ${param.name} = ${param.default}${range}${step}`;
}
