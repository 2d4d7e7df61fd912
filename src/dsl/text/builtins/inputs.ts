import { fn } from "./declare.ts";
import type { Meaning, Signature, SignatureType } from "./signature.ts";

const input = (type: string): Meaning => ({ to: "input", type });
const LOOK =
  "const text tooltip?, const text inline?, const text group?, const bool confirm?, const any display?, bool active?";

/** `input` as of a version: up to 4 with `type=`, then by the default's own type; `input.*` from 5 on. */
export function inputs(version: number): readonly Signature[] {
  if (version <= 4) {
    return [
      fn(
        "input(any defval, const text title?, const text type?, const any minval?, const any maxval?, const bool confirm?, const any step?, const any options?, const text tooltip?, const text inline?, const text group?) -> any",
        input("auto"),
      ),
    ];
  }
  return [
    fn(
      `input(any defval, const text title?, const text tooltip?, const text inline?, const text group?, const any display?, bool active?) -> any`,
      input("auto"),
    ),
    ...bounded("int"),
    ...bounded("float"),
    one("bool", "bool"),
    chosen("string", "text"),
    chosen("session", "text"),
    chosen("timeframe", "text"),
    chosen("enum", "any"),
    one("symbol", "text"),
    one("text_area", "text"),
    one("time", "int"),
    one("price", "float"),
    one("color", "color"),
    fn(`input.source(float defval|source, const text title?, ${LOOK}) -> float`, input("source")),
  ];
}

function bounded(type: "int" | "float"): readonly Signature[] {
  return [
    fn(
      `input.${type}(const ${type} defval, const text title?, const ${type} minval?, const ${type} maxval?, const ${type} step?, ${LOOK}) -> ${type}`,
      input(type),
    ),
    fn(
      `input.${type}(const ${type} defval, const text title?, const any options?, ${LOOK}) -> ${type}`,
      input(type),
    ),
  ];
}

const one = (name: string, type: SignatureType): Signature =>
  fn(`input.${name}(const ${type} defval, const text title?, ${LOOK}) -> ${type}`, input(name));

const chosen = (name: string, type: SignatureType): Signature =>
  fn(
    `input.${name}(const ${type} defval, const text title?, const any options?, ${LOOK}) -> ${type}`,
    input(name),
  );
