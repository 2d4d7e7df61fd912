import { resolve } from "node:path";

/** An absolute path in which no character is a wildcard to DuckDB. */
export function literalPath(path: string): string {
  return resolve(path).replace(/[*?[]/g, "[$&]");
}
