import type { CoreExpr, Qualifier } from "../core.ts";
import { type Fragments, fragments } from "./fragments.ts";
import type { SignatureType, Variable, VariableValue } from "./signature.ts";

const series = (name: string, type: SignatureType, value: VariableValue): Variable => ({
  name,
  type,
  qualifier: "series",
  value,
});

export function made(
  name: string,
  type: SignatureType,
  make: (f: Fragments) => CoreExpr,
  qualifier: Qualifier = "series",
): Variable {
  return {
    name,
    type,
    qualifier,
    value: { to: "expression", make: (scope) => make(fragments(scope)) },
  };
}

export function constant(name: string, value: number | boolean | string): Variable {
  const type =
    typeof value === "boolean"
      ? "bool"
      : typeof value === "string"
        ? "text"
        : Number.isInteger(value)
          ? "int"
          : "float";
  return { name, type, qualifier: "const", value: { to: "const", value } };
}

/** Prices, times and counts of bars. */
export const bars = (): readonly Variable[] => [
  ...(["open", "high", "low", "close", "volume"] as const).map((field) =>
    series(field, "float", { to: "field", field }),
  ),
  ...(["time", "time_close", "bar_index", "last_bar_index"] as const).map((field) =>
    series(field, "int", { to: "field", field }),
  ),
  made("hl2", "float", (f) => f.div(f.add(f.field("high"), f.field("low")), 2)),
  made("hlc3", "float", (f) =>
    f.div(f.add(f.add(f.field("high"), f.field("low")), f.field("close")), 3),
  ),
  made("ohlc4", "float", (f) =>
    f.div(
      f.add(f.add(f.add(f.field("open"), f.field("high")), f.field("low")), f.field("close")),
      4,
    ),
  ),
  made("hlcc4", "float", (f) =>
    f.div(
      f.add(f.add(f.add(f.field("high"), f.field("low")), f.field("close")), f.field("close")),
      4,
    ),
  ),
  constant("na", Number.NaN),
  constant("math.pi", Math.PI),
  constant("math.e", Math.E),
  constant("math.phi", (1 + Math.sqrt(5)) / 2),
  constant("math.rphi", (Math.sqrt(5) - 1) / 2),
];
