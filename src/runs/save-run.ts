import type { TradeObject } from "../backtest/index.ts";
import { type DuckDBConnection, rows } from "../data/duckdb.ts";
import { insert } from "./insert.ts";
import type { RunRecord, SampledEquity } from "./run-record.ts";
import { withRuns } from "./with-runs.ts";

/**
 * Keeps runs, all or none of them. One that is there already stays as it is.
 * @returns how many were new
 */
export function saveRuns(path: string, records: readonly RunRecord[]): Promise<number> {
  return withRuns(path, true, async (connection) => {
    await connection.run("BEGIN TRANSACTION");
    let saved = 0;
    for (const record of records) if (await save(connection, record)) saved++;
    await connection.run("COMMIT");
    return saved;
  });
}

async function save(connection: DuckDBConnection, record: RunRecord): Promise<boolean> {
  const sql = "SELECT 1 FROM main.runs WHERE run_key = ?";
  if ((await rows(connection, { sql, values: [record.key] })).length > 0) return false;
  const { key, definition, strategy, result } = record;
  const { dataset } = result;
  const now = new Date().toISOString();
  await insert(connection, "strategies", [
    [definition, strategy.name, strategy.language, strategy.text, now],
  ]);
  const { trades, ...told } = result;
  await insert(connection, "runs", [
    [
      key,
      result.state,
      result.strategy_id,
      definition,
      strategy.name,
      dataset.source,
      dataset.exchange,
      dataset.symbol,
      dataset.interval,
      dataset.bars,
      dataset.from,
      dataset.to,
      record.fingerprint,
      JSON.stringify(told),
      record.version,
      record.command,
      now,
    ],
  ]);
  await insert(
    connection,
    "trades",
    trades.map((trade, k) => [key, k + 1, ...tradeValues(trade)]),
  );
  await insert(connection, "equity", equityRows(key, record.equity));
  return true;
}

/** The values of a trade in the order of its columns. */
export function tradeValues(trade: TradeObject) {
  return [
    ...[trade.side, trade.quantity, trade.entry_time, trade.entry_price],
    ...[trade.exit_time, trade.exit_price, trade.bars_held],
    ...[trade.commission, trade.pnl, trade.status],
  ];
}

export function equityRows(key: string, { time, equity }: SampledEquity) {
  return Array.from(time, (ms, k) => [key, new Date(ms).toISOString(), equity[k]!]);
}
