import { DEAD, fn } from "./declare.ts";
import type { Signature } from "./signature.ts";

const READS: readonly string[] = [
  "abs(array<any> id) -> same",
  "avg(array<any> id) -> float",
  "binary_search(array<any> id, float val) -> int",
  "binary_search_leftmost(array<any> id, float val) -> int",
  "binary_search_rightmost(array<any> id, float val) -> int",
  "copy(array<any> id) -> same",
  "covariance(array<any> id1, array<any> id2, bool biased = true) -> float",
  "every(array<any> id) -> bool",
  "first(array<any> id) -> element",
  "get(array<any> id, int index) -> element",
  "includes(array<any> id, element value) -> bool",
  "indexof(array<any> id, element value) -> int",
  'join(array<any> id, text separator = "") -> text',
  "last(array<any> id) -> element",
  "lastindexof(array<any> id, element value) -> int",
  "max(array<any> id, int nth = 0) -> element",
  "median(array<any> id) -> float",
  "min(array<any> id, int nth = 0) -> element",
  "mode(array<any> id) -> element",
  "percentile_linear_interpolation(array<any> id, float percentage) -> float",
  "percentile_nearest_rank(array<any> id, float percentage) -> float",
  "percentrank(array<any> id, int index) -> float",
  "range(array<any> id) -> element",
  "size(array<any> id) -> int",
  "slice(array<any> id, int index_from, int index_to) -> same",
  "some(array<any> id) -> bool",
  'sort_indices(array<any> id, text order = "ascending") -> array<int>',
  "standardize(array<any> id) -> array<float>",
  "stdev(array<any> id, bool biased = true) -> float",
  "sum(array<any> id) -> element",
  "variance(array<any> id, bool biased = true) -> float",
];

const WRITES: readonly string[] = [
  "clear(array<any> id) -> void",
  "concat(array<any> id1, array<any> id2) -> same",
  "fill(array<any> id, element value, int index_from = 0, int index_to?) -> void",
  "insert(array<any> id, int index, element value) -> void",
  "pop(array<any> id) -> element",
  "push(array<any> id, element value) -> void",
  "remove(array<any> id, int index) -> element",
  "reverse(array<any> id) -> void",
  "set(array<any> id, int index, element value) -> void",
  "shift(array<any> id) -> element",
  'sort(array<any> id, text order = "ascending") -> void',
  "unshift(array<any> id, element value) -> void",
];

/** Type of the elements, and what they are where nothing is given. */
const SCALARS = {
  float: ["float", "na"],
  int: ["int", "na"],
  bool: ["bool", "false"],
  string: ["text", '""'],
  color: ["color", "na"],
} as const;
const DRAWINGS = ["line", "label", "box", "table", "linefill", "polyline"] as const;

/** `array.new<T>` is `array.new` here; its element type is the type argument. Methods have the array as first argument. */
export const arrayFunctions = (): readonly Signature[] => [
  ...Object.entries(SCALARS).map(([name, [type, empty]]) =>
    fn(
      `array.new_${name}(int size = 0, ${type} initial_value = ${empty}) -> array<${type}>`,
      made("new"),
    ),
  ),
  fn("array.new(int size = 0, any initial_value = na) -> array<any>", made("new")),
  fn("array.from(any arg0...) -> array<any>", made("from")),
  ...DRAWINGS.map((name) =>
    fn(`array.new_${name}(int size = 0, any initial_value?) -> drawing`, DEAD),
  ),
  ...READS.map((text) => method(text, false)),
  ...WRITES.map((text) => method(text, true)),
];

function made(name: string) {
  return { to: "array", fn: name, writes: false } as const;
}

function method(text: string, writes: boolean): Signature {
  return fn(`array.${text}`, { to: "array", fn: text.slice(0, text.indexOf("(")), writes });
}
