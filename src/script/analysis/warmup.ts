import type { Span } from "../../dsl/text/ast.ts";
import type {
  CoreExpr,
  CoreScript,
  CoreStatement,
  IndicatorExpr,
  PastExpr,
} from "../../dsl/text/core.ts";
import { indicator } from "../../indicators/registry.ts";
import type { GivenInputs } from "../run/inputs.ts";
import { Stages } from "./stages.ts";
import { orderArguments, walk, walkExpression } from "./walk.ts";

/** Why a script has no bound of bars: what in it depends on all earlier ones, or on how many is not known. */
export interface EndlessWarmup {
  readonly what: string;
  readonly span: Span;
}

export interface ScriptWarmup {
  /** Bars before everything that orders depend on can be known; Infinity where there is no bound. */
  readonly bars: number;
  /** Empty where there is a bound. */
  readonly endless: readonly EndlessWarmup[];
}

/**
 * Bars that a script needs before its orders: those of its indicators and of the past that it reads, summed along what depends
 * on what. There is no bound where a variable keeps its value or reads its own past, where an offset or a length is only known
 * during the run, where something is computed on some bars only, and for bars of another timeframe, whose length is not known.
 */
export function scriptWarmup(script: CoreScript, inputs: GivenInputs): ScriptWarmup {
  return new Warmup(script, inputs).found();
}

/** Bars before an expression of the script can be known, as {@link scriptWarmup} counts them. */
export function expressionWarmups(
  script: CoreScript,
  inputs: GivenInputs,
): (expr: CoreExpr) => number {
  const warmup = new Warmup(script, inputs);
  warmup.found();
  return (expr) => warmup.of(expr);
}

class Warmup {
  readonly #script: CoreScript;
  readonly #inputs: GivenInputs;
  readonly #stages: Stages;
  readonly #steady = new Set<number>();
  readonly #bars: Float64Array;
  readonly #most = new Map<number, number>();
  readonly #endless = new Map<string, EndlessWarmup>();
  #changed = false;
  #last = false;

  constructor(script: CoreScript, inputs: GivenInputs) {
    this.#script = script;
    this.#inputs = inputs;
    this.#stages = new Stages(script.slots, script.inputs, script.body, null, null);
    this.#bars = new Float64Array(script.slots.length);
    walk(script.body, {
      expression: (expr, { conditional }) => {
        if (expr.kind === "indicator" && !conditional) this.#steady.add(expr.site);
      },
    });
  }

  found(): ScriptWarmup {
    let most = 0;
    // Each round carries the numbers over one more variable that is read before it is set; what grows on is its own past.
    for (let round = 0; round < MAX_ROUNDS; round++) {
      this.#last = round === MAX_ROUNDS - 1;
      this.#changed = false;
      most = 0;
      walk(this.#script.body, {
        statement: (statement) => {
          this.#statement(statement);
          for (const root of rootsOf(statement)) most = Math.max(most, this.of(root));
        },
      });
      if (!this.#changed) break;
    }
    const endless = [...this.#endless.values()];
    return { bars: endless.length > 0 ? Number.POSITIVE_INFINITY : most, endless };
  }

  #statement(statement: CoreStatement): void {
    switch (statement.kind) {
      case "set": {
        const { slot, value, span } = statement;
        const { name, lifetime } = this.#script.slots[slot]!;
        if (lifetime === "var" && this.#stages.ofSlot(slot) === "bar")
          this.#unbounded(`${name} keeps its value from bar to bar`, span);
        else this.#raise(slot, this.of(value), span);
        return;
      }
      case "for": {
        const { slot, from, to, span } = statement;
        this.#most.set(slot, Math.max(this.#largest(from), this.#largest(to)));
        this.#raise(slot, Math.max(this.of(from), this.of(to)), span);
        return;
      }
      case "for_in":
        this.#raise(statement.slot, this.of(statement.array), statement.span);
        return;
      default:
        return;
    }
  }

  #raise(slot: number, bars: number, span: Span): void {
    if (bars <= this.#bars[slot]!) return;
    this.#bars[slot] = bars;
    this.#changed = true;
    if (this.#last)
      this.#unbounded(`${this.#script.slots[slot]!.name} depends on its own past`, span);
  }

  of(expr: CoreExpr): number {
    switch (expr.kind) {
      case "local":
        return this.#bars[expr.slot]!;
      case "past":
        return this.#past(expr);
      case "indicator":
        return this.#indicator(expr);
      case "security":
        return this.#unbounded("request.security() reads bars of another length", expr.span);
      default:
        return this.#parts(expr);
    }
  }

  #parts(expr: CoreExpr): number {
    let most = 0;
    walkExpression(expr, {
      expression: (part) => {
        if (part === expr || !LEAVES.has(part.kind)) return;
        most = Math.max(most, this.of(part));
      },
    });
    return most;
  }

  #past({ of, offset, span }: PastExpr): number {
    const back = this.#largest(offset);
    if (!Number.isFinite(back))
      return this.#unbounded("an offset that is only known during the run", span);
    const slot = of.kind === "local" ? of.slot : null;
    if (slot !== null && this.#stages.sometimes(slot))
      return this.#unbounded("the past of a value that is computed on some bars only", span);
    return this.of(of) + back;
  }

  #indicator(expr: IndicatorExpr): number {
    const { name, sources, params, site, span } = expr;
    if (!this.#steady.has(site))
      return this.#unbounded(`${name} is computed on some bars only`, span);
    const numbers = params.map((param) => this.#value(param));
    if (numbers.some(Number.isNaN))
      return this.#unbounded(`a number of ${name} is only known during the run`, span);
    const own = indicator(name)!.warmup(numbers, "tv");
    return sources.reduce((most, source) => Math.max(most, this.of(source)), 0) + own;
  }

  /** The value of what is constant for a run; NaN where it is not, or is made by more than arithmetic. */
  #value(given: CoreExpr): number {
    const expr = this.#stages.of(given) === "run" ? this.#stages.resolve(given) : given;
    switch (expr.kind) {
      case "const":
        return Number(expr.value);
      case "input":
        return Number(this.#inputs[expr.name]);
      case "unary":
        return expr.op === "neg" ? -this.#value(expr.operand) : Number.NaN;
      case "math":
        return MATH[expr.fn]?.(...expr.args.map((arg) => this.#value(arg))) ?? Number.NaN;
      case "binary":
        return ARITHMETIC[expr.op]?.(this.#value(expr.left), this.#value(expr.right)) ?? Number.NaN;
      default:
        return Number.NaN;
    }
  }

  /** The largest value of a whole number; Infinity where it is not known. */
  #largest(expr: CoreExpr): number {
    const value = this.#value(expr);
    if (!Number.isNaN(value)) return Math.trunc(value);
    if (expr.kind === "local") return this.#most.get(expr.slot) ?? Number.POSITIVE_INFINITY;
    if (expr.kind === "binary" && expr.op === "add")
      return this.#largest(expr.left) + this.#largest(expr.right);
    if (expr.kind === "binary" && expr.op === "sub" && !Number.isNaN(this.#value(expr.right)))
      return this.#largest(expr.left) - this.#value(expr.right);
    return Number.POSITIVE_INFINITY;
  }

  #unbounded(what: string, span: Span): number {
    if (!this.#endless.has(what)) this.#endless.set(what, { what, span });
    return Number.POSITIVE_INFINITY;
  }
}

const MAX_ROUNDS = 16;

function rootsOf(statement: CoreStatement): readonly CoreExpr[] {
  switch (statement.kind) {
    case "set":
    case "effect":
      return [statement.value];
    case "if":
    case "while":
      return [statement.test];
    case "for":
      return [statement.from, statement.to, ...(statement.by ? [statement.by] : [])];
    case "for_in":
      return [statement.array];
    case "order":
      return orderArguments(statement.order);
    case "jump":
      return [];
  }
}

/** What `walkExpression` meets that has bars of its own. */
const LEAVES: ReadonlySet<CoreExpr["kind"]> = new Set(["local", "past", "indicator", "security"]);

type Numbers = Readonly<Record<string, ((...values: number[]) => number) | undefined>>;
const MATH: Numbers = {
  max: Math.max,
  min: Math.min,
  floor: Math.floor,
  ceil: Math.ceil,
  round: Math.round,
  abs: Math.abs,
  sqrt: Math.sqrt,
  int: Math.trunc,
  float: (x) => x,
};
const ARITHMETIC: Numbers = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  idiv: (a, b) => Math.trunc(a / b),
};
