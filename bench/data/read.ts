/**
 * Reading bars into Float64Arrays, from DuckDB and from Parquet, beside the bare loop over DuckDB's chunks (values cast
 * in SQL and asked for one by one), pyarrow's and pandas' read_parquet and the rows of `runAndReadAll`:
 *
 *     npm run bench:read -- --rows 10000000 --rounds 3
 *
 * Medians of CPU and wall seconds. Before any time counts, every reader has to give the same sum of each column.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { DuckDBInstance } from "@duckdb/node-api";
import { openDataset, type SeriesQuery } from "../../src/data/read/open-dataset.ts";
import type { Bars } from "../../src/vector/columns.ts";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "10000000" },
    rounds: { type: "string", default: "3" },
    /** The rows of `runAndReadAll` take gigabytes: a share of all is read and the time scaled. */
    share: { type: "string", default: "10" },
  },
});
const rows = Number(values.rows);
const rounds = Number(values.rounds);
const NAMES = ["open", "high", "low", "close", "volume"] as const;
const PYTHON = ".venv/bin/python";
const BARE = "bare loop over chunks, DuckDB";
const SERIES = { exchange: "binance_spot", symbol: "BTCUSDT", interval: "1m" } as const;

interface Reading {
  readonly cpu: number;
  readonly wall: number;
  /** Count and sum of each price column, for parity. */
  readonly check: readonly number[];
}

const folder = mkdtempSync(join(tmpdir(), "swymc-bench-"));
const database = join(folder, "bars.duckdb");
const parquet = join(folder, "bars.parquet");

void main().finally(() => rmSync(folder, { recursive: true, force: true }));

async function main(): Promise<void> {
  await prepare();
  const readers: Record<string, () => Promise<Reading> | Reading> = {
    "swymc, DuckDB": () => ours(database),
    "swymc, DuckDB, series named": () => ours(database, SERIES),
    [BARE]: bareLoop,
    "swymc, Parquet": () => ours(parquet),
    [`runAndReadAll rows, DuckDB (1/${values.share} of them)`]: () =>
      plainRows(Number(values.share)),
    ...python("pyarrow read_table to numpy", PYARROW),
    ...python("pandas read_parquet to numpy", PANDAS),
  };
  const expected = (await ours(database)).check;
  console.log(`${rows} rows × 6 columns, median of ${rounds}`);
  // Rounds go over all readers, so that a busy minute of the machine falls on each alike.
  const all = new Map(Object.keys(readers).map((name) => [name, [] as Reading[]]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, read] of Object.entries(readers)) all.get(name)?.push(await read());
  }
  const bare = median(all.get(BARE)!.map((reading) => reading.cpu));
  for (const [name, readings] of all) {
    if (!name.startsWith("runAndReadAll")) same(name, readings[0].check, expected);
    const middle = (key: "cpu" | "wall") => median(readings.map((reading) => reading[key]));
    const rate = (seconds: number) => `${(rows / seconds / 1e6).toFixed(2)} M rows/s`;
    const [cpu, wall] = [middle("cpu"), middle("wall")];
    console.log(
      `${name.padEnd(44)} wall ${wall.toFixed(2)} s (${rate(wall)})  cpu ${cpu.toFixed(2)} s (${rate(cpu)}, ${(bare / cpu).toFixed(2)} of the bare loop's)`,
    );
  }
}

async function prepare(): Promise<void> {
  const instance = await DuckDBInstance.create(database);
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE candles AS SELECT 'binance_spot' AS exchange, 'BTCUSDT' AS symbol, '1m' AS interval,
    make_timestamp(1000000000000000 + i * 60000000) AS open_time, 100 + sin(i) AS open, 102 + sin(i) AS high,
    98 + sin(i) AS low, 100 + cos(i) AS close, hash(i) % 1000 / 7 AS volume FROM range(${rows}) t(i)`);
  await connection.run(
    "COPY (SELECT open_time AS time, open, high, low, close, volume FROM candles) TO $1 (FORMAT parquet)",
    [parquet],
  );
  connection.closeSync();
  instance.closeSync();
}

function ours(path: string, series: SeriesQuery = {}): Promise<Reading> {
  return timed(async () => {
    const data = await openDataset(path);
    const columns = await data.columns(series);
    await data.close();
    return columns;
  }, sums);
}

/** The fastest way through DuckDB's public client: nothing is checked, and how many rows there are is known. */
function bareLoop(): Promise<Reading> {
  return timed(async () => {
    const instance = await DuckDBInstance.create(database, { access_mode: "READ_ONLY" });
    const connection = await instance.connect();
    const columns = ["time", ...NAMES].map(() => new Float64Array(rows));
    const read = ["system.main.epoch_us(open_time)", ...NAMES].map(
      (name) => `coalesce(${name}::DOUBLE, 'nan'::DOUBLE)`,
    );
    const result = await connection.stream(`SELECT ${read.join(", ")} FROM candles`);
    let length = 0;
    for (;;) {
      const chunk = await result.fetchChunk();
      const count = chunk?.rowCount ?? 0;
      if (chunk === null || count === 0) break;
      for (const [k, column] of columns.entries()) {
        const vector = chunk.getColumnVector(k);
        for (let i = 0; i < count; i++) column[length + i] = vector.getItem(i) as number;
      }
      length += count;
    }
    connection.closeSync();
    instance.closeSync();
    const [time, open, high, low, close, volume] = columns;
    return { time, open, high, low, close, volume };
  }, sums);
}

function sums(columns: Bars): number[] {
  return [columns.time.length, ...NAMES.map((name) => columns[name].reduce((a, b) => a + b, 0))];
}

async function plainRows(share: number): Promise<Reading> {
  const instance = await DuckDBInstance.create(database, { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  const limit = Math.floor(rows / share);
  const reading = await timed(
    async () => {
      const sql = `SELECT open_time, open, high, low, close, volume FROM candles LIMIT ${limit}`;
      return (await connection.runAndReadAll(sql)).getRows();
    },
    (all) => [all.length],
  );
  if (reading.check[0] !== limit) throw new Error(`${reading.check[0]} of ${limit} rows`);
  connection.closeSync();
  instance.closeSync();
  return { ...reading, cpu: reading.cpu * share, wall: reading.wall * share };
}

async function timed<T>(read: () => Promise<T>, check: (result: T) => number[]): Promise<Reading> {
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  const result = await read();
  const wall = (performance.now() - start) / 1e3;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { cpu: (user + system) / 1e6, wall, check: check(result) };
}

const MEASURE = `
import json, resource, sys, time, math
start = time.perf_counter(); used = time.process_time()
columns = read(sys.argv[1])
wall = time.perf_counter() - start; cpu = time.process_time() - used
names = ["open", "high", "low", "close", "volume"]
print(json.dumps({"wall": wall, "cpu": cpu, "check": [len(columns["time"])] + [float(columns[n].sum()) for n in names]}))
`;
const PYARROW = `
import pyarrow.parquet as pq
def read(path):
    table = pq.read_table(path)
    return {name: table[name].to_numpy() for name in table.column_names}
${MEASURE}`;
const PANDAS = `
import pandas as pd
import pyarrow
def read(path):
    frame = pd.read_parquet(path, engine="pyarrow")
    return {name: frame[name].to_numpy() for name in frame.columns}
${MEASURE}`;

/** A reader in Python, or a loud word that it is not there. */
function python(name: string, script: string): Record<string, () => Reading> {
  const there =
    existsSync(PYTHON) && spawnSync(PYTHON, ["-c", "import pyarrow, pandas"]).status === 0;
  if (!there) {
    console.warn(`SKIPPED: ${name}: no pyarrow in .venv (.venv/bin/pip install pyarrow)`);
    return {};
  }
  return {
    [name]: () => {
      const ran = spawnSync(PYTHON, ["-c", script, parquet], { encoding: "utf8" });
      if (ran.status !== 0) throw new Error(`${name}: ${ran.stderr}`);
      return JSON.parse(ran.stdout) as Reading;
    },
  };
}

function same(name: string, found: readonly number[], expected: readonly number[]): void {
  const differs = expected.some(
    (value, k) => !(Math.abs(value - found[k]) <= 1e-9 * Math.abs(value)),
  );
  if (differs || found.length !== expected.length) {
    throw new Error(`${name} read something else: ${found} in place of ${expected}`);
  }
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
