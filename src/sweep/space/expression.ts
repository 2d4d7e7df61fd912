import { suggest } from "../../diagnostics/index.ts";
import type { Expression } from "../../dsl/text/ast.ts";
import { parseExpression } from "../../dsl/text/parse/parse-script.ts";

/** An expression over named numbers, ready to evaluate: `row` holds the numbers by their places from `at` on. */
export interface Formula {
  readonly text: string;
  /** Whether it is true or false; it is a number otherwise. */
  readonly boolean: boolean;
  /** Places of the numbers that it reads. */
  readonly reads: ReadonlySet<number>;
  /** Truth values are 1 and 0; a comparison with na is false. */
  evaluate(row: Float64Array, at: number): number;
}

/** Why a text is no formula. */
export class FormulaError extends Error {}

type Evaluate = (row: Float64Array, at: number) => number;

interface Typed {
  readonly boolean: boolean;
  readonly evaluate: Evaluate;
}

const FUNCTIONS: Readonly<Record<string, { arity: number; of: (a: number, b: number) => number }>> =
  {
    abs: { arity: 1, of: Math.abs },
    ceil: { arity: 1, of: Math.ceil },
    floor: { arity: 1, of: Math.floor },
    log: { arity: 1, of: Math.log },
    max: { arity: 2, of: Math.max },
    min: { arity: 2, of: Math.min },
    round: { arity: 1, of: Math.round },
    sqrt: { arity: 1, of: Math.sqrt },
  };

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => (b === 0 ? Number.NaN : a / b),
  "%": (a, b) => a % b,
};

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
};

/**
 * Reads an expression of the text language over the given names; a name that is no identifier, as a JSON pointer, stands
 * in quotes. The tree is turned into closures over numbers: nothing of the text is ever run as code.
 * @throws FormulaError
 */
export function readFormula(text: string, names: readonly string[]): Formula {
  const reads = new Set<number>();
  const { boolean, evaluate } = known(text, { names, reads }) ?? parsed(text, { names, reads });
  return { text, boolean, reads, evaluate };
}

/** A metric or a parameter by itself, as most objectives are: looked up, since setting up the parser takes 0.1 s. */
function known(text: string, scope: Scope): Typed | null {
  const name = text.trim();
  return /^\w+$/.test(name) && scope.names.includes(name) ? named(name, scope) : null;
}

function parsed(text: string, scope: Scope): Typed {
  const { expression, diagnostics } = parseExpression(text);
  if (expression === null) {
    const first = diagnostics[0];
    const column = first?.span === undefined ? "" : ` (column ${first.span.column})`;
    throw new FormulaError(`${first?.message ?? "it is empty"}${column}`);
  }
  return compile(expression, scope);
}

interface Scope {
  readonly names: readonly string[];
  readonly reads: Set<number>;
}

function compile(node: Expression, scope: Scope): Typed {
  switch (node.kind) {
    case "number":
      return number(() => node.value);
    case "bool":
      return truth(() => (node.value ? 1 : 0));
    case "identifier":
      return named(node.name, scope);
    case "text":
      return named(node.value, scope);
    case "unary":
      return unary(node.op, compile(node.operand, scope));
    case "binary":
      return binary(node.op, compile(node.left, scope), compile(node.right, scope));
    case "ternary":
      return ternary(
        compile(node.test, scope),
        compile(node.then, scope),
        compile(node.otherwise, scope),
      );
    case "call": {
      const args = node.args.map(({ value }) => compile(value, scope));
      const plain = node.receiver === null && node.args.every(({ name }) => name === null);
      return call(plain ? node.callee.text : "", args);
    }
    default:
      throw new FormulaError(`it cannot hold ${node.kind === "history" ? "a history" : "that"}`);
  }
}

function named(name: string, { names, reads }: Scope): Typed {
  const place = names.indexOf(name);
  if (place < 0) {
    const meant = suggest(name, names);
    const hint = meant === undefined ? `there are ${names.join(", ")}` : `did you mean "${meant}"?`;
    throw new FormulaError(`there is no "${name}"; ${hint}`);
  }
  reads.add(place);
  return number((row, at) => row[at + place]!);
}

function unary(op: string, operand: Typed): Typed {
  if (op === "not") {
    const { evaluate } = boolean(operand, "not");
    return truth((row, at) => 1 - evaluate(row, at));
  }
  const { evaluate } = numeric(operand, op);
  return number(op === "-" ? (row, at) => -evaluate(row, at) : evaluate);
}

function binary(op: string, left: Typed, right: Typed): Typed {
  if (op === "and" || op === "or") {
    const a = boolean(left, op).evaluate;
    const b = boolean(right, op).evaluate;
    return truth(
      op === "and"
        ? (row, at) => (a(row, at) === 0 ? 0 : b(row, at))
        : (row, at) => (a(row, at) === 0 ? b(row, at) : 1),
    );
  }
  const a = numeric(left, op).evaluate;
  const b = numeric(right, op).evaluate;
  const compare = COMPARISONS[op];
  if (compare !== undefined) return truth((row, at) => (compare(a(row, at), b(row, at)) ? 1 : 0));
  const calculate = ARITHMETIC[op]!;
  return number((row, at) => calculate(a(row, at), b(row, at)));
}

function ternary(test: Typed, then: Typed, otherwise: Typed): Typed {
  if (then.boolean !== otherwise.boolean) {
    throw new FormulaError("both sides of ? : have to be numbers, or both conditions");
  }
  const { evaluate } = boolean(test, "?");
  const [a, b] = [then.evaluate, otherwise.evaluate];
  return {
    boolean: then.boolean,
    evaluate: (row, at) => (evaluate(row, at) === 0 ? b(row, at) : a(row, at)),
  };
}

function call(callee: string, args: readonly Typed[]): Typed {
  const name = callee.replace(/^math\./, "");
  const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (known === undefined) {
    throw new FormulaError(`functions are ${Object.keys(FUNCTIONS).join(", ")}`);
  }
  if (args.length !== known.arity) {
    throw new FormulaError(
      `${name} takes ${known.arity} ${known.arity === 1 ? "number" : "numbers"}`,
    );
  }
  const { of } = known;
  const [a, b] = args.map((arg) => numeric(arg, name).evaluate);
  return number(
    b === undefined
      ? (row, at) => of(a!(row, at), Number.NaN)
      : (row, at) => of(a!(row, at), b(row, at)),
  );
}

function numeric(operand: Typed, op: string): Typed {
  if (operand.boolean) throw new FormulaError(`${op} takes numbers, not conditions`);
  return operand;
}

function boolean(operand: Typed, op: string): Typed {
  if (!operand.boolean) throw new FormulaError(`${op} takes conditions, not numbers`);
  return operand;
}

function number(evaluate: Evaluate): Typed {
  return { boolean: false, evaluate };
}

function truth(evaluate: Evaluate): Typed {
  return { boolean: true, evaluate };
}
