import { fail } from "../../diagnostics/index.ts";
import { normalise } from "../column-names.ts";
import type { Column } from "../relation.ts";
import { isExtraName } from "../store/staging.ts";
import { ROLES } from "./map-roles.ts";
import type { ImportOptions } from "./options.ts";

/** More of them are no further numbers of bars but another kind of table. */
export const MOST_EXTRAS = 64;
/** Numbers of a collector's tables that say nothing of a bar. */
const NOT_OF_BARS = ["kline_id", "close_time", "line"];

/**
 * Names of further columns of numbers and where they stand in a source: those that `--map` names, or else all columns
 * of DOUBLE. Text may hold anything, so that of it only mapped ones are kept.
 */
export function extraColumns(
  columns: readonly Column[],
  options: ImportOptions,
  path: string,
  known: readonly string[] = ROLES,
): Map<string, number> {
  const extras = mappedExtras(columns, options, path, known);
  if (extras.size > 0) return extras;
  const used = Object.values(options.map ?? {});
  for (const [at, { name, type }] of columns.entries()) {
    const key = normalise(name);
    const free = isExtraName(key) && !extras.has(key) && !NOT_OF_BARS.includes(key);
    if (type === "DOUBLE" && free && !used.includes(name)) extras.set(key, at);
  }
  return checked(extras, path);
}

/** Those that `--map` names alone. */
export function mappedExtras(
  columns: readonly { readonly name: string }[],
  { map = {} }: ImportOptions,
  path: string,
  known: readonly string[],
): Map<string, number> {
  const extras = new Map<string, number>();
  for (const [role, column] of Object.entries(map)) {
    if (known.includes(role)) continue;
    const exact = columns.findIndex(({ name }) => name === column);
    const loose = columns.findIndex(({ name }) => normalise(name) === normalise(column));
    extras.set(role, exact >= 0 ? exact : loose);
  }
  return checked(extras, path);
}

function checked(extras: Map<string, number>, path: string): Map<string, number> {
  if (extras.size <= MOST_EXTRAS) return extras;
  const problem = `more than ${MOST_EXTRAS} further numbers; --map NAME=COLUMN chooses some`;
  return fail("import_layout", { path, format: "columns", where: "its columns", problem });
}
