import {
  Bool,
  makeVector,
  type Table,
  Table as TableOf,
  Utf8,
  type Vector,
  vectorFromArray,
} from "apache-arrow";
import { fail } from "../diagnostics/index.ts";
import { type DanfoFrame, isDanfoFrame } from "./frame.ts";

/**
 * A danfo DataFrame as an Arrow table, all values copied. A column of numbers, null and undefined becomes Float64 with
 * NaN for what is missing; of Date objects Float64 in epoch ms; of booleans Bool and of text Utf8, with null slots.
 * Throws a SwymcError for a value that is no DataFrame and for columns of mixed or nested values. The index is left out.
 */
export function fromDanfo(frame: DanfoFrame): Table {
  if (!isDanfoFrame(frame)) return fail("danfo_frame", { found: typeof frame });
  const columns: Record<string, Vector> = {};
  for (const name of frame.columns) {
    Object.defineProperty(columns, name, { value: vectorOf(frame, name), enumerable: true });
  }
  return new TableOf(columns);
}

function vectorOf(frame: DanfoFrame, name: string): Vector {
  const values = frame.shape[0] === 0 ? [] : Array.from(frame.column(name).values);
  const kinds = new Set(values.map(kindOf));
  kinds.delete("missing");
  if (kinds.size > 1) return fail("danfo_values", { name, found: [...kinds].sort() });
  const [kind = "number"] = kinds;
  switch (kind) {
    case "number":
      return makeVector(Float64Array.from(values, (x) => (x ?? Number.NaN) as number));
    case "date":
      return makeVector(
        Float64Array.from(values, (x) => (x instanceof Date ? x.getTime() : Number.NaN)),
      );
    case "boolean":
      return vectorFromArray(values.map(orNull) as (boolean | null)[], new Bool());
    case "string":
      return vectorFromArray(values.map(orNull) as (string | null)[], new Utf8());
    default:
      return fail("danfo_values", { name, found: [kind] });
  }
}

/** danfo writes missing text and booleans as null, undefined or NaN. */
function kindOf(value: unknown): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "missing";
  return value instanceof Date ? "date" : typeof value;
}

function orNull(value: unknown): unknown {
  return kindOf(value) === "missing" ? null : value;
}
