import type { CompareOp, Condition, Expression, FuncExpression } from "../../src/dsl/document.ts";
import type { Bars } from "../../src/vector/columns.ts";
import { expandCondition, number } from "./bind.ts";
import { bollingerBand, ema, highest, lowest, rsi, sma, standardDeviation } from "./functions.ts";
import { barsSince, valueWhen } from "./looking-back.ts";
import { arithmetic, exactSeries, type Series, shifted } from "./series.ts";
import { and, atLeast, FALSE, not, TRUE, type Truth, UNKNOWN } from "./truth.ts";
import { correlation, vwap } from "./two-columns.ts";

export type PositionState = "flat" | "long" | "short";

/** Evaluates the conditions of a bound strategy over bars, one bar at a time, as SEMANTICS §1 to §3 say. */
export class Interpreter {
  readonly #bars: Bars;
  readonly #series = new Map<Expression, Series>();

  constructor(bars: Bars) {
    this.#bars = bars;
  }

  /** What `condition` is at the close of `bar` in a position of that sign. */
  truth(condition: Condition, bar: number, state: PositionState): Truth {
    const named = this.#expanded(condition);
    switch (named.kind) {
      case "position":
        return named.state === state ? TRUE : FALSE;
      case "all_of":
        return and(named.conditions.map((part) => this.truth(part, bar, state)));
      case "any_of":
        return atLeast(
          number(named.at_least, 1),
          named.conditions.map((part) => this.truth(part, bar, state)),
        );
      case "not":
        return not(this.truth(named.condition, bar, state));
      case "compare":
        return compared(this.series(named.left), named.op, this.series(named.right), bar);
      case "cross_over":
        return crossed(this.series(named.left), this.series(named.right), bar);
      case "cross_under":
        return crossed(this.series(named.right), this.series(named.left), bar);
      default:
        throw new Error(`no such condition: ${named.kind}`);
    }
  }

  /** All values of an expression. */
  series(expression: Expression): Series {
    const known = this.#series.get(expression);
    if (known) return known;
    const made = this.#evaluate(expression);
    this.#series.set(expression, made);
    return made;
  }

  readonly #named = new Map<Condition, Condition>();

  #expanded(condition: Condition): Condition {
    const known = this.#named.get(condition) ?? expandCondition(condition);
    this.#named.set(condition, known);
    return known;
  }

  #evaluate(expression: Expression): Series {
    switch (expression.kind) {
      case "literal": {
        const value = number(expression.value);
        return exactSeries(Array.from(this.#bars.time, () => value));
      }
      case "field":
        return shifted(
          exactSeries([...this.#bars[expression.field]]),
          number(expression.offset, 0),
        );
      case "bin_op":
        return arithmetic(
          expression.op,
          this.series(expression.left),
          this.series(expression.right),
        );
      case "func":
        return shifted(this.#function(expression), number(expression.offset, 0));
    }
  }

  #function(func: FuncExpression): Series {
    if (func.name === "barssince") return barsSince(this.#past(func));
    const named = { kind: "field", field: func.field ?? "close" } as const;
    const source = withoutOverflow(this.series(func.source ?? named));
    if (func.name === "valuewhen")
      return valueWhen(
        this.#past(func),
        this.series(func.source ?? named),
        number(func.occurrence, 0),
      );
    if (func.name === "correlation")
      return correlation(source, withoutOverflow(this.series(func.other!)), number(func.period));
    if (func.name === "vwap") return vwap(source, [...this.#bars.volume], this.#bars.time);
    const apply = FUNCTIONS[func.name];
    if (!apply) throw new Error(`no such function: ${func.name}`);
    return apply(source, func);
  }

  /** What the condition of a function is on every bar; it does not ask for the position. */
  #past({ condition }: FuncExpression): Truth[] {
    return Array.from(this.#bars.time, (_, bar) => this.truth(condition!, bar, "flat"));
  }
}

/** Sums and squares of enormous numbers may overflow; SEMANTICS fixes only that no Infinity comes out. */
function withoutOverflow({ value, slack }: Series): Series {
  return { value, slack: slack.map((s, bar) => (Math.abs(value[bar]) > 1e150 ? Infinity : s)) };
}

const FUNCTIONS: Record<string, (source: Series, func: FuncExpression) => Series> = {
  sma: (source, { period }) => sma(source, number(period)),
  ema: (source, { period }) => ema(source, number(period)),
  rsi: (source, { period }) => rsi(source, number(period, 14)),
  std_dev: (source, { period }) => standardDeviation(source, number(period)),
  highest: (source, { period }) => highest(source, number(period)),
  lowest: (source, { period }) => lowest(source, number(period)),
  bollinger: (source, { period, num_std_dev, output }) => {
    const n = number(period, 20);
    if (output === "middle") return sma(source, n);
    return bollingerBand(source, n, number(num_std_dev, 2), output === "upper" ? 1 : -1);
  },
};

const ANYTHING = TRUE | UNKNOWN | FALSE;

function compared(left: Series, op: CompareOp, right: Series, bar: number): Truth {
  const a = left.value[bar];
  const b = right.value[bar];
  const slack = left.slack[bar] + right.slack[bar];
  if (slack === Infinity) return ANYTHING;
  if (Number.isNaN(a) || Number.isNaN(b)) return UNKNOWN;
  if (slack > 0 && Math.abs(a - b) <= slack) return TRUE | FALSE;
  return HOLDS[op](a, b) ? TRUE : FALSE;
}

const HOLDS: Record<CompareOp, (a: number, b: number) => boolean> = {
  ">": (a, b) => a > b,
  "<": (a, b) => a < b,
  ">=": (a, b) => a >= b,
  "<=": (a, b) => a <= b,
  "==": (a, b) => a === b,
};

/**
 * `a > b` now and `a <= b` on the last earlier bar where both were defined; unknown where one is na now or
 * no earlier pair was defined.
 */
function crossed(a: Series, b: Series, bar: number): Truth {
  const now = compared(a, ">", b, bar);
  for (let earlier = bar - 1; earlier >= 0; earlier--) {
    const before = compared(a, "<=", b, earlier);
    // It may or may not be the last pair, so anything may be.
    if (before === ANYTHING) return ANYTHING;
    if (before !== UNKNOWN) return now === UNKNOWN || now === ANYTHING ? now : and([now, before]);
  }
  return UNKNOWN;
}
