import { createRequire } from "node:module";

type DuckDB = typeof import("@duckdb/node-api");

/**
 * DuckDB, loaded when it is first used. By `require`, because `import` looks through all files of a CommonJS package for
 * the names that they export, which takes more than twice as long as running them.
 */
export function duckdb(): DuckDB {
  return createRequire(import.meta.url)("@duckdb/node-api") as DuckDB;
}
