import { fail } from "../diagnostics/index.ts";
import { FIELDS } from "../vector/columns.ts";

/** Accepted spellings of each column, in lower case with `_` for spaces and punctuation. */
export const SPELLINGS = {
  time: [
    "time",
    "ts",
    "timestamp",
    "date",
    "datetime",
    "date_time",
    "open_time",
    "opentime",
    "open_timestamp",
    "unix",
    "unix_timestamp",
    "epoch",
    "gmt_time",
  ],
  open: ["open", "o", "open_price", "price_open"],
  high: ["high", "h", "high_price", "price_high"],
  low: ["low", "l", "low_price", "price_low"],
  close: ["close", "c", "close_price", "price_close"],
  volume: ["volume", "v", "vol", "base_volume", "tick_volume", "tickvol"],
  exchange: ["exchange"],
  mode: ["mode"],
  product: ["product"],
  symbol: ["symbol", "ticker"],
  interval: ["interval"],
} as const;

export type Role = keyof typeof SPELLINGS;

/** Position of each recognised column; volume and the five names of a series may be absent. */
export type Roles = { readonly [R in Role]: number | undefined } & {
  readonly [R in "time" | "open" | "high" | "low" | "close"]: number;
};

/**
 * Finds the columns of a dataset by their names. A column named exactly like a price wins over its
 * other spellings; anything else that fits twice is an error, as is a missing time or price.
 */
export function matchColumns(names: readonly string[], timeColumn?: string): Roles {
  const keys = names.map(normalise);
  const roles = Object.fromEntries(
    (Object.keys(SPELLINGS) as Role[]).map((role) => [role, find(role, names, keys)]),
  ) as Record<Role, number | undefined | "several">;
  if (timeColumn !== undefined) roles.time = named(timeColumn, names);
  for (const role of ["time", "open", "high", "low", "close"] as const) {
    if (roles[role] === undefined) {
      fail("column_missing", { column: role, found: names, accepted: SPELLINGS[role] });
    }
  }
  for (const [role, at] of Object.entries(roles)) {
    if (at === "several") {
      const spellings: readonly string[] = SPELLINGS[role as Role];
      const rivals = names.filter((_, i) => spellings.includes(keys[i]));
      fail("column_ambiguous", { column: role, names: rivals });
    }
  }
  return roles as Roles;
}

/** Lower case, runs of anything but letters and digits as one `_`, none at the ends. */
export function normalise(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_|_$/g, "");
}

function find(role: Role, names: readonly string[], keys: readonly string[]) {
  const spellings: readonly string[] = SPELLINGS[role];
  const hits = keys.flatMap((key, i) => (spellings.includes(key) ? [i] : []));
  if (hits.length <= 1) return hits[0];
  if (new Set(hits.map((i) => keys[i])).size < hits.length) {
    const twice = hits.find((i, n) => hits.some((j, m) => m < n && keys[j] === keys[i]))!;
    fail("column_duplicated", { name: names[twice] });
  }
  const exact = (FIELDS as readonly string[]).includes(role) ? keys.indexOf(role) : -1;
  return exact >= 0 ? exact : "several";
}

function named(name: string, names: readonly string[]): number {
  const exact = names.indexOf(name);
  if (exact >= 0) return exact;
  const loose = names.findIndex((other) => normalise(other) === normalise(name));
  return loose >= 0 ? loose : fail("time_column_unknown", { name, found: names });
}
