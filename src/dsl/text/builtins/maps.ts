import { fn } from "./declare.ts";
import type { Signature } from "./signature.ts";

const READS: readonly string[] = [
  "contains(map<any> id, key key) -> bool",
  "copy(map<any> id) -> same",
  "get(map<any> id, key key) -> element",
  "keys(map<any> id) -> array<key>",
  "size(map<any> id) -> int",
  "values(map<any> id) -> array<element>",
];

const WRITES: readonly string[] = [
  "clear(map<any> id) -> void",
  "put(map<any> id, key key, element value) -> element",
  "put_all(map<any> id, map<any> id2) -> void",
  "remove(map<any> id, key key) -> element",
];

/** `map.new<K, V>` has its types in the type arguments. Methods have the map as first argument. */
export const mapFunctions = (): readonly Signature[] => [
  fn("map.new() -> map<any>", { to: "array", fn: "map.new", writes: false }),
  ...READS.map((text) => method(text, false)),
  ...WRITES.map((text) => method(text, true)),
];

function method(text: string, writes: boolean): Signature {
  return fn(`map.${text}`, {
    to: "array",
    fn: `map.${text.slice(0, text.indexOf("("))}`,
    writes,
  });
}
