import type {
  BAR_FIELDS,
  CalendarExpr,
  CoreExpr,
  CoreOp,
  CoreType,
  FieldExpr,
  LocalExpr,
  MathFn,
  Qualifier,
} from "../core.ts";
import type { MakeScope } from "./signature.ts";

/** Pieces of which the expressions of built-ins are put together, each with the type and the qualifier of its parts. */
export function fragments(scope: MakeScope) {
  const { span } = scope;
  const constant = (value: number | boolean | string): CoreExpr => ({
    kind: "const",
    value,
    type: typeof value === "number" ? "float" : typeof value === "boolean" ? "bool" : "text",
    qualifier: "const",
    span,
  });
  const expr = (value: CoreExpr | number | boolean): CoreExpr =>
    typeof value === "object" ? value : constant(value);
  const binary =
    (op: CoreOp, type?: CoreType) =>
    (a: CoreExpr | number, b: CoreExpr | number): CoreExpr => {
      const left = expr(a);
      const right = expr(b);
      const qualifier = latest([left, right]);
      return {
        kind: "binary",
        op,
        left,
        right,
        eager: false,
        type: type ?? numeric([left, right]),
        qualifier,
        span,
      };
    };
  const math =
    (fn: MathFn, type?: CoreType) =>
    (...values: readonly (CoreExpr | number)[]): CoreExpr => {
      const args = values.map(expr);
      return {
        kind: "math",
        fn,
        args,
        type: type ?? numeric(args),
        qualifier: latest(args),
        span,
      };
    };
  return {
    constant,
    field: (field: (typeof BAR_FIELDS)[number]): FieldExpr => ({
      kind: "field",
      field,
      type: INT_FIELDS.has(field) ? "int" : "float",
      qualifier: "series",
      span,
    }),
    add: binary("add"),
    sub: binary("sub"),
    mul: binary("mul"),
    div: binary("div", "float"),
    mod: binary("mod"),
    lt: binary("lt", "bool"),
    le: binary("le", "bool"),
    gt: binary("gt", "bool"),
    ge: binary("ge", "bool"),
    eq: binary("eq", "bool"),
    ne: binary("ne", "bool"),
    and: binary("and", "bool"),
    or: binary("or", "bool"),
    not: (operand: CoreExpr): CoreExpr => ({
      kind: "unary",
      op: "not",
      operand,
      type: "bool",
      qualifier: operand.qualifier,
      span,
    }),
    neg: (operand: CoreExpr): CoreExpr => ({
      kind: "unary",
      op: "neg",
      operand,
      type: operand.type,
      qualifier: operand.qualifier,
      span,
    }),
    select: (
      test: CoreExpr,
      yes: CoreExpr | number | boolean,
      no: CoreExpr | number | boolean,
    ): CoreExpr => {
      const branches = [expr(yes), expr(no)] as const;
      const type = branches[0].type === branches[1].type ? branches[0].type : numeric(branches);
      return {
        kind: "select",
        test,
        then: branches[0],
        otherwise: branches[1],
        type,
        qualifier: latest([test, ...branches]),
        span,
      };
    },
    na: math("na", "bool"),
    nz: math("nz"),
    abs: math("abs"),
    sign: math("sign"),
    min: math("min"),
    max: math("max"),
    sqrt: math("sqrt", "float"),
    math: (name: MathFn, type: CoreType, ...args: readonly CoreExpr[]) => math(name, type)(...args),
    past: (of: LocalExpr | FieldExpr, offset: CoreExpr | number): CoreExpr => ({
      kind: "past",
      of,
      offset: expr(offset),
      type: of.type,
      qualifier: "series",
      span,
    }),
    indicator: (
      name: string,
      sources: readonly CoreExpr[],
      params: readonly (CoreExpr | number)[] = [],
      output = "value",
      type: CoreType = "float",
    ): CoreExpr => ({
      kind: "indicator",
      name,
      output,
      sources,
      params: params.map(expr),
      site: scope.site(),
      type,
      qualifier: "series",
      span,
    }),
    calendar: (name: CalendarExpr["fn"], ...args: readonly CoreExpr[]): CoreExpr => ({
      kind: "calendar",
      fn: name,
      args,
      type: name === "timeframe_change" ? "bool" : "int",
      qualifier: latest(args),
      span,
    }),
    chart: (field: string, type: CoreType): CoreExpr => ({
      kind: "chart",
      field,
      type,
      qualifier: "simple",
      span,
    }),
    bind: scope.bind,
    /** For what is used twice, such as a length: what is known before the run stays so, as indicators ask for it then. */
    once: (value: CoreExpr): CoreExpr => (value.qualifier === "series" ? scope.bind(value) : value),
    variable: scope.variable,
    set: scope.set,
  };
}

export type Fragments = ReturnType<typeof fragments>;

const INT_FIELDS: ReadonlySet<string> = new Set([
  "time",
  "time_close",
  "bar_index",
  "last_bar_index",
]);
const ORDER: readonly Qualifier[] = ["const", "input", "simple", "series"];

function latest(parts: readonly CoreExpr[]): Qualifier {
  return ORDER[Math.max(0, ...parts.map((part) => ORDER.indexOf(part.qualifier)))];
}

function numeric(parts: readonly CoreExpr[]): CoreType {
  return parts.every((part) => part.type === "int") ? "int" : "float";
}
