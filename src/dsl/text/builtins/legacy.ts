import { fn } from "./declare.ts";
import { fragments } from "./fragments.ts";
import type { Signature, SignatureType, Variable } from "./signature.ts";
import { constant } from "./variables.ts";

/** Functions that version 5 dropped. */
export const legacyFunctions = (): readonly Signature[] => [
  ...(["int", "float", "bool", "text", "color"] as const).map(iff),
  fn("offset(float source, int offset) -> same", {
    to: "expression",
    make: ([source, offset], scope) => {
      const f = fragments(scope);
      return f.past(f.bind(source!), offset!);
    },
  }),
  // With a series for the length, the two averages are given.
  fn("ta.rsi(float x, float y) -> float", {
    to: "expression",
    make: ([up, down], scope) => {
      const f = fragments(scope);
      return f.sub(100, f.div(100, f.add(f.div(up!, down!), 1)));
    },
  }),
];

/** Both branches are computed, as they are arguments. */
function iff(type: SignatureType): Signature {
  return fn(`iff(bool condition, ${type} then, ${type} _else|otherwise) -> ${type}`, {
    to: "expression",
    make: ([condition, yes, no], scope) => {
      const f = fragments(scope);
      const then = f.bind(yes!);
      const otherwise = f.bind(no!);
      return f.select(condition!, then, otherwise);
    },
  });
}

const INPUT_TYPES = [
  "bool",
  "color",
  "float",
  "integer",
  "price",
  "resolution",
  "session",
  "source",
  "string",
  "symbol",
  "time",
];

/** `type=input.integer` up to version 4. */
export const inputTypes = (): readonly Variable[] =>
  INPUT_TYPES.map((type) => constant(`input.${type}`, type));
export const INPUT_TYPE_NAMES: readonly string[] = INPUT_TYPES;
