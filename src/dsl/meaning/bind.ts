import { decimalText } from "../../ir/decimal.ts";
import { escapePointer } from "../json/tree.ts";

/** A copy of a document with numbers in place of the parameter references at the given pointers. */
export function substituteParams(
  root: unknown,
  values: ReadonlyMap<string, number>,
  places: ReadonlyMap<string, { readonly name: string }>,
): unknown {
  return copy(root, "", "");

  function copy(value: unknown, pointer: string, key: string): unknown {
    if (typeof value !== "object" || value === null) return value;
    const ref = places.get(pointer);
    if (ref !== undefined) return inPlace(values.get(ref.name)!, key);
    if (Array.isArray(value)) return value.map((one, i) => copy(one, `${pointer}/${i}`, ""));
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [
        name,
        copy(one, `${pointer}/${escapePointer(name)}`, name),
      ]),
    );
  }
}

function inPlace(value: number, key: string): number | string {
  return key === "quantity" || key === "order_quantity" ? decimalText(value) : value;
}
