import { fn } from "./declare.ts";
import type { Signature } from "./signature.ts";

const READS: readonly string[] = [
  "avg(matrix<any> id) -> float",
  "col(matrix<any> id, int column) -> array<element>",
  "columns(matrix<any> id) -> int",
  "copy(matrix<any> id) -> same",
  "det(matrix<any> id) -> float",
  "elements_count(matrix<any> id) -> int",
  "get(matrix<any> id, int row, int column) -> element",
  "inv(matrix<any> id) -> matrix<float>",
  "is_square(matrix<any> id) -> bool",
  "max(matrix<any> id) -> element",
  "min(matrix<any> id) -> element",
  "row(matrix<any> id, int row) -> array<element>",
  "rows(matrix<any> id) -> int",
  "submatrix(matrix<any> id, int from_row = 0, int to_row?, int from_column = 0, int to_column?) -> same",
  "trace(matrix<any> id) -> float",
  "transpose(matrix<any> id) -> same",
];

const WRITES: readonly string[] = [
  "add_col(matrix<any> id, int column?, array<element> array_id?) -> void",
  "add_row(matrix<any> id, int row?, array<element> array_id?) -> void",
  "fill(matrix<any> id, element value, int from_row = 0, int to_row?, int from_column = 0, int to_column?) -> void",
  "remove_col(matrix<any> id, int column?) -> array<element>",
  "remove_row(matrix<any> id, int row?) -> array<element>",
  "reverse(matrix<any> id) -> void",
  "set(matrix<any> id, int row, int column, element value) -> void",
  'sort(matrix<any> id, int column = 0, text order = "ascending") -> void',
  "swap_columns(matrix<any> id, int column1, int column2) -> void",
  "swap_rows(matrix<any> id, int row1, int row2) -> void",
];

/** Of a matrix and a number, an array or another matrix; the name at run time tells which. */
const WITH_ANOTHER: Readonly<Record<string, string>> = {
  "sum(matrix<any> id1, float id2) -> same": "sum_number",
  "sum(matrix<any> id1, matrix<any> id2) -> same": "sum",
  "diff(matrix<any> id1, float id2) -> same": "diff_number",
  "diff(matrix<any> id1, matrix<any> id2) -> same": "diff",
  "mult(matrix<any> id1, float id2) -> same": "mult_number",
  "mult(matrix<any> id1, array<any> id2) -> array<element>": "mult_array",
  "mult(matrix<any> id1, matrix<any> id2) -> same": "mult",
};

/** `matrix.new<T>` has its type in the type argument. Methods have the matrix as first argument. */
export const matrixFunctions = (): readonly Signature[] => [
  method("new(int rows = 0, int columns = 0, any initial_value?) -> matrix<any>", false),
  ...READS.map((text) => method(text, false)),
  ...WRITES.map((text) => method(text, true)),
  ...Object.entries(WITH_ANOTHER).map(([text, name]) => method(text, false, name)),
];

function method(text: string, writes: boolean, name = text.slice(0, text.indexOf("("))): Signature {
  return fn(`matrix.${text}`, { to: "array", fn: `matrix.${name}`, writes });
}
