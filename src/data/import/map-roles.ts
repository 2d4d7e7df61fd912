import { fail } from "../../diagnostics/index.ts";
import { matchColumns, normalise, type Role, type Roles, SPELLINGS } from "../column-names.ts";
import type { ImportOptions } from "./options.ts";

const ROLES = ["time", "open", "high", "low", "close", "volume", "exchange", "symbol", "interval"];

/** The columns of a source by role: those that `--map` names, and the others by their spelling. */
export function mapRoles(names: readonly string[], { map = {}, timeColumn }: ImportOptions): Roles {
  const mapped = { ...(timeColumn === undefined ? {} : { time: timeColumn }), ...map };
  const places = new Map<number, string>();
  for (const [role, column] of Object.entries(mapped)) {
    if (!ROLES.includes(role)) fail("map_role_unknown", { role, known: ROLES });
    const exact = names.indexOf(column);
    const at =
      exact >= 0 ? exact : names.findIndex((name) => normalise(name) === normalise(column));
    if (at < 0) fail("map_column_unknown", { role, column, found: names });
    places.set(at, role);
  }
  // A column whose role is mapped to another one is none of the known.
  const taken = new Set<string>(Object.keys(mapped).flatMap((role) => SPELLINGS[role as Role]));
  const seen = names.map((name, at) => {
    const role = places.get(at);
    if (role !== undefined) return role;
    return taken.has(normalise(name)) ? "" : name;
  });
  return matchColumns(seen);
}
