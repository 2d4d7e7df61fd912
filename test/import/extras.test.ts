import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exportBars } from "../../src/data/export/export-bars.ts";
import { openDataset } from "../../src/data/read/open-dataset.ts";
import { duck, written } from "../data/support.ts";
import { fault, imported, temporary } from "./support.ts";

const directory = temporary();
const HOUR = { exchange: "x", symbol: "S", interval: "1h" } as const;
const CSV = `time,open,high,low,close,volume,px_delta,note
2024-01-01T00:00:00Z,1,2,0.5,1,5,0.25,one
2024-01-01T01:00:00Z,1,2,0.5,1,6,,two
`;

async function columnsOf(db: string, symbol = "S") {
  await using data = await openDataset(db);
  const columns = await data.columns({ symbol });
  return Object.fromEntries(Object.entries(columns).map(([name, all]) => [name, [...all]]));
}

describe("further numbers", () => {
  it("of CSV are kept under the names that --map gives them", async () => {
    const path = written(directory, "extra.csv", CSV);
    const db = join(directory, "csv.duckdb");
    const options = { ...HOUR, map: { delta: "px_delta" } };
    const { reports } = await imported(db, [path], options, 2);
    expect(reports.map(({ inserted, unchanged }) => [inserted, unchanged])).toEqual([
      [2, 0],
      [0, 2],
    ]);
    const { delta, volume, ...others } = await columnsOf(db);
    expect({ delta, volume }).toEqual({ delta: [0.25, Number.NaN], volume: [5, 6] });
    expect(Object.keys(others)).toEqual(["time", "open", "high", "low", "close"]);
  });

  it("refuse names that mean something else, and text", async () => {
    const path = written(directory, "refused.csv", CSV);
    const told = (map: Record<string, string>) =>
      fault(imported(":memory:", [path], { ...HOUR, map }));
    for (const role of ["volum", "ts", "position", "a b", 'x"; DROP TABLE candles; --', "Delta"]) {
      expect(await told({ [role]: "px_delta" })).toMatch(/^map_role_unknown/);
    }
    expect(await told({ delta: "gone" })).toMatch(/^map_column_unknown/);
    expect(await told({ delta: "note" })).toBe(
      `import_layout: ${path} row 1: delta is no number (read as columns)`,
    );
  });

  it("of our own database and of a Parquet export come along", async () => {
    const first = join(directory, "first.duckdb");
    await imported(first, [written(directory, "again.csv", CSV)], {
      ...HOUR,
      map: { delta: "px_delta" },
    });
    const parquet = join(directory, "export.parquet");
    await exportBars(first, {}, parquet);
    const expected = await columnsOf(first);
    for (const [name, source] of Object.entries({ first, parquet })) {
      const db = join(directory, `from-${name}.duckdb`);
      await imported(db, [source]);
      expect(await columnsOf(db)).toEqual(expected);
    }
    // The same bars from either change nothing.
    const { reports } = await imported(join(directory, "from-first.duckdb"), [parquet]);
    expect(reports[0]).toMatchObject({ inserted: 0, unchanged: 2 });
  });

  it("of a table are kept by --map, more than 64 of a file asked for", async () => {
    const path = await duck(
      join(directory, "table.duckdb"),
      "CREATE TABLE odd (time TIMESTAMP, open DOUBLE, high DOUBLE, low DOUBLE, close DOUBLE, px INTEGER)",
      "INSERT INTO odd VALUES ('2024-01-01', 1, 2, 0.5, 1, 7)",
    );
    const db = join(directory, "of-table.duckdb");
    await imported(db, [path], { ...HOUR, table: "odd", map: { imbalance: "px" } });
    expect((await columnsOf(db))["imbalance"]).toEqual([7]);
    const wide = Array.from({ length: 65 }, (_, i) => `1.5::DOUBLE AS n${i}`).join(", ");
    const parquet = join(directory, "wide.parquet");
    await duck(
      ":memory:",
      `COPY (SELECT '2024-01-01'::TIMESTAMP AS time, 1.0 AS open, 2.0 AS high, 0.5 AS low, 1.0 AS close, ${wide}) TO '${parquet}'`,
    );
    expect(await fault(imported(":memory:", [parquet], HOUR))).toMatch(/^import_layout: .*64/);
    const wideDb = join(directory, "wide.duckdb");
    await imported(wideDb, [parquet], { ...HOUR, map: { flow: "n7" } });
    expect(Object.keys(await columnsOf(wideDb)).slice(6)).toEqual(["flow"]);
  });
});
