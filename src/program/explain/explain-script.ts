import type { Span } from "../../dsl/text/ast.ts";
import { shown } from "../../dsl/text/check/types.ts";
import { type CoreExpr, type CoreStatement, isReference } from "../../dsl/text/core.ts";
import type {
  ExplainedCause,
  ExplainedStatement,
  ExplainedValue,
} from "../../report/explanation.ts";
import { expressionWarmups } from "../../script/analysis/warmup.ts";
import {
  instrument,
  type ProbedStatement,
  type ProbedValue,
} from "../../script/explain/instrument.ts";
import { type ProbedValues, probeRun } from "../../script/explain/probe-run.ts";
import type { GivenInputs } from "../../script/run/inputs.ts";
import type { ScriptRunOptions } from "../../script/run-script.ts";
import type { Bars } from "../../vector/columns.ts";
import type { ScriptProgram } from "../script-program.ts";
import { warmingUp } from "./reasons.ts";

type Told = number | boolean | string | null;

/** Longest text of an expression in a line. */
const MAX_TEXT = 72;

/**
 * What a script computes and orders on a bar, statement by statement: its values as the generated loop has them, for the run is
 * repeated with a listener at each of its expressions.
 */
export function explainScript(
  program: ScriptProgram,
  bars: Bars,
  bar: number,
  inputs: GivenInputs | undefined,
  options: ScriptRunOptions,
): ExplainedStatement[] {
  const probed = instrument(program.core);
  const values = probeRun(probed, bars, bar, options);
  const warmups = expressionWarmups(program.core, program.bind(inputs));
  const explainer = new ScriptExplainer(program, values, warmups, bar, bars.time);
  return explainer.statements(probed.statements, []);
}

class ScriptExplainer {
  readonly #program: ScriptProgram;
  readonly #values: ProbedValues;
  readonly #warmups: (expr: CoreExpr) => number;
  readonly #bar: number;
  readonly #time: Float64Array;

  constructor(
    program: ScriptProgram,
    values: ProbedValues,
    warmups: (expr: CoreExpr) => number,
    bar: number,
    time: Float64Array,
  ) {
    this.#program = program;
    this.#values = values;
    this.#warmups = warmups;
    this.#bar = bar;
    this.#time = time;
  }

  statements(
    list: readonly ProbedStatement[],
    around: readonly ExplainedCause[],
  ): ExplainedStatement[] {
    return list.flatMap((one) => {
      if (!this.#isMade(one.statement)) return [this.#statement(one, around)];
      return this.statements([...one.then, ...one.otherwise], around);
    });
  }

  #statement(probed: ProbedStatement, around: readonly ExplainedCause[]): ExplainedStatement {
    const { statement } = probed;
    const reached = this.#values.has(probed.reached);
    const values = probed.values.flatMap((value) => this.#value(value, null));
    const test = statement.kind === "if" ? this.#cause(probed.values[0]!) : null;
    const failed = (wanted: boolean) =>
      test === null || !reached || test.value === wanted ? around : [...around, test];
    const inside = [
      ...this.statements(probed.then, failed(true)),
      ...this.statements(probed.otherwise, failed(false)),
    ];
    const value = this.#result(probed);
    const needed =
      statement.kind === "set" && reached ? this.#na(statement.value, value, []) : undefined;
    return {
      kind: kindOf(statement),
      line: this.#line(statement.span.start),
      text: this.#textOf(statement),
      reached,
      value,
      ...(needed === undefined ? {} : { reason: needed }),
      parts: partsOf(statement, values),
      because: statement.kind === "order" && !reached ? around : [],
      inside,
    };
  }

  /** Of a variable what it is afterwards, of an `if` its condition. */
  #result({ statement, variable, values, reached }: ProbedStatement): Told {
    if (!this.#values.has(reached)) return null;
    if (statement.kind === "set") {
      const { type } = this.#program.core.slots[statement.slot]!;
      if (isReference(type)) return shown(type);
      if (variable !== null) return this.#told(variable, type);
    }
    const [test] = values;
    return statement.kind === "if" && test ? this.#of(test) : null;
  }

  #of({ expr, probe }: ProbedValue): Told {
    if (expr.kind === "const") return plain(expr.value, expr.type);
    return probe === null ? null : this.#told(probe, expr.type);
  }

  #told(probe: number, type: string): Told {
    const value = this.#values.get(probe);
    return value === undefined ? null : plain(value, type);
  }

  /** A value with its parts; what only stands for a part of its own text is left out. */
  #value(probed: ProbedValue, above: CoreExpr | null): ExplainedValue[] {
    const { expr, probe } = probed;
    const same =
      above !== null && expr.span.start === above.span.start && expr.span.end === above.span.end;
    const parts = probed.parts.flatMap((part) => this.#value(part, same ? above : expr));
    if (same || probe === null || this.#standsFor(expr.span)) return parts;
    const computed = this.#values.has(probe);
    const value = this.#of(probed);
    const reason = computed ? this.#na(expr, value, parts) : "not computed on this bar";
    return [
      {
        text: expr.kind === "input" ? expr.name : this.#slice(expr.span.start, expr.span.end),
        value,
        ...(reason === undefined ? {} : { reason }),
        parts: expr.kind === "local" || !computed ? [] : parts,
      },
    ];
  }

  #na(expr: CoreExpr, value: Told, parts: readonly ExplainedValue[]): string | undefined {
    if (value !== null) return undefined;
    const needed = this.#warmups(expr);
    if (Number.isFinite(needed) && this.#bar < needed) return warmingUp(needed, this.#time);
    return parts.some((part) => part.value === null) ? undefined : "not defined for these values";
  }

  #cause(test: ProbedValue): ExplainedCause {
    const { span } = test.expr;
    const text = this.#slice(span.start, span.end);
    return { text, value: this.#of(test) === true, line: this.#line(span.start) };
  }

  #textOf(statement: CoreStatement): string {
    const { span } = statement;
    switch (statement.kind) {
      case "if":
        return `if ${this.#slice(statement.test.span.start, statement.test.span.end)}`;
      case "for":
      case "for_in":
      case "while":
        return this.#program.source.slice(span.start, span.end).split("\n", 1)[0]!.trim();
      case "set":
        return this.#nameOf(statement.slot) + this.#slice(span.start, span.end);
      default:
        return this.#slice(span.start, span.end);
    }
  }

  /** Parameters and variables of functions are told by name: their text is that of the argument. */
  #nameOf(slot: number): string {
    const [, name] = /\.(\w+)$/.exec(this.#program.core.slots[slot]!.name) ?? [];
    return name === undefined ? "" : `${name}: `;
  }

  /** The counter and the bounds of a loop, and what a built-in library computes: in no line of the script. */
  #isMade({ kind, span }: CoreStatement): boolean {
    if (span.start === span.end) return true;
    return kindOf({ kind }) !== "loop" && this.#standsFor(span);
  }

  /** Of a whole loop or import, as which no expression of the script begins, or of a built-in function written in the language. */
  #standsFor({ start, end }: Span): boolean {
    if (start === end) return true;
    return /^(?:import|for|while)\s/.test(this.#program.source.slice(start, start + 7));
  }

  #slice(start: number, end: number): string {
    const text = this.#program.source.slice(start, end).replace(/\s+/g, " ").trim();
    return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT - 1)}…`;
  }

  #line(offset: number): number {
    return this.#program.placeOf({ start: offset, end: offset }).span?.line ?? 1;
  }
}

function plain(value: number | boolean | string, type: string): Told {
  if (type === "text") return typeof value === "string" ? value : "";
  if (type === "bool") return value === true || value === 1;
  return typeof value === "number" && Number.isNaN(value) ? null : value;
}

function kindOf({ kind }: Pick<CoreStatement, "kind">): ExplainedStatement["kind"] {
  if (kind === "set" || kind === "if" || kind === "order") return kind;
  return kind === "for" || kind === "for_in" || kind === "while" ? "loop" : "other";
}

/** What a statement says itself already is not repeated below it. */
function partsOf(
  statement: CoreStatement,
  values: readonly ExplainedValue[],
): readonly ExplainedValue[] {
  if (statement.kind !== "set" && statement.kind !== "if") return values;
  return values.length === 1 ? values[0]!.parts : values;
}
