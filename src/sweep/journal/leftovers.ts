import { readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const TEMPORARY = /^(\.meta\.json)?\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp(\.wal)?$/;

/** Removes what a sweep that was killed while it wrote its results left beside them. Only who has claimed `out` may call it. */
export function removeLeftovers(out: string): void {
  const folder = dirname(out);
  const name = basename(out);
  for (const entry of readdirSync(folder)) {
    if (entry.startsWith(name) && TEMPORARY.test(entry.slice(name.length)))
      rmSync(join(folder, entry), { force: true });
  }
}
