import { type DuckDBConnection, rows } from "../data/duckdb.ts";
import type { BacktestResult } from "../report/index.ts";
import { withRuns } from "./with-runs.ts";

/** A run in a listing. */
export interface RunRow {
  readonly id: string;
  readonly state: string;
  readonly name: string;
  readonly strategy_id: string;
  readonly exchange: string | null;
  readonly symbol: string | null;
  readonly interval: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly created_at: string;
  readonly metrics: BacktestResult["metrics"];
}

/** A run with everything that is kept of it. */
export interface KeptRun extends RunRow {
  readonly result: Omit<BacktestResult, "trades">;
  readonly trades: readonly Readonly<Record<string, unknown>>[];
  readonly equity: readonly { readonly time: string; readonly equity: number }[];
  readonly strategy: { readonly language: string; readonly text: string };
  readonly dataset_fingerprint: string;
  readonly swymc_version: string;
  readonly command: string | null;
}

/** What an id stands for: a run, none, or several that begin with it. */
export type Found =
  | { readonly state: "ok"; readonly run: KeptRun }
  | { readonly state: "missing"; readonly id: string }
  | { readonly state: "ambiguous"; readonly id: string; readonly matches: readonly string[] };

const iso = (column: string) => `strftime(${column}, '%Y-%m-%dT%H:%M:%SZ')`;

const LISTED = `run_key, state, name, strategy_id, exchange, symbol, candle_interval,
  ${iso("bars_from")}, ${iso("bars_to")}, ${iso("created_at")}, CAST(result->'metrics' AS VARCHAR)`;

/** Newest first. */
export function listRuns(path: string, strategyId: string | null = null): Promise<RunRow[]> {
  return withRuns(path, false, async (connection) => {
    const sql = `SELECT ${LISTED} FROM main.runs WHERE ? IS NULL OR strategy_id = ?
      ORDER BY created_at DESC, run_key`;
    return (await rows(connection, { sql, values: [strategyId, strategyId] })).map(rowOf);
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
    }
    await connection.run("COMMIT");
    return removed;
  });
}

async function find(connection: DuckDBConnection, id: string): Promise<Found> {
  const latest = id === "latest";
  const sql = latest
    ? `SELECT ${LISTED} FROM main.runs ORDER BY created_at DESC, run_key LIMIT 1`
    : `SELECT ${LISTED} FROM main.runs WHERE starts_with(run_key, ?) ORDER BY run_key LIMIT 11`;
  const matches = (await rows(connection, { sql, values: latest ? [] : [id] })).map(rowOf);
  if (matches.length === 0) return { state: "missing", id };
  if (matches.length > 1) return { state: "ambiguous", id, matches: matches.map((run) => run.id) };
  return { state: "ok", run: await whole(connection, matches[0]!) };
}

async function whole(connection: DuckDBConnection, run: RunRow): Promise<KeptRun> {
  const of = async (sql: string) => rows(connection, { sql, values: [run.id] });
  const [kept] =
    await of(`SELECT CAST(result AS VARCHAR), dataset_fingerprint, swymc_version, command,
    language, definition FROM main.runs JOIN main.strategies USING (definition_hash) WHERE run_key = ?`);
  const trades =
    await of(`SELECT side, quantity, ${iso("entry_time")}, entry_price, ${iso("exit_time")},
    exit_price, bars_held, commission, pnl, status FROM main.trades WHERE run_key = ? ORDER BY trade`);
  const equity = await of(
    `SELECT ${iso("time")}, equity FROM main.equity WHERE run_key = ? ORDER BY time`,
  );
  const [result, fingerprint, version, command, language, text] = kept!;
  return {
    ...run,
    result: JSON.parse(String(result)),
    trades: trades.map((row) => Object.fromEntries(TRADE.map((name, k) => [name, row[k]]))),
    equity: equity.map(([time, value]) => ({ time: String(time), equity: Number(value) })),
    strategy: { language: String(language), text: String(text) },
    dataset_fingerprint: String(fingerprint),
    swymc_version: String(version),
    command: command === null ? null : String(command),
  };
}

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
  const [id, state, name, strategy_id, exchange, symbol, interval, from, to, created_at, metrics] =
    row.map((value) => (value === null ? null : String(value)));
  return {
    id: id!,
    state: state!,
    name: name!,
    strategy_id: strategy_id!,
    exchange: exchange ?? null,
    symbol: symbol ?? null,
    interval: interval ?? null,
    from: from ?? null,
    to: to ?? null,
    created_at: created_at!,
    metrics: metrics == null ? null : JSON.parse(metrics),
  };
}
