import type { Table, Vector } from "apache-arrow";
import { fail } from "../diagnostics/index.ts";
import { type DanfoFrame, type DanfoModule, isDanfoFrame } from "./frame.ts";
import { loadDanfo } from "./load-danfo.ts";

/**
 * An Arrow table as a danfo DataFrame, all values copied; meant for tables of results, not for hot paths.
 * Numbers and 64-bit integers become numbers (na and null slots NaN), timestamps and dates epoch ms, booleans and text
 * stay what they are (null slots null). `danfo` is the module to use, the installed danfojs-node unless given.
 * Throws a SwymcError where danfo is not installed, an integer is beyond 2^53, a column has a type without
 * counterpart, or a name that danfo's DataFrame keeps for itself (`values`, `shape`).
 */
export function toDanfo<Frame = DanfoFrame>(table: Table, danfo?: DanfoModule<Frame>): Frame {
  const module = danfo ?? loadDanfo<Frame>();
  const { DataFrame } = module;
  const names = table.schema.fields.map((field) => String(field.name));
  for (const [k, name] of names.entries()) {
    if (names.indexOf(name) !== k) fail("column_duplicated", { name });
    if (!holds(module, name)) fail("danfo_column_name", { name });
  }
  if (table.numRows === 0) return new DataFrame([], { columns: names });
  const columns = names.map((name, k) => [name, values(table.getChildAt(k)!, name)] as const);
  return new DataFrame(Object.fromEntries(columns));
}

/**
 * danfo makes each column a property of its frame. A name like `count` only hides that method; one of an accessor
 * (`values`) or of what danfo itself calls (`column`) breaks the frame.
 */
function holds<Frame>({ DataFrame }: DanfoModule<Frame>, name: string): boolean {
  const prototype = DataFrame.prototype as object;
  if (!(name in prototype)) return true;
  if (isAccessor(prototype, name) && name !== "__proto__") return false;
  try {
    const frame: unknown = new DataFrame(Object.fromEntries([[name, [7]]]));
    return isDanfoFrame(frame) && frame.columns[0] === name && frame.column(name).values[0] === 7;
  } catch {
    return false;
  }
}

function isAccessor(prototype: object | null, name: string): boolean {
  for (let at = prototype; at !== null; at = Object.getPrototypeOf(at)) {
    const property = Object.getOwnPropertyDescriptor(at, name);
    if (property !== undefined) return property.get !== undefined;
  }
  return false;
}

function values(vector: Vector, name: string): unknown[] {
  const type = String(vector.type);
  if (/^(Utf8|LargeUtf8|Bool|Dictionary<.*(Utf8|Bool))/.test(type)) return Array.from(vector);
  if (!/^(Float|U?[Ii]nt|Timestamp|Date|Decimal)/.test(type)) {
    return fail("danfo_column_type", { name, type });
  }
  const numbers: number[] = new Array(vector.length);
  for (let i = 0; i < numbers.length; i++) {
    const value: unknown = vector.get(i);
    const number = value === null ? Number.NaN : Number(value);
    if (typeof value === "bigint" && !Number.isSafeInteger(number)) {
      return fail("danfo_integer", { name, row: i, value: String(value) });
    }
    numbers[i] = number;
  }
  return numbers;
}
