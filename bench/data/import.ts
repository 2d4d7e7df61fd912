/**
 * Import of CSV rows into a keyed table, beside DuckDB's own `INSERT … SELECT read_csv` into the same table:
 *
 *     npm run bench:import -- --rows 5000000 --rounds 3
 *
 * Once into an empty table, and once (`--filled`, the rows stored before) into one that holds another symbol. Rounds
 * alternate; medians of CPU seconds and of wall seconds are told. Before any time counts, both tables hold the same rows.
 */
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { importSources } from "../../src/data/import/import-sources.ts";
import { withStore } from "../../src/data/store/open-store.ts";

const LIMIT = 1.3;
const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "5000000" },
    rounds: { type: "string", default: "3" },
    filled: { type: "string", default: "2000000" },
  },
});
const count = Number(values.rows);
const stored = Number(values.filled);
const folder = mkdtempSync(join(tmpdir(), "swymc-bench-"));
const csv = join(folder, "bars.csv");

try {
  await withDuckDB(":memory:", (connection) => writeCsv(connection));
  await compare("into an empty table", makeTable);
  const filled = join(folder, "filled.db");
  await makeTable(filled);
  await withDuckDB(filled, fill);
  await compare(`into a table of ${stored}`, async (db) => copyFileSync(filled, db));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Times both, each in a database of its own that `prepare` makes. */
async function compare(title: string, prepare: (db: string) => Promise<void>): Promise<void> {
  const times = { swymc: [] as Time[], duckdb: [] as Time[] };
  const [ours, theirs] = [join(folder, "ours.db"), join(folder, "theirs.db")];
  for (let round = 0; round < Number(values.rounds); round++) {
    await prepare(theirs);
    times.duckdb.push(await timed(() => insertDirectly(theirs)));
    await prepare(ours);
    times.swymc.push(await timed(() => importBars(ours)));
    if (round === 0) await sameRows(ours, theirs);
    for (const db of [ours, theirs]) rmSync(db, { force: true });
  }
  report(title, times);
}

interface Time {
  readonly cpu: number;
  readonly wall: number;
}

async function importBars(db: string): Promise<void> {
  const options = { exchange: "bench", symbol: "AAA", interval: "1m" } as const;
  await withStore(db, { create: true, files: [csv] }, async (store) => {
    for await (const one of importSources(store, [csv], options)) {
      if (one.inserted !== count) throw new Error(`${one.inserted} of ${count} rows were stored`);
    }
  });
}

/** A database of ours without bars. */
function makeTable(db: string): Promise<void> {
  return withStore(db, { create: true }, async () => undefined);
}

/** Bars of another symbol, over the same years. */
async function fill(connection: DuckDBConnection): Promise<void> {
  await connection.run(`INSERT INTO candles SELECT 'bench', 'ZZZ', '1m', make_timestamp(1500000000000000 + i * 60000000),
    1.5, 2.5, 0.5, 1.25, i % 1000 FROM range(${stored}) AS t(i)`);
}

async function insertDirectly(db: string): Promise<void> {
  await withDuckDB(db, async (connection) => {
    await connection.run(
      `INSERT INTO candles SELECT 'bench', 'AAA', '1m', * FROM read_csv(?, header = true, columns =
        {'time': 'TIMESTAMP', 'open': 'DOUBLE', 'high': 'DOUBLE', 'low': 'DOUBLE', 'close': 'DOUBLE', 'volume': 'DOUBLE'})`,
      [csv],
    );
  });
}

async function writeCsv(connection: DuckDBConnection): Promise<void> {
  await connection.run(
    `COPY (SELECT strftime(make_timestamp(1500000000000000 + i * 60000000), '%Y-%m-%dT%H:%M:%SZ') AS time,
        base AS open, round(base + up, 2) AS high, round(base - down, 2) AS low, base AS close, round(1 + up * 9, 5) AS volume
      FROM (SELECT i, round(20000 + 1000 * sin(i / 5000.0) + (i * 7919 % 1000) / 200.0, 2) AS base,
        (i * 104729 % 1000) / 100.0 AS up, (i * 15485863 % 1000) / 100.0 AS down FROM range(${count}) AS t(i)))
     TO '${csv.replaceAll("'", "''")}' (HEADER)`,
  );
}

async function sameRows(ours: string, theirs: string): Promise<void> {
  await withDuckDB(":memory:", async (connection) => {
    for (const [name, path] of Object.entries({ ours, theirs })) {
      await connection.run(`ATTACH '${path.replaceAll("'", "''")}' AS ${name} (READ_ONLY)`);
    }
    const differing = await connection.runAndReadAll(
      `SELECT count(*) FROM ours.candles AS a FULL JOIN theirs.candles AS b
         ON a.exchange = b.exchange AND a.symbol = b.symbol AND a.open_time = b.open_time AND a."interval" = b."interval"
       WHERE a IS DISTINCT FROM b`,
    );
    if (Number(differing.getRows()[0][0]) !== 0) throw new Error("the tables differ");
  });
}

async function withDuckDB(path: string, use: (connection: DuckDBConnection) => Promise<void>) {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  try {
    await use(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function timed(work: () => Promise<void>): Promise<Time> {
  const before = process.cpuUsage();
  const start = performance.now();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1e6, wall: (performance.now() - start) / 1e3 };
}

function report(title: string, times: Record<"swymc" | "duckdb", Time[]>): void {
  const median = (name: "swymc" | "duckdb", kind: keyof Time) =>
    times[name].map((time) => time[kind]).sort((a, b) => a - b)[times[name].length >> 1];
  for (const kind of ["cpu", "wall"] as const) {
    const [ours, theirs] = [median("swymc", kind), median("duckdb", kind)];
    const ratio = ours / theirs;
    const verdict = `${ratio.toFixed(2)}× (limit ${LIMIT}×)`;
    console.log(
      `${count} rows ${title}, ${kind}: swymc ${ours.toFixed(2)} s, DuckDB ${theirs.toFixed(2)} s: ${verdict}`,
    );
  }
}
