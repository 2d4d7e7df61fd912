import { isReference, type MathExpr, type MathFn } from "../../dsl/text/core.ts";
import { type Code, code, word } from "../../vector/code.ts";
import { H, runtime, scratch } from "./letters.ts";

/** What the forms of functions ask of the function that they stand in. */
export interface MathScope {
  /** `x`, na where it is infinite. */
  finite(x: Code): Code;
  /** Announces the scratch variable. */
  useScratch(): void;
  useRuntime(): void;
}

type Form = (args: readonly Code[], expr: MathExpr, scope: MathScope) => Code;

const call =
  (name: string): Form =>
  (args) =>
    code`Math.${word(name)}(${list(args)})`;
const finiteCall =
  (name: string): Form =>
  (args, _, scope) =>
    scope.finite(code`Math.${word(name)}(${list(args)})`);
const helper =
  (name: string): Form =>
  (args) =>
    code`${H}.${word(name)}(${list(args)})`;

const FORMS: Readonly<Record<MathFn, Form>> = {
  abs: call("abs"),
  sign: call("sign"),
  floor: call("floor"),
  ceil: call("ceil"),
  trunc: call("trunc"),
  sqrt: call("sqrt"),
  sin: call("sin"),
  cos: call("cos"),
  tan: finiteCall("tan"),
  asin: call("asin"),
  acos: call("acos"),
  atan: call("atan"),
  exp: finiteCall("exp"),
  log: finiteCall("log"),
  log10: finiteCall("log10"),
  pow: finiteCall("pow"),
  min: call("min"),
  max: call("max"),
  round: helper("round"),
  round_to: helper("roundTo"),
  todegrees: ([x], _, scope) => scope.finite(code`${x!} * 180 / Math.PI`),
  toradians: ([x], _, scope) => scope.finite(code`${x!} * Math.PI / 180`),
  avg: (args, _, scope) =>
    scope.finite(code`(${args.reduce((sum, x) => code`${sum} + ${x}`)}) / ${args.length}`),
  na: ([x], { args }, scope) => {
    const { type } = args[0]!;
    if (type === "bool") return code`(${x!}, false)`;
    if (type === "text") return code`(${x!} === "")`;
    if (isReference(type)) return code`(${x!} === null)`;
    scope.useScratch();
    return code`((${scratch} = ${x!}) !== ${scratch})`;
  },
  nz: ([x, y], { type, args }, scope) => {
    if (type === "bool" || args[0]!.type === "bool") return x!;
    if (args[0]!.type === "text") return code`(${x!} || ${y ?? code`""`})`;
    scope.useScratch();
    return code`((${scratch} = ${x!}) === ${scratch} ? ${scratch} : ${y ?? code`0`})`;
  },
  int: ([x], { args }) => numeric(args[0]!.type, x!, (n) => code`Math.trunc(${n})`),
  float: ([x], { args }) => numeric(args[0]!.type, x!, (n) => n),
  bool: ([x], { args }, scope) => {
    if (args[0]!.type === "bool") return x!;
    if (args[0]!.type === "text") return code`(${x!} !== "")`;
    scope.useScratch();
    return code`((${scratch} = ${x!}) === ${scratch} && ${scratch} !== 0)`;
  },
  round_to_mintick: ([x], _, scope) => {
    scope.useRuntime();
    return code`${runtime}.roundToMintick(${x!})`;
  },
};

export function emitMath(expr: MathExpr, args: readonly Code[], scope: MathScope): Code {
  const form = FORMS[expr.fn];
  if (!form) throw new Error(`no function is called ${expr.fn}`);
  return form(args, expr, scope);
}

function numeric(type: string, x: Code, of: (x: Code) => Code): Code {
  return type === "bool" ? code`(${x} ? 1 : 0)` : of(x);
}

export function list(parts: readonly Code[]): Code {
  return parts.length === 0 ? code`` : parts.reduce((all, part) => code`${all}, ${part}`);
}
