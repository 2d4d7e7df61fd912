import {
  type CoreExpr,
  type CoreStatement,
  type CoreType,
  type FieldExpr,
  type IndicatorExpr,
  isReference,
  type TradeExpr,
} from "../../dsl/text/core.ts";
import { type Code, code, literal, type Name, word } from "../../vector/code.ts";
import { FIELD_COLUMNS } from "../unit.ts";
import { emitBinary } from "./binary.ts";
import { bare, emitCollection } from "./collections.ts";
import type { FunctionBuilder } from "./function-builder.ts";
import { emitPast } from "./history.ts";
import * as letters from "./letters.ts";
import { bar, broker, E, lastBar, runtime, scratch } from "./letters.ts";
import { emitMath, list, type MathScope } from "./math.ts";
import { naOf } from "./na.ts";
import { bitsOf } from "./test-bits.ts";
import type { UnitBuilder } from "./unit-builder.ts";

/** Which function an expression stands in. */
export type Mode = "prologue" | "column" | "loop";

/** What the bar loop has beside columns: slots and statements inside of expressions. */
export interface LoopScope {
  /** The variable of a slot that the loop computes, null where it is not set there. */
  local(slot: number): Name | null;
  statements(statements: readonly CoreStatement[]): void;
}

/** Ledger entries that are properties of the broker. */
const PROPERTIES: ReadonlySet<string> = new Set([
  "position_size",
  "position_avg_price",
  "equity",
  "netprofit",
  "openprofit",
  "closedtrades",
  "opentrades",
]);

/** Expressions as JavaScript: numbers, true and false, strings, arrays. */
export class ExpressionEmitter implements MathScope {
  readonly unit: UnitBuilder;
  readonly fn: FunctionBuilder;
  readonly #mode: Mode;
  readonly #loop: LoopScope | null;
  readonly #stepped: Set<number>[] = [new Set()];

  constructor(unit: UnitBuilder, fn: FunctionBuilder, mode: Mode, loop: LoopScope | null = null) {
    this.unit = unit;
    this.fn = fn;
    this.#mode = mode;
    this.#loop = loop;
  }

  emit(expr: CoreExpr): Code {
    if (this.#mode !== "prologue") {
      if (expr.kind !== "const" && this.unit.stages.of(expr) === "run") return this.#run(expr);
      const bit = this.#mode === "loop" ? (this.unit.tests?.bitOf(expr) ?? null) : null;
      if (bit !== null) return code`((${bitsOf(this)}[${bar}] & ${2 ** bit}) !== 0)`;
      const column = this.unit.stages.of(expr) === "pure" ? this.#column(expr) : null;
      if (column) return column;
    }
    return this.#compute(expr);
  }

  /** Several expressions in order: what was computed before a later one's statements is held. */
  emitAll(exprs: readonly CoreExpr[]): Code[] {
    const { lines } = this.fn.block;
    const marks: number[] = [];
    const codes = exprs.map((expr) => {
      const result = this.emit(expr);
      marks.push(lines.length);
      return result;
    });
    for (let k = exprs.length - 2; k >= 0; k--) {
      if (marks[k] === lines.length || exprs[k]!.kind === "const") continue;
      if (marks[k] === marks[exprs.length - 1]) continue;
      const held = this.fn.temporary();
      lines.splice(marks[k]!, 0, code`const ${held} = ${codes[k]!};`);
      codes[k] = code`${held}`;
    }
    return codes;
  }

  /** Emits into a block of its own, in which streams that advance are not known to have done so outside. */
  within<T>(emit: () => T) {
    this.#stepped.push(new Set());
    try {
      return this.fn.within(emit);
    } finally {
      this.#stepped.pop();
    }
  }

  finite(x: Code): Code {
    this.useScratch();
    // 0 * x is NaN for infinite x and +-0 otherwise: overflow and division by zero become na.
    return code`((${scratch} = ${x}) + 0 * ${scratch})`;
  }

  useScratch(): void {
    this.fn.scratch = true;
  }

  useRuntime(): void {
    this.fn.head(runtime, code`${E}.A`);
  }

  useBroker(): void {
    this.fn.head(broker, code`${E}.B`);
  }

  /** Holds a value in a variable of the block. */
  hold(value: Code): Name {
    const name = this.fn.temporary();
    this.fn.block.push(code`const ${name} = ${value};`);
    return name;
  }

  #run(given: CoreExpr): Code {
    const expr = this.unit.stages.resolve(given);
    if (expr.kind === "const") return this.#compute(expr);
    if (expr.type === "text") return this.#text(expr);
    const at = this.unit.number(expr);
    this.fn.reads.numbers.add(at);
    const name = this.fn.head(letters.run(at), code`${E}.P[${at}]`);
    return expr.type === "bool" ? code`(${name} === 1)` : code`${name}`;
  }

  #text(expr: CoreExpr): Code {
    const at = this.unit.text(expr);
    this.fn.reads.texts.add(at);
    return code`${this.fn.head(letters.text(at), code`${E}.T[${at}]`)}`;
  }

  #column(expr: CoreExpr): Code | null {
    const direct = this.unit.directColumn(expr);
    if (direct !== null) return this.load(direct, expr.type, code`${bar}`);
    if (expr.kind !== "local" || expr.type === "text") return null;
    const near = this.#loop ? this.#loop.local(expr.slot) !== null : this.unit.light(expr.slot);
    return near ? null : this.load(this.unit.column(expr), expr.type, code`${bar}`);
  }

  /** The value of a column; the function keeps the column at hand. */
  load(column: number, type: CoreType, index: Code): Code {
    this.fn.reads.columns.add(column);
    const name = this.fn.head(letters.column(column), code`${E}.C[${column}]`);
    return type === "bool" ? code`(${name}[${index}] === 1)` : code`${name}[${index}]`;
  }

  #compute(expr: CoreExpr): Code {
    switch (expr.kind) {
      case "const":
        if (typeof expr.value === "string") return this.#text(expr);
        if (typeof expr.value === "boolean") return expr.value ? code`true` : code`false`;
        if (expr.type === "bool") return code`false`;
        if (expr.type === "text") return code`""`;
        if (isReference(expr.type)) return code`null`;
        return literal(expr.value);
      case "input": {
        const at = this.unit.inputs.get(expr.name)!;
        this.fn.reads.inputs.add(at);
        if (expr.type === "text") return code`${E}.W[${at}]`;
        return expr.type === "bool" ? code`(${E}.N[${at}] === 1)` : code`${E}.N[${at}]`;
      }
      case "chart":
        return code`${E}.Q[${this.unit.chart(expr.field)}]`;
      case "field":
        return this.#field(expr);
      case "local":
        return this.#local(expr.slot);
      case "past":
        return emitPast(expr, this);
      case "unary": {
        const operand = this.emit(expr.operand);
        return expr.op === "neg" ? code`(-${operand})` : code`(!${operand})`;
      }
      case "binary":
        return emitBinary(expr, this);
      case "select":
        return this.choose(
          this.emit(expr.test),
          expr.type,
          () => this.emit(expr.then),
          () => this.emit(expr.otherwise),
        );
      case "math":
        return emitMath(expr, this.emitAll(expr.args), this);
      case "indicator":
        return this.#stream(expr);
      case "ledger": {
        this.useBroker();
        const field = word(expr.field);
        if (PROPERTIES.has(expr.field)) return code`${broker}.${field}`;
        this.unit.ledger.add(expr.field);
        return expr.type === "text"
          ? code`${broker}.ledgerText("${field}")`
          : code`${broker}.ledger("${field}")`;
      }
      case "trade":
        return this.#trade(expr);
      case "calendar": {
        this.useRuntime();
        const reads = expr.fn.startsWith("time_") || expr.fn === "timeframe_change";
        const args = this.emitAll(expr.args);
        return code`${runtime}.${word(expr.fn)}(${list(reads ? [code`${bar}`, ...args] : args)})`;
      }
      case "string": {
        this.useRuntime();
        const fn = word(bare(expr.fn));
        // A regular expression may be wrong: its place goes with it.
        const place = expr.fn === "match" ? [code`${this.unit.span(expr.span)}`] : [];
        const call = code`${runtime}.strings.${fn}(${list([...this.emitAll(expr.args), ...place])})`;
        return isReference(expr.type) ? code`${this.hold(call)}` : call;
      }
      case "array":
        return emitCollection(expr, this);
      case "security":
        return this.load(this.unit.column(expr), expr.type, code`${bar}`);
      case "block":
        if (!this.#loop) return this.emit(expr.value);
        this.#loop.statements(expr.statements);
        return this.emit(expr.value);
    }
  }

  #field(expr: FieldExpr): Code {
    if (expr.field === "bar_index") return code`${bar}`;
    if (expr.field === "last_bar_index") {
      return code`${this.fn.head(lastBar, code`${E}.n - 1`)}`;
    }
    return this.load(FIELD_COLUMNS.indexOf(expr.field), expr.type, code`${bar}`);
  }

  #local(slot: number): Code {
    const local = this.#loop?.local(slot);
    if (local) return code`${local}`;
    const value = this.unit.stages.valueOf(slot);
    const known = this.#mode === "prologue" ? this.unit.known(value) : undefined;
    if (known === undefined) return this.emit(value);
    this.fn.reads[value.type === "text" ? "texts" : "numbers"].add(known);
    if (value.type === "text") return code`${E}.T[${known}]`;
    return value.type === "bool" ? code`(${E}.P[${known}] === 1)` : code`${E}.P[${known}]`;
  }

  /** Only the branch taken is computed; `short` is the operator where one branch is the test itself. */
  choose(
    test: Code,
    type: CoreType,
    then: (() => Code) | null,
    otherwise: (() => Code) | null,
    short?: Code,
  ): Code {
    const yes = then && this.within(then);
    const no = otherwise && this.within(otherwise);
    if (!yes?.block.lines.length && !no?.block.lines.length) {
      if (short) return code`(${test} ${short} ${(yes ?? no)!.result})`;
      return code`(${test} ? ${yes!.result} : ${no!.result})`;
    }
    const value = this.fn.temporary();
    const start = short ? test : naOf(type);
    const asked = short ? code`${value}` : test;
    this.fn.block.push(code`let ${value} = ${start};`);
    if (yes) {
      this.fn.block.push(code`if (${asked}) {
${yes.block.lines}
${value} = ${yes.result};
}`);
    }
    if (no) {
      const head = yes ? code`else {` : code`if (!${asked}) {`;
      this.fn.block.push(code`${head}
${no.block.lines}
${value} = ${no.result};
}`);
    }
    return code`${value}`;
  }

  #stream(expr: IndicatorExpr): Code {
    const { site, output } = this.unit.site(expr);
    const out = this.fn.head(letters.output(site), code`${E}.R[${site}]`);
    if (!this.#stepped.some((scope) => scope.has(site))) this.#step(expr, site);
    const value = this.hold(code`${out}[${output}]`);
    return expr.type === "bool" ? code`(${value} === 1)` : code`${value}`;
  }

  #step(expr: IndicatorExpr, site: number): void {
    const { params } = this.unit.sites[site]!;
    const changing = params === null ? expr.params : [];
    const values = this.emitAll([...expr.sources, ...changing]);
    const numbers = [...expr.sources, ...changing].map((each, k) =>
      each.type === "bool" ? code`+${values[k]!}` : values[k]!,
    );
    const into = this.fn.head(letters.input(site), code`${E}.I[${site}]`);
    expr.sources.forEach((_, k) => {
      this.fn.block.push(code`${into}[${k}] = ${numbers[k]!};`);
    });
    if (changing.length > 0) {
      const held = this.fn.head(letters.param(site), code`${E}.M[${site}]`);
      changing.forEach((_, k) => {
        this.fn.block.push(code`${held}[${k}] = ${numbers[expr.sources.length + k]!};`);
      });
    }
    const advance = this.fn.head(letters.step(site), code`${E}.S[${site}]`);
    this.fn.block.push(code`${advance}(${into});`);
    this.#stepped[this.#stepped.length - 1]!.add(site);
  }

  #trade(expr: TradeExpr): Code {
    this.useBroker();
    const index = this.emit(expr.index);
    const list = word(expr.list);
    const field = word(expr.field);
    return expr.type === "text"
      ? code`${broker}.tradeText("${list}", "${field}", ${index})`
      : code`${broker}.trade("${list}", "${field}", ${index})`;
  }
}
