import type { Span } from "../ast.ts";
import type { InputSpec } from "../core.ts";
import type { ConstantArguments } from "./arguments.ts";

export interface InputCall {
  /** The variable that it is assigned to. */
  readonly name: string;
  /** The `type` of the Meaning. */
  readonly type: string;
  /** What the default value is; `source` is the name of a series, which then stands in the arguments: "close". */
  readonly defval: "int" | "float" | "bool" | "text" | "color" | "source";
  readonly args: ConstantArguments;
  readonly span: Span;
}

/** What `type=input.integer` and `input.session` are read as. */
const TYPES: Readonly<Record<string, InputSpec["type"]>> = {
  bool: "bool",
  int: "int",
  integer: "int",
  float: "float",
  price: "float",
  time: "int",
  string: "text",
  text_area: "text",
  symbol: "text",
  timeframe: "text",
  resolution: "text",
  session: "text",
  color: "color",
  source: "source",
};

/** An input as a parameter. Without a type of its own it has that of its default value. */
export function inputSpec({ name, type, defval, args, span }: InputCall): InputSpec {
  const asked = type === "auto" ? args.type : type;
  const known = typeof asked === "string" && Object.hasOwn(TYPES, asked) ? TYPES[asked] : defval;
  const number = (param: string) => {
    const value = args[param];
    return typeof value === "number" && !Number.isNaN(value) ? value : null;
  };
  const numeric = known === "int" || known === "float";
  const { title, options } = args;
  return {
    name,
    title: typeof title === "string" && title !== "" ? title : null,
    type: known,
    standard: standardOf(known, args.defval),
    min: numeric ? number("minval") : null,
    max: numeric ? number("maxval") : null,
    step: numeric ? number("step") : null,
    options: Array.isArray(options) && known !== "bool" ? (options as (number | string)[]) : null,
    span,
  };
}

const EMPTY = {
  int: Number.NaN,
  float: Number.NaN,
  color: Number.NaN,
  bool: false,
  text: "",
  source: "close",
};

function standardOf(type: InputSpec["type"], value: unknown): number | boolean | string {
  const empty = EMPTY[type];
  if (type === "bool" && typeof value === "number") return value !== 0 && !Number.isNaN(value);
  return typeof value === typeof empty ? (value as number | boolean | string) : empty;
}
