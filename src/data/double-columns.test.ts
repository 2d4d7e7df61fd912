import { expect, test } from "vitest";
import { fetchColumns, withFileReader } from "./duckdb.ts";

const ROWS = 5_000;
const size = { expected: ROWS, limit: ROWS };

test("gives every value of several chunks, na and infinite ones too", async () => {
  const sql = `SELECT i / 8 AS a, CASE i % 3 WHEN 0 THEN 'nan' WHEN 1 THEN '-inf' ELSE '-0' END::DOUBLE AS b
    FROM range(${ROWS}) AS t(i)`;
  const [a, b] = await withFileReader((connection) =>
    fetchColumns(connection, { sql, values: [] }, 2, size),
  );
  const cycle = [Number.NaN, Number.NEGATIVE_INFINITY, -0];
  expect(a).toEqual(Float64Array.from({ length: ROWS }, (_, i) => i / 8));
  expect(b).toEqual(Float64Array.from({ length: ROWS }, (_, i) => cycle[i % 3]));
});

test("refuses a column of another type, whose bytes mean something else", async () => {
  const sql = "SELECT 1::DOUBLE AS a, 2::BIGINT AS b";
  const read = withFileReader((connection) =>
    fetchColumns(connection, { sql, values: [] }, 2, size),
  );
  await expect(read).rejects.toThrow("column 1 is BIGINT");
});
