import { type DuckDBConnection, rows } from "../data/duckdb.ts";
import { fail } from "../diagnostics/index.ts";
import { METRICS } from "../stats/index.ts";

const VERSION_KEY = "runs_schema_version";
const VERSION = 3;

/**
 * `paper_runs` is what the swym system's comparison queries read: its names, over our columns.
 * JSON texts are written by us alone, as bound values.
 */
const RUNS = [
  "CREATE TABLE main.schema_metadata (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL)",
  `CREATE TABLE main.strategies (
    definition_hash VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, language VARCHAR NOT NULL,
    definition VARCHAR NOT NULL, created_at TIMESTAMP NOT NULL)`,
  `CREATE TABLE main.runs (
    run_key VARCHAR PRIMARY KEY, state VARCHAR NOT NULL, strategy_id VARCHAR NOT NULL,
    definition_hash VARCHAR NOT NULL, name VARCHAR NOT NULL, source VARCHAR NOT NULL, exchange VARCHAR,
    symbol VARCHAR, candle_interval VARCHAR, bars BIGINT NOT NULL, bars_from TIMESTAMP, bars_to TIMESTAMP,
    dataset_fingerprint VARCHAR NOT NULL, result JSON NOT NULL, swymc_version VARCHAR NOT NULL,
    command VARCHAR, created_at TIMESTAMP NOT NULL)`,
  `CREATE TABLE main.trades (
    run_key VARCHAR NOT NULL, trade INTEGER NOT NULL, side VARCHAR NOT NULL, quantity DOUBLE NOT NULL,
    entry_time TIMESTAMP NOT NULL, entry_price DOUBLE NOT NULL, exit_time TIMESTAMP, exit_price DOUBLE,
    bars_held INTEGER NOT NULL, commission DOUBLE NOT NULL, pnl DOUBLE NOT NULL, status VARCHAR NOT NULL,
    PRIMARY KEY (run_key, trade))`,
  `CREATE TABLE main.equity (
    run_key VARCHAR NOT NULL, time TIMESTAMP NOT NULL, equity DOUBLE NOT NULL, PRIMARY KEY (run_key, time))`,
  `CREATE VIEW main.paper_runs AS SELECT
    run_key AS id, strategy_id, 'finished' AS status, state, candle_interval, created_at,
    bars_from AS starts_at, bars_to AS finishes_at,
    json_object(
      'instrument', json_object('exchange', exchange, 'name_exchange', symbol),
      'strategy', json_object('type', name, 'definition_hash', definition_hash),
      'settings', result->'settings') AS config,
    json_object(
      'sharpe_ratio', result->'metrics'->'sharpe', 'sortino_ratio', result->'metrics'->'sortino',
      'calmar_ratio', result->'metrics'->'calmar', 'total_return', result->'metrics'->'total_return',
      'max_drawdown', result->'metrics'->'max_drawdown', 'win_rate', result->'metrics'->'win_rate',
      'profit_factor', result->'metrics'->'profit_factor', 'trades', result->'metrics'->'trades',
      'final_equity', result->'metrics'->'final_equity') AS result_summary
    FROM main.runs`,
];

const METRIC_COLUMNS = METRICS.map(({ name }) => `${name} DOUBLE`).join(", ");

/** What version 2 adds: sweeps with all their rows. A swept parameter is a key of `params`. */
const SWEEPS = [
  `CREATE TABLE main.sweeps (
    run_key VARCHAR PRIMARY KEY, state VARCHAR NOT NULL, name VARCHAR NOT NULL, exchange VARCHAR, symbol VARCHAR,
    candle_interval VARCHAR, trials BIGINT NOT NULL, planned BIGINT NOT NULL, objective VARCHAR NOT NULL, best JSON,
    manifest JSON NOT NULL, swymc_version VARCHAR NOT NULL, command VARCHAR, created_at TIMESTAMP NOT NULL)`,
  `CREATE TABLE main.sweep_strategies (
    run_key VARCHAR NOT NULL, place INTEGER NOT NULL, definition_hash VARCHAR NOT NULL, PRIMARY KEY (run_key, place))`,
  `CREATE TABLE main.sweep_trials (
    run_key VARCHAR NOT NULL, trial BIGINT NOT NULL, params JSON NOT NULL, strategy VARCHAR NOT NULL,
    strategy_id VARCHAR NOT NULL, source VARCHAR NOT NULL, symbol VARCHAR, candle_interval VARCHAR, time_window VARCHAR,
    rung BIGINT, ${METRIC_COLUMNS}, state VARCHAR NOT NULL)`,
];

/** What version 3 adds: portfolios, whose trades say of which symbol they are. Their equity stands in `equity`. */
const PORTFOLIOS = [
  `CREATE TABLE main.portfolios (
    run_key VARCHAR PRIMARY KEY, state VARCHAR NOT NULL, name VARCHAR NOT NULL, candle_interval VARCHAR,
    bars BIGINT NOT NULL, bars_from TIMESTAMP, bars_to TIMESTAMP, result JSON NOT NULL, swymc_version VARCHAR NOT NULL,
    command VARCHAR, created_at TIMESTAMP NOT NULL)`,
  `CREATE TABLE main.portfolio_symbols (
    run_key VARCHAR NOT NULL, place INTEGER NOT NULL, symbol VARCHAR NOT NULL, strategy_id VARCHAR NOT NULL,
    definition_hash VARCHAR NOT NULL, dataset_fingerprint VARCHAR NOT NULL, source VARCHAR NOT NULL, exchange VARCHAR,
    PRIMARY KEY (run_key, place))`,
  `CREATE TABLE main.portfolio_trades (
    run_key VARCHAR NOT NULL, trade INTEGER NOT NULL, symbol VARCHAR NOT NULL, side VARCHAR NOT NULL,
    quantity DOUBLE NOT NULL, entry_time TIMESTAMP NOT NULL, entry_price DOUBLE NOT NULL, exit_time TIMESTAMP,
    exit_price DOUBLE, bars_held INTEGER NOT NULL, commission DOUBLE NOT NULL, pnl DOUBLE NOT NULL,
    status VARCHAR NOT NULL, PRIMARY KEY (run_key, trade))`,
];

/** What each version added. */
const STEPS = [RUNS, SWEEPS, PORTFOLIOS];

/** Makes the tables of an empty database, adds those that an older one lacks; fails for one that is newer or not ours. */
export async function prepare(connection: DuckDBConnection, path: string): Promise<void> {
  const found = await versionOf(connection, path);
  if (found === VERSION) return;
  await connection.run("BEGIN TRANSACTION");
  for (const statement of STEPS.slice(found ?? 0).flat()) await connection.run(statement);
  await connection.run("INSERT OR REPLACE INTO main.schema_metadata VALUES (?, ?)", [
    VERSION_KEY,
    String(VERSION),
  ]);
  await connection.run("COMMIT");
}

/** What a database of runs has tables for: sweeps from version 2 on, portfolios from 3 on. */
export async function tablesOf(
  connection: DuckDBConnection,
): Promise<{ readonly sweeps: boolean; readonly portfolios: boolean }> {
  const sql = "SELECT value FROM main.schema_metadata WHERE key = ?";
  const [row] = await rows(connection, { sql, values: [VERSION_KEY] });
  return { sweeps: Number(row?.[0]) >= 2, portfolios: Number(row?.[0]) >= 3 };
}

/** The version of a database of runs; null where it is empty. */
export async function versionOf(
  connection: DuckDBConnection,
  path: string,
): Promise<number | null> {
  const sql = `SELECT table_name FROM system.main.duckdb_tables()
    WHERE database_name = system.main.current_database() AND NOT internal ORDER BY 1`;
  const tables = (await rows(connection, { sql, values: [] })).map(([name]) => String(name));
  if (tables.length === 0) return null;
  const ours = ["runs", "schema_metadata", "strategies"].every((name) => tables.includes(name));
  const version = ours
    ? await rows(connection, {
        sql: "SELECT value FROM main.schema_metadata WHERE key = ?",
        values: [VERSION_KEY],
      })
    : [];
  if (version.length === 0) fail("runs_foreign", { path, found: `tables ${tables.join(", ")}` });
  const number = Number(version[0]![0]);
  if (!(number >= 1 && number <= VERSION)) {
    fail("store_newer", { path, found: String(version[0]![0]), known: VERSION });
  }
  return number;
}
