import { type DuckDBConnection, rows } from "../data/duckdb.ts";
import type { PortfolioResult } from "../portfolio/index.ts";
import type { BacktestResult } from "../report/index.ts";
import { removePortfolio } from "./save-portfolio.ts";
import { removeSweep } from "./save-sweep.ts";
import { tablesOf } from "./schema.ts";
import { withRuns } from "./with-runs.ts";

/** A run in a listing. */
export interface RunRow {
  readonly kind: "backtest" | "sweep" | "portfolio";
  readonly id: string;
  readonly state: string;
  readonly name: string;
  /** Of a sweep that of its best trial, null without any; of a portfolio null where its symbols have several. */
  readonly strategy_id: string | null;
  readonly exchange: string | null;
  /** Of a portfolio all of them, with commas. */
  readonly symbol: string | null;
  readonly interval: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly created_at: string;
  /** Of a sweep those of its best trial. */
  readonly metrics: BacktestResult["metrics"];
  /** Of a sweep. */
  readonly trials: number | null;
}

/** A run with everything that is kept of it. */
export interface KeptRun extends RunRow {
  readonly kind: "backtest";
  readonly strategy_id: string;
  readonly result: Omit<BacktestResult, "trades">;
  readonly trades: readonly Readonly<Record<string, unknown>>[];
  readonly equity: readonly { readonly time: string; readonly equity: number }[];
  readonly strategy: { readonly language: string; readonly text: string };
  readonly dataset_fingerprint: string;
  readonly swymc_version: string;
  readonly command: string | null;
}

/** Several symbols on one account. */
export interface KeptPortfolio extends RunRow {
  readonly kind: "portfolio";
  readonly result: Omit<PortfolioResult, "trades">;
  readonly trades: readonly Readonly<Record<string, unknown>>[];
  readonly equity: KeptRun["equity"];
  /** In the order of their fills. */
  readonly strategies: readonly {
    readonly symbol: string;
    readonly language: string;
    readonly text: string;
    readonly dataset_fingerprint: string;
  }[];
  readonly swymc_version: string;
  readonly command: string | null;
}

export type Kept = KeptRun | KeptSweep | KeptPortfolio;

/** A sweep with everything but its rows, which the table `sweep_trials` has. */
export interface KeptSweep extends RunRow {
  readonly kind: "sweep";
  readonly trials: number;
  readonly planned: number;
  readonly objective: string;
  readonly best: KeptBest | null;
  readonly manifest: unknown;
  readonly strategies: readonly { readonly language: string; readonly text: string }[];
  readonly swymc_version: string;
  readonly command: string | null;
}

export interface KeptBest {
  readonly trial: number;
  readonly strategy: string;
  readonly objective: number | null;
  readonly params: Readonly<Record<string, number | string>>;
}

/** What an id stands for: a run, none, or several that begin with it. */
export type Found =
  | { readonly state: "ok"; readonly run: Kept }
  | { readonly state: "missing"; readonly id: string }
  | { readonly state: "ambiguous"; readonly id: string; readonly matches: readonly string[] };

const iso = (column: string) => `strftime(${column}, '%Y-%m-%dT%H:%M:%SZ')`;

const RUNS = `SELECT 'backtest' AS kind, run_key, state, name, strategy_id, exchange, symbol, candle_interval,
  ${iso("bars_from")} AS bars_from, ${iso("bars_to")} AS bars_to, ${iso("created_at")} AS created_at,
  CAST(result->'metrics' AS VARCHAR) AS metrics, NULL AS trials FROM main.runs`;
const SWEEPS = `SELECT 'sweep', run_key, state, name, best->>'strategy_id', exchange, symbol, candle_interval,
  NULL, NULL, ${iso("created_at")}, CAST(best->'metrics' AS VARCHAR), trials FROM main.sweeps`;

const PORTFOLIOS = `SELECT 'portfolio', run_key, state, name,
  CASE WHEN count(DISTINCT strategy_id) = 1 THEN any_value(strategy_id) END,
  CASE WHEN count(DISTINCT exchange) = 1 THEN any_value(exchange) END,
  string_agg(symbol, ',' ORDER BY place), candle_interval, ${iso("bars_from")}, ${iso("bars_to")}, ${iso("created_at")},
  CAST(result->'metrics' AS VARCHAR), NULL
  FROM main.portfolios JOIN main.portfolio_symbols USING (run_key) GROUP BY ALL`;

/** All that is kept in one relation; databases of earlier versions have no sweeps or no portfolios. */
async function listed(connection: DuckDBConnection): Promise<string> {
  const { sweeps, portfolios } = await tablesOf(connection);
  const parts = [RUNS, ...(sweeps ? [SWEEPS] : []), ...(portfolios ? [PORTFOLIOS] : [])];
  return `(${parts.join(" UNION ALL ")})`;
}

/**
 * Newest first.
 * @param strategyId of a run, of a sweep's best trial, or of any symbol of a portfolio
 */
export function listRuns(path: string, strategyId: string | null = null): Promise<RunRow[]> {
  return withRuns(path, false, async (connection) => {
    const { portfolios } = await tablesOf(connection);
    const within = portfolios
      ? "OR run_key IN (SELECT run_key FROM main.portfolio_symbols WHERE strategy_id = $1)"
      : "";
    const sql = `SELECT * FROM ${await listed(connection)} WHERE $1 IS NULL OR strategy_id = $1 ${within}
      ORDER BY created_at DESC, run_key`;
    return (await rows(connection, { sql, values: [strategyId] })).map(rowOf);
  });
}

/** @param ids `latest`, or the beginning of a key */
export function findRuns(path: string, ids: readonly string[]): Promise<Found[]> {
  return withRuns(path, false, async (connection) => {
    const found: Found[] = [];
    for (const id of ids) found.push(await find(connection, id));
    return found;
  });
}

/** Removes runs and what belongs to them, all or none; the strategies stay. Returns how many there were. */
export function removeRuns(path: string, keys: readonly string[]): Promise<number> {
  return withRuns(path, true, async (connection) => {
    await connection.run("BEGIN TRANSACTION");
    let removed = 0;
    for (const key of keys) {
      for (const table of ["trades", "equity"]) {
        await connection.run(`DELETE FROM main.${table} WHERE run_key = ?`, [key]);
      }
      const sql = "DELETE FROM main.runs WHERE run_key = ? RETURNING run_key";
      removed += (await rows(connection, { sql, values: [key] })).length;
      removed += await removeSweep(connection, key);
      removed += await removePortfolio(connection, key);
    }
    await connection.run("COMMIT");
    return removed;
  });
}

async function find(connection: DuckDBConnection, id: string): Promise<Found> {
  const latest = id === "latest";
  const all = await listed(connection);
  const sql = latest
    ? `SELECT * FROM ${all} ORDER BY created_at DESC, run_key LIMIT 1`
    : `SELECT * FROM ${all} WHERE starts_with(run_key, ?) ORDER BY run_key LIMIT 11`;
  const matches = (await rows(connection, { sql, values: latest ? [] : [id] })).map(rowOf);
  if (matches.length === 0) return { state: "missing", id };
  if (matches.length > 1) return { state: "ambiguous", id, matches: matches.map((run) => run.id) };
  const [match] = matches;
  return { state: "ok", run: await WHOLE[match!.kind](connection, match!) };
}

async function wholeSweep(connection: DuckDBConnection, run: RunRow): Promise<KeptSweep> {
  const of = async (sql: string) => rows(connection, { sql, values: [run.id] });
  const [kept] =
    await of(`SELECT planned, objective, CAST(best AS VARCHAR), CAST(manifest AS VARCHAR),
    swymc_version, command FROM main.sweeps WHERE run_key = ?`);
  const strategies = await of(`SELECT language, definition FROM main.sweep_strategies
    JOIN main.strategies USING (definition_hash) WHERE run_key = ? ORDER BY place`);
  const [planned, objective, best, manifest, version, command] = kept!;
  return {
    ...run,
    kind: "sweep",
    trials: run.trials!,
    planned: Number(planned),
    objective: String(objective),
    best: best === null ? null : JSON.parse(String(best)),
    manifest: JSON.parse(String(manifest)),
    strategies: strategies.map(([language, text]) => ({
      language: String(language),
      text: String(text),
    })),
    swymc_version: String(version),
    command: command === null ? null : String(command),
  };
}

async function whole(connection: DuckDBConnection, run: RunRow): Promise<KeptRun> {
  const of = async (sql: string) => rows(connection, { sql, values: [run.id] });
  const [kept] =
    await of(`SELECT CAST(result AS VARCHAR), dataset_fingerprint, swymc_version, command,
    language, definition FROM main.runs JOIN main.strategies USING (definition_hash) WHERE run_key = ?`);
  const trades = await of(
    `SELECT ${TRADE_COLUMNS} FROM main.trades WHERE run_key = ? ORDER BY trade`,
  );
  const [result, fingerprint, version, command, language, text] = kept!;
  return {
    ...run,
    kind: "backtest",
    strategy_id: run.strategy_id!,
    result: JSON.parse(String(result)),
    trades: trades.map((row) => Object.fromEntries(TRADE.map((name, k) => [name, row[k]]))),
    equity: await equityOf(connection, run.id),
    strategy: { language: String(language), text: String(text) },
    dataset_fingerprint: String(fingerprint),
    swymc_version: String(version),
    command: command === null ? null : String(command),
  };
}

async function wholePortfolio(connection: DuckDBConnection, run: RunRow): Promise<KeptPortfolio> {
  const of = async (sql: string) => rows(connection, { sql, values: [run.id] });
  const [kept] = await of(`SELECT CAST(result AS VARCHAR), swymc_version, command
    FROM main.portfolios WHERE run_key = ?`);
  const trades = await of(`SELECT symbol, ${TRADE_COLUMNS} FROM main.portfolio_trades
    WHERE run_key = ? ORDER BY trade`);
  const strategies =
    await of(`SELECT symbol, language, definition, dataset_fingerprint FROM main.portfolio_symbols
    JOIN main.strategies USING (definition_hash) WHERE run_key = ? ORDER BY place`);
  const [result, version, command] = kept!;
  return {
    ...run,
    kind: "portfolio",
    result: JSON.parse(String(result)),
    trades: trades.map((row) =>
      Object.fromEntries(["symbol", ...TRADE].map((name, k) => [name, row[k]])),
    ),
    equity: await equityOf(connection, run.id),
    strategies: strategies.map((row) => {
      const [symbol, language, text, dataset_fingerprint] = row.map(String);
      return {
        symbol: symbol!,
        language: language!,
        text: text!,
        dataset_fingerprint: dataset_fingerprint!,
      };
    }),
    swymc_version: String(version),
    command: command === null ? null : String(command),
  };
}

const WHOLE = { backtest: whole, sweep: wholeSweep, portfolio: wholePortfolio };

async function equityOf(connection: DuckDBConnection, key: string): Promise<KeptRun["equity"]> {
  const sql = `SELECT ${iso("time")}, equity FROM main.equity WHERE run_key = ? ORDER BY time`;
  const found = await rows(connection, { sql, values: [key] });
  return found.map(([time, value]) => ({ time: String(time), equity: Number(value) }));
}

const TRADE_COLUMNS = `side, quantity, ${iso("entry_time")}, entry_price, ${iso("exit_time")},
  exit_price, bars_held, commission, pnl, status`;
const TRADE = [
  "side",
  "quantity",
  "entry_time",
  "entry_price",
  "exit_time",
  "exit_price",
  "bars_held",
  "commission",
  "pnl",
  "status",
];

function rowOf(row: readonly unknown[]): RunRow {
  const [kind, id, state, name, strategy_id, exchange, symbol, interval, ...rest] = row.map(
    (value) => (value === null ? null : String(value)),
  );
  const [from, to, created_at, metrics, trials] = rest;
  return {
    kind: kind as RunRow["kind"],
    id: id!,
    state: state!,
    name: name!,
    strategy_id: strategy_id ?? null,
    exchange: exchange ?? null,
    symbol: symbol ?? null,
    interval: interval ?? null,
    from: from ?? null,
    to: to ?? null,
    created_at: created_at!,
    metrics: metrics == null ? null : JSON.parse(metrics),
    trials: trials == null ? null : Number(trials),
  };
}
