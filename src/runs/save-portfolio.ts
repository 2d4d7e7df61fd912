import { version as VERSION } from "../../package.json";
import { type DuckDBConnection, rows } from "../data/duckdb.ts";
import { fingerprint } from "../data/fingerprint.ts";
import type { PortfolioBacktest } from "../portfolio/index.ts";
import { canonicalJson } from "./canonical-json.ts";
import { insert } from "./insert.ts";
import {
  definitionOf,
  type RunStrategy,
  type SampledEquity,
  sampledEquity,
  sha256,
} from "./run-record.ts";
import { equityRows, tradeValues } from "./save-run.ts";
import { withRuns } from "./with-runs.ts";

/** A portfolio as it is kept. */
export interface PortfolioRecord {
  /** SHA-256 of each symbol's document, parameters and bars, and of the settings. */
  readonly key: string;
  readonly name: string;
  /** Of each symbol, in the order of their fills. */
  readonly symbols: readonly {
    readonly strategy: RunStrategy;
    readonly definition: string;
    readonly fingerprint: string;
  }[];
  readonly result: PortfolioBacktest["result"];
  readonly equity: SampledEquity;
  readonly version: string;
  readonly command: string | null;
}

/** @param strategies the document of each symbol */
export function portfolioRecord(
  name: string,
  strategies: readonly RunStrategy[],
  { result, members, run }: PortfolioBacktest,
  command: string | null,
): PortfolioRecord {
  const symbols = strategies.map((strategy, k) => ({
    strategy,
    definition: definitionOf(strategy),
    fingerprint: fingerprint(members[k]!.bars),
  }));
  const made = result.symbols.map(({ symbol, params, dialect, warmup }, k) => {
    const { definition, fingerprint: data } = symbols[k]!;
    return { symbol, definition, data, params, dialect, warmup };
  });
  const { settings } = result;
  return {
    key: sha256(canonicalJson({ kind: "portfolio", symbols: made, settings })),
    name,
    symbols,
    result,
    equity: sampledEquity(run),
    version: VERSION,
    command,
  };
}

/**
 * Keeps a portfolio, whole or not at all. One that is there already stays as it is.
 * @returns whether it was new
 */
export function savePortfolio(path: string, record: PortfolioRecord): Promise<boolean> {
  return withRuns(path, true, async (connection) => {
    await connection.run("BEGIN TRANSACTION");
    const sql = "SELECT 1 FROM main.portfolios WHERE run_key = ?";
    const isNew = (await rows(connection, { sql, values: [record.key] })).length === 0;
    if (isNew) await save(connection, record);
    await connection.run("COMMIT");
    return isNew;
  });
}

/** Removes a portfolio; its strategies stay. Returns how many there were. */
export async function removePortfolio(connection: DuckDBConnection, key: string): Promise<number> {
  for (const table of ["portfolio_trades", "portfolio_symbols"]) {
    await connection.run(`DELETE FROM main.${table} WHERE run_key = ?`, [key]);
  }
  const sql = "DELETE FROM main.portfolios WHERE run_key = ? RETURNING run_key";
  return (await rows(connection, { sql, values: [key] })).length;
}

async function save(connection: DuckDBConnection, record: PortfolioRecord): Promise<void> {
  const { key, name, symbols, result } = record;
  const { dataset, trades, ...told } = result;
  const now = new Date().toISOString();
  const strategies = new Map(symbols.map((one) => [one.definition, one.strategy]));
  await insert(
    connection,
    "strategies",
    [...strategies].map(([definition, { name: own, language, text }]) => [
      ...[definition, own, language, text, now],
    ]),
  );
  await insert(connection, "portfolios", [
    [
      ...[key, result.state, name, dataset.interval, dataset.bars, dataset.from, dataset.to],
      ...[JSON.stringify({ ...told, dataset }), record.version, record.command, now],
    ],
  ]);
  await insert(
    connection,
    "portfolio_symbols",
    result.symbols.map(({ symbol, strategy_id, dataset: { source, exchange } }, place) => {
      const { definition, fingerprint: data } = symbols[place]!;
      return [key, place, symbol, strategy_id, definition, data, source, exchange];
    }),
  );
  await insert(
    connection,
    "portfolio_trades",
    trades.map((trade, k) => [key, k + 1, trade.symbol, ...tradeValues(trade)]),
  );
  await insert(connection, "equity", equityRows(key, record.equity));
}
