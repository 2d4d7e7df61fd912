import type { MathFn } from "../core.ts";
import { DEAD, fn, NUMBERS, unsupported } from "./declare.ts";
import { fragments } from "./fragments.ts";
import type { Meaning, Signature } from "./signature.ts";

const math = (name: MathFn): Meaning => ({ to: "math", fn: name });

const ONE_FLOAT: readonly MathFn[] = [
  "sqrt",
  "exp",
  "log",
  "log10",
  "sin",
  "cos",
  "tan",
  "asin",
  "acos",
  "atan",
  "todegrees",
  "toradians",
];

export const mathFunctions = (): readonly Signature[] => [
  ...ONE_FLOAT.map((name) =>
    fn(`math.${name}(float number|x|angle|degrees|radians) -> float`, math(name)),
  ),
  fn("math.abs(float number|x) -> same", math("abs")),
  fn("math.sign(float number|x) -> float", math("sign")),
  fn("math.floor(float number|x) -> int", math("floor")),
  fn("math.ceil(float number|x) -> int", math("ceil")),
  fn("math.round(float number|x) -> int", math("round")),
  fn("math.round(float number|x, int precision) -> float", math("round_to")),
  fn("math.pow(float base, float exponent) -> float", math("pow")),
  ...(["max", "min"] as const).flatMap((name) =>
    NUMBERS.map((type) => fn(`math.${name}(${type} number0|x|a...) -> ${type}`, math(name))),
  ),
  fn("math.avg(float number0...) -> float", math("avg")),
  fn("math.round_to_mintick(float number|x) -> float", math("round_to_mintick")),
  fn(
    "math.random(float min?, float max?, int seed?) -> float",
    unsupported("take a fixed number in its place: a backtest must give the same result each time"),
  ),
  fn("na(any source|x) -> bool", math("na")),
  ...NUMBERS.map((type) =>
    fn(`nz(${type} source|x, ${type} replacement|y = 0) -> ${type}`, math("nz")),
  ),
  fn("nz(bool source|x, bool replacement|y = false) -> bool", {
    to: "expression",
    // na of a bool is false.
    make: ([source]) => source!,
  }),
  fn("nz(color source|x, color replacement|y?) -> color", DEAD),
  fn("fixnan(float source|x) -> same", {
    to: "expression",
    make: ([source], scope) => {
      const f = fragments(scope);
      const x = f.bind(source!);
      const last = f.variable(x.type, f.constant(Number.NaN));
      f.set(last, f.select(f.na(x), last, x));
      return last;
    },
  }),
  fn("int(float x) -> int", math("int")),
  fn("float(float x) -> float", math("float")),
  fn("bool(any x) -> bool", math("bool")),
  fn("string(text x) -> text", { to: "expression", make: ([x]) => x! }),
];
