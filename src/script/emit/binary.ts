import type { BinaryExpr, CoreExpr } from "../../dsl/text/core.ts";
import { type Code, code, literal } from "../../vector/code.ts";
import { walkExpression } from "../analysis/walk.ts";
import type { ExpressionEmitter } from "./expressions.ts";

type Comparison = "lt" | "le" | "gt" | "ge" | "eq" | "ne";

const ARITHMETIC = { add: code`+`, sub: code`-`, mul: code`*`, div: code`/` } as const;
const ORDERED = { lt: code`<`, le: code`<=`, gt: code`>`, ge: code`>=` } as const;

/** Differences up to here are none, for floats (SEMANTICS §4). */
const TOLERANCE = literal(1e-10);

const COMPARISONS: ReadonlySet<string> = new Set(["lt", "le", "gt", "ge", "eq", "ne"]);
const AT_HAND: ReadonlySet<string> = new Set([
  "const",
  "input",
  "field",
  "local",
  "indicator",
  "binary",
]);
const MAX_OPERATIONS = 8;
/** Of joined tests; with more of them a bar is likely to be decided early. */
const MAX_DEPTH = 4;

/** Operators of two values. */
export function emitBinary(expr: BinaryExpr, emitter: ExpressionEmitter): Code {
  const { op, left, right } = expr;
  if (isPlainTest(expr, emitter)) return code`(${bits(expr, emitter)} === 1)`;
  if ((op === "and" || op === "or") && !expr.eager) {
    const test = emitter.emit(left);
    return op === "and"
      ? emitter.choose(test, "bool", () => emitter.emit(right), null, code`&&`)
      : emitter.choose(test, "bool", null, () => emitter.emit(right), code`||`);
  }
  const [a, b] = emitter.emitAll([left, right]) as [Code, Code];
  switch (op) {
    case "and":
      return code`(${a} && ${b})`;
    case "or":
      return code`(${a} || ${b})`;
    case "concat":
      return code`(${a} + ${b})`;
    case "add":
    case "sub":
    case "mul":
    case "div": {
      const plain = code`${a} ${ARITHMETIC[op]} ${b}`;
      // Sums of whole numbers do not overflow; everything else may.
      const safe = expr.type === "int" && (op === "add" || op === "sub");
      return safe ? code`(${plain})` : emitter.finite(plain);
    }
    case "idiv":
      return code`Math.trunc(${emitter.finite(code`${a} / ${b}`)})`;
    case "mod":
      return code`(${a} % ${b})`;
    default:
      return compare(expr, op, a, b, emitter);
  }
}

/**
 * Whether it joins comparisons of what is at hand. All of them are made then: what prices will do is hard to foretell, and a
 * branch that is foretold wrong costs more than some comparisons. Truth values of columns (crossings) are rarely true and left
 * to branches.
 */
function isPlainTest(expr: BinaryExpr, emitter: ExpressionEmitter, depth = MAX_DEPTH): boolean {
  if (depth === 0 || (expr.op !== "and" && expr.op !== "or")) return false;
  return [expr.left, expr.right].every(
    (side) =>
      side.kind === "binary" &&
      (isPlainTest(side, emitter, depth - 1) ||
        (COMPARISONS.has(side.op) && isAtHand(side, emitter))),
  );
}

/** Few operations on columns and constants. */
function isAtHand(expr: CoreExpr, { unit }: ExpressionEmitter): boolean {
  let operations = 0;
  let plain = unit.stages.of(expr) === "pure";
  walkExpression(expr, {
    expression: (each) => {
      operations++;
      plain &&= AT_HAND.has(each.kind) && each.type !== "text";
    },
  });
  return plain && operations <= MAX_OPERATIONS;
}

/** Plain tests as 0 and 1. */
function bits(expr: BinaryExpr, emitter: ExpressionEmitter): Code {
  if (expr.op !== "and" && expr.op !== "or") return emitter.emit(expr);
  const left = bits(expr.left as BinaryExpr, emitter);
  const right = bits(expr.right as BinaryExpr, emitter);
  return expr.op === "and" ? code`(${left} & ${right})` : code`(${left} | ${right})`;
}

/** Numbers by the tolerance of the language, where the script does not ask for less. */
function compare(
  { left, right }: BinaryExpr,
  op: Comparison,
  a: Code,
  b: Code,
  emitter: ExpressionEmitter,
): Code {
  if (isWord(left) || isWord(right)) {
    return op === "ne" ? code`(${a} !== ${b})` : code`(${a} === ${b})`;
  }
  const exact = emitter.unit.script.exact || (left.type === "int" && right.type === "int");
  switch (op) {
    case "eq":
      return exact ? code`(${a} === ${b})` : code`(Math.abs(${a} - ${b}) <= ${TOLERANCE})`;
    case "ne":
      // Unlike !==, false where either is na.
      return code`(Math.abs(${a} - ${b}) > ${exact ? literal(0) : TOLERANCE})`;
    case "lt":
      return exact ? ordered(op, a, b) : code`(${b} - ${a} > ${TOLERANCE})`;
    case "gt":
      return exact ? ordered(op, a, b) : code`(${a} - ${b} > ${TOLERANCE})`;
    case "le":
      return exact ? ordered(op, a, b) : code`(${a} - ${b} <= ${TOLERANCE})`;
    case "ge":
      return exact ? ordered(op, a, b) : code`(${b} - ${a} <= ${TOLERANCE})`;
  }
}

/** Truth values and texts are equal or not. */
const isWord = ({ type }: CoreExpr): boolean => type === "bool" || type === "text";

function ordered(op: keyof typeof ORDERED, a: Code, b: Code): Code {
  return code`(${a} ${ORDERED[op]} ${b})`;
}
