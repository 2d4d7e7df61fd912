/**
 * A column of the reference, one entry per bar. na is NaN.
 * `slack` is how far a correct implementation may be from `value`: 0 where SEMANTICS fixes the bits, a
 * little more behind a standard deviation, Infinity where even na is open (a quotient by nearly nothing).
 */
export interface Series {
  readonly value: readonly number[];
  readonly slack: readonly number[];
}

/** A series whose bits are fixed. */
export function exactSeries(value: readonly number[]): Series {
  return { value, slack: value.map(() => 0) };
}

/** `x[n]`: na before the first bar. */
export function shifted(series: Series, offset: number): Series {
  if (offset === 0) return series;
  const back = (values: readonly number[], outside: number) =>
    values.map((_, bar) => (bar < offset ? outside : values[bar - offset]));
  return { value: back(series.value, Number.NaN), slack: back(series.slack, 0) };
}

type Operator = "add" | "sub" | "mul" | "div";

/** Element-wise arithmetic: na with na, na for `x / 0` and for what overflows. */
export function arithmetic(op: Operator, left: Series, right: Series): Series {
  const value: number[] = [];
  const slack: number[] = [];
  left.value.forEach((a, bar) => {
    const b = right.value[bar];
    const result = APPLY[op](a, b);
    value.push(Number.isFinite(result) ? result : Number.NaN);
    slack.push(errorOf(op, a, b, left.slack[bar], right.slack[bar], result));
  });
  return { value, slack };
}

const APPLY: Record<Operator, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
};

function errorOf(op: Operator, a: number, b: number, da: number, db: number, result: number) {
  if (da === 0 && db === 0) return 0;
  // An na operand makes na of everything, unless its being na is itself in doubt.
  if (da !== Infinity && db !== Infinity && (Number.isNaN(a) || Number.isNaN(b))) return 0;
  if (!Number.isFinite(result)) return Infinity;
  const rounding = Math.abs(result) * 1e-15;
  if (op === "mul") return Math.abs(a) * db + Math.abs(b) * da + da * db + rounding;
  if (op !== "div") return da + db + rounding;
  if (Math.abs(b) <= db) return Infinity;
  return (da + Math.abs(result) * db) / (Math.abs(b) - db) + rounding;
}
