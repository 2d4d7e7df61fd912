import type { Span } from "../../dsl/text/ast.ts";
import {
  type CoreExpr,
  type CoreScript,
  type CoreStatement,
  type FieldExpr,
  type IndicatorExpr,
  isReference,
  type SecurityExpr,
} from "../../dsl/text/core.ts";
import { indicator } from "../../indicators/registry.ts";
import type { Code } from "../../vector/code.ts";
import { Shapes } from "../analysis/shapes.ts";
import { Stages } from "../analysis/stages.ts";
import { walkExpression } from "../analysis/walk.ts";
import { type ColumnStep, FIELD_COLUMNS, type StreamSite } from "../unit.ts";
import type { Reads } from "./function-builder.ts";
import type { TestBits } from "./test-bits.ts";

/** The loop of a column and the columns that it reads. */
export interface EmittedMap {
  readonly body: Code;
  readonly reads: Reads;
}

/** Tables that the code of a unit refers to by number; they grow while it is emitted. */
export class UnitBuilder {
  readonly script: CoreScript;
  readonly stages: Stages;
  readonly shapes: Shapes;
  readonly inputs: ReadonlyMap<string, number>;
  readonly texts: (string | null)[] = [];
  readonly charts: string[] = [];
  readonly steps: (ColumnStep & { readonly body?: Code; readonly constants?: Reads })[] = [];
  readonly sites: StreamSite[] = [];
  readonly subs: { readonly expr: SecurityExpr; readonly column: number }[] = [];
  readonly spans: Span[] = [];
  readonly histories: ("number" | "bool" | "text" | "object")[] = [];
  /** What the prologue computes, in order. */
  readonly runs: { readonly expr: CoreExpr; readonly at: number; readonly text: boolean }[] = [];
  columns = FIELD_COLUMNS.length;
  numbers = 0;
  usesTimeClose = false;
  /** Calls of strategy.exit. */
  exits = 0;
  /** What is read of the ledger beside the broker's properties. */
  readonly ledger = new Set<string>();
  /** Set by the compiler: tests that are made before the bar loop. */
  tests: TestBits | null = null;
  /** Set by the compiler: the loop of a column. */
  emitMap: (expr: CoreExpr) => EmittedMap = () => {
    throw new Error("no emitter");
  };
  readonly #weights = new Map<CoreExpr, number>();
  readonly #runOf = new Map<number, number>();
  readonly #textOf = new Map<CoreExpr, number>();
  readonly #columnOf = new Map<number, number>();
  readonly #callOf = new Map<string, readonly number[]>();
  readonly #siteOf = new Map<number, number>();
  readonly #historyOf = new Map<number, number>();

  constructor(
    script: CoreScript,
    body: readonly CoreStatement[],
    value: CoreExpr | null,
    outer: Stages | null,
  ) {
    this.script = script;
    this.inputs = new Map(script.inputs.map((input, index) => [input.name, index]));
    this.stages = new Stages(script.slots, script.inputs, body, value, outer);
    this.shapes = new Shapes(this.stages, this.inputs);
    // In the order of the program, so that long chains of names need no deep recursion.
    for (const slot of this.stages.assigned) {
      const stage = this.stages.ofSlot(slot);
      if (stage === "bar") continue;
      const meaning = this.stages.valueOf(slot);
      this.shapes.of(meaning);
      this.#weigh(meaning);
      if (stage === "pure" || meaning.kind === "const") continue;
      if (meaning.type === "text") this.text(meaning);
      else this.number(meaning);
    }
  }

  /** The place of a constant of a run, if it has one already. */
  known(expr: CoreExpr): number | undefined {
    return expr.type === "text" ? this.#textOf.get(expr) : this.#runOf.get(this.shapes.of(expr));
  }

  /** The place of a number or truth value that is constant for a run. */
  number(expr: CoreExpr): number {
    const shape = this.shapes.of(expr);
    const known = this.#runOf.get(shape);
    if (known !== undefined) return known;
    const at = this.numbers++;
    this.#runOf.set(shape, at);
    this.runs.push({ expr, at, text: false });
    return at;
  }

  /** The place of a text that is constant for a run. */
  text(expr: CoreExpr): number {
    const known = this.#textOf.get(expr);
    if (known !== undefined) return known;
    const constant = expr.kind === "const" ? String(expr.value) : null;
    const at = this.texts.push(constant) - 1;
    this.#textOf.set(expr, at);
    if (constant === null) this.runs.push({ expr, at, text: true });
    return at;
  }

  chart(field: string): number {
    const known = this.charts.indexOf(field);
    return known >= 0 ? known : this.charts.push(field) - 1;
  }

  span(span: Span): number {
    return this.spans.push(span) - 1;
  }

  /** The column of a pure number or truth value (1 and 0), computed if it is not one yet. */
  column(given: CoreExpr): number {
    const expr = this.stages.resolve(given);
    const direct = this.directColumn(expr);
    if (direct !== null) return direct;
    const shape = this.shapes.of(expr);
    const known = this.#columnOf.get(shape);
    if (known !== undefined) return known;
    // First what it is made of, then itself.
    const { body, reads } = this.emitMap(expr);
    const output = this.columns++;
    this.#columnOf.set(shape, output);
    const columns = [...reads.columns];
    this.steps.push({ kind: "map", body, reads: columns, constants: reads, output });
    return output;
  }

  /** Whether a pure slot is computed anew where a column loop reads it, for a column of its own would cost more. */
  light(slot: number): boolean {
    return this.#weigh(this.stages.valueOf(slot)) <= LIGHT;
  }

  #weigh(expr: CoreExpr): number {
    const known = this.#weights.get(expr);
    if (known !== undefined) return known;
    let weight = 0;
    walkExpression(expr, {
      expression: (each) => {
        weight++;
        if (each.kind !== "local" || this.stages.ofSlot(each.slot) !== "pure") return;
        weight += this.#weigh(this.stages.valueOf(each.slot));
      },
    });
    this.#weights.set(expr, weight);
    return weight;
  }

  /** The column that a pure expression is without further computing, else null. */
  directColumn(expr: CoreExpr): number | null {
    switch (expr.kind) {
      case "field":
        return this.#field(expr);
      case "indicator":
        return this.stages.of(expr) === "pure" ? this.#indicator(expr) : null;
      case "local":
        return this.stages.ofSlot(expr.slot) === "pure"
          ? this.#known(this.stages.valueOf(expr.slot))
          : null;
      case "input":
        return this.stages.of(expr) === "pure" ? this.#source(expr.name) : null;
      case "security":
        return this.#security(expr);
      case "block":
        return this.stages.of(expr) === "pure" ? this.directColumn(expr.value) : null;
      default:
        return null;
    }
  }

  /** What a slot stands for, as far as that is a column already. */
  #known(value: CoreExpr): number | null {
    return this.directColumn(value) ?? this.#columnOf.get(this.shapes.of(value)) ?? null;
  }

  #field(expr: FieldExpr): number | null {
    const at = FIELD_COLUMNS.indexOf(expr.field as (typeof FIELD_COLUMNS)[number]);
    if (expr.field === "time_close") this.usesTimeClose = true;
    return at < 0 ? null : at;
  }

  /** All outputs come from one call of the kernel. */
  #indicator(expr: IndicatorExpr): number {
    const sources = expr.sources.map((source) => this.column(source));
    const params = expr.params.map((param) => this.number(param));
    const key = `${expr.name} ${sources}; ${params}`;
    let outputs = this.#callOf.get(key);
    const definition = indicator(expr.name);
    if (!definition) throw new Error(`no indicator is called ${expr.name}`);
    if (!outputs) {
      outputs = definition.outputs.map(() => this.columns++);
      this.#callOf.set(key, outputs);
      const span = this.span(expr.span);
      this.steps.push({ kind: "indicator", name: expr.name, sources, params, outputs, span });
    }
    return outputs[outputAt(definition.outputs, expr.output)]!;
  }

  #source(name: string): number {
    const input = this.inputs.get(name)!;
    const key = `source ${input}`;
    let outputs = this.#callOf.get(key);
    if (!outputs) {
      outputs = [this.columns++];
      this.#callOf.set(key, outputs);
      this.steps.push({ kind: "source", input, output: outputs[0]! });
    }
    return outputs[0]!;
  }

  #security(expr: SecurityExpr): number {
    const known = this.subs.find((sub) => sub.expr === expr);
    if (known) return known.column;
    const column = this.columns++;
    this.steps.push({
      kind: "security",
      sub: this.subs.push({ expr, column }) - 1,
      timeframe: this.text(expr.timeframe),
      output: column,
      span: this.span(expr.span),
    });
    return column;
  }

  /** The stream of a site in the bar loop. */
  site(expr: IndicatorExpr): { site: number; output: number } {
    const definition = indicator(expr.name);
    if (!definition) throw new Error(`no indicator is called ${expr.name}`);
    const output = outputAt(definition.outputs, expr.output);
    const known = this.#siteOf.get(expr.site);
    if (known !== undefined) return { site: known, output };
    const fixed = expr.params.every((param) => this.stages.of(param) === "run");
    const site = this.sites.push({
      name: expr.name,
      sources: expr.sources.length,
      params: fixed ? expr.params.map((param) => this.number(param)) : null,
      count: expr.params.length,
      span: this.span(expr.span),
    });
    this.#siteOf.set(expr.site, site - 1);
    return { site: site - 1, output };
  }

  /** Where the past of a slot of the bar loop is kept. */
  history(slot: number): number {
    const known = this.#historyOf.get(slot);
    if (known !== undefined) return known;
    const { type } = this.script.slots[slot]!;
    const kind = isReference(type)
      ? "object"
      : type === "bool" || type === "text"
        ? type
        : "number";
    const at = this.histories.push(kind) - 1;
    this.#historyOf.set(slot, at);
    return at;
  }

  /** Whether a slot's past is read and has only some of the bars. */
  sometimes(slot: number): boolean {
    return this.script.slots[slot]!.history !== 0 && this.stages.sometimes(slot);
  }

  get pasts(): ReadonlyMap<number, number> {
    return this.#historyOf;
  }
}

/** Operations up to which a value is computed twice rather than kept. */
const LIGHT = 24;

function outputAt(outputs: readonly string[], output: string): number {
  const at = outputs.indexOf(output);
  if (at < 0) throw new Error(`no output is called ${output}`);
  return at;
}
