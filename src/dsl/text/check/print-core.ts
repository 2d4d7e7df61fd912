import type { CoreExpr, CoreScript, CoreStatement, OrderCall } from "../core.ts";

/** A core script as text, for golden files and for reading: one statement a line, blocks indented. */
export function printCore(core: CoreScript): string {
  const printer = new Printer(core);
  return [...printer.head(), ...printer.statements(core.body, "")].join("\n");
}

const SIGNS: Readonly<Record<string, string>> = {
  add: "+",
  sub: "-",
  mul: "*",
  div: "/",
  idiv: "//",
  mod: "%",
  lt: "<",
  le: "<=",
  gt: ">",
  ge: ">=",
  eq: "==",
  ne: "!=",
  and: "and",
  or: "or",
  concat: "&",
};

class Printer {
  private readonly core: CoreScript;
  private readonly names: readonly string[];
  private readonly sites = new Map<number, number>();

  constructor(core: CoreScript) {
    this.core = core;
    const seen = new Map<string, number>();
    this.names = core.slots.map(({ name }) => {
      const times = (seen.get(name) ?? 0) + 1;
      seen.set(name, times);
      return times === 1 ? name : `${name}'${times}`;
    });
  }

  *head(): Iterable<string> {
    for (const { name, type, standard, min, max, step, options } of this.core.inputs) {
      const limits = [
        min === null ? "" : ` min ${min}`,
        max === null ? "" : ` max ${max}`,
        step === null ? "" : ` step ${step}`,
        options === null ? "" : ` of ${JSON.stringify(options)}`,
      ];
      yield `input ${type} ${name} = ${JSON.stringify(standard)}${limits.join("")}`;
    }
    for (const { id, type, lifetime, history } of this.core.slots) {
      const past = history === 0 ? "" : ` [${history ?? "?"}]`;
      yield `slot ${lifetime === "var" ? "var " : ""}${type} ${this.names[id]}${past}`;
    }
  }

  *statements(list: readonly CoreStatement[], indent: string): Iterable<string> {
    for (const statement of list) yield* this.statement(statement, indent);
  }

  private *statement(one: CoreStatement, indent: string): Iterable<string> {
    const deeper = `${indent}  `;
    switch (one.kind) {
      case "set":
        yield `${indent}${one.once ? "once " : ""}${this.names[one.slot]} = ${this.text(one.value)}`;
        return;
      case "if":
        yield `${indent}if ${this.text(one.test)}`;
        yield* this.statements(one.then, deeper);
        if (one.otherwise.length > 0) yield `${indent}else`;
        yield* this.statements(one.otherwise, deeper);
        return;
      case "for": {
        const by = one.by === null ? "" : ` by ${this.text(one.by)}`;
        yield `${indent}for ${this.names[one.slot]} = ${this.text(one.from)} to ${this.text(one.to)}${by}`;
        yield* this.statements(one.body, deeper);
        return;
      }
      case "for_in": {
        const index = one.index === null ? "" : `${this.names[one.index]}, `;
        yield `${indent}for ${index}${this.names[one.slot]} in ${this.text(one.array)}`;
        yield* this.statements(one.body, deeper);
        return;
      }
      case "while":
        yield `${indent}while ${this.text(one.test)}`;
        yield* this.statements(one.body, deeper);
        return;
      case "jump":
        yield `${indent}${one.to}`;
        return;
      case "effect":
        yield `${indent}do ${this.text(one.value)}`;
        return;
      case "order":
        yield `${indent}${this.order(one.order)}`;
    }
  }

  private order(order: OrderCall): string {
    if (order.call === "risk") return `risk.${order.rule}(${this.list(order.args)})`;
    const args = Object.entries(order).filter(([key]) => key !== "call");
    return `${order.call}(${args.map(([key, value]) => `${key}=${this.text(value as CoreExpr)}`).join(", ")})`;
  }

  private list(list: readonly CoreExpr[]): string {
    return list.map((one) => this.text(one)).join(", ");
  }

  private text(expr: CoreExpr): string {
    switch (expr.kind) {
      case "const":
        if (typeof expr.value === "number" && Number.isNaN(expr.value)) return "na";
        return typeof expr.value === "string" ? JSON.stringify(expr.value) : String(expr.value);
      case "input":
        return `$${expr.name}`;
      case "field":
        return expr.field;
      case "local":
        return this.names[expr.slot];
      case "past":
        return `${this.text(expr.of)}[${this.text(expr.offset)}]`;
      case "unary":
        return `${expr.op === "neg" ? "-" : "not "}${this.text(expr.operand)}`;
      case "binary":
        return `(${this.text(expr.left)} ${SIGNS[expr.op]}${expr.eager ? "!" : ""} ${this.text(expr.right)})`;
      case "select":
        return `(${this.text(expr.test)} ? ${this.text(expr.then)} : ${this.text(expr.otherwise)})`;
      case "math":
      case "calendar":
        return `${expr.fn}(${this.list(expr.args)})`;
      case "string":
        return `str.${expr.fn}(${this.list(expr.args)})`;
      case "array":
        return `${expr.fn.includes(".") ? "" : "array."}${expr.fn}(${this.list(expr.args)})`;
      case "indicator": {
        const output = expr.output === "value" ? "" : `.${expr.output}`;
        const params = expr.params.length === 0 ? "" : `; ${this.list(expr.params)}`;
        return `${expr.name}${output}#${this.site(expr.site)}(${this.list(expr.sources)}${params})`;
      }
      case "chart":
        return `chart.${expr.field}`;
      case "ledger":
        return `ledger.${expr.field}`;
      case "trade":
        return `${expr.list}.${expr.field}(${this.text(expr.index)})`;
      case "security": {
        const marks = `${expr.heikinashi ? " heikinashi" : ""}${expr.gaps ? " gaps" : ""}${expr.lookahead ? " lookahead" : ""}`;
        const body = [...this.statements(expr.body, "")].map((line) => `${line}; `).join("");
        return `security(${this.text(expr.timeframe)}${marks}: ${body}${this.text(expr.value)})`;
      }
      case "block": {
        const body = [...this.statements(expr.statements, "")].map((line) => `${line}; `).join("");
        return `{${body}${this.text(expr.value)}}`;
      }
    }
  }

  /** Sites are counted in the order of reading, so that dropping code leaves the text of the rest as it is. */
  private site(site: number): number {
    const known = this.sites.get(site) ?? this.sites.size + 1;
    this.sites.set(site, known);
    return known;
  }
}
