/**
 * From a DuckDB database through a DataFrame to a compiled strategy, its indicators and its trades by month.
 *
 *     npx tsx examples/research.ts
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as danfo from "danfojs-node";
import { backtest, compile, importBars, openDataset } from "swymc";
import { fromDanfo, toDanfo } from "swymc/danfo";
import { ema, rsi } from "swymc/indicators";

const folder = mkdtempSync(join(tmpdir(), "swymc-research-"));
try {
  // DuckDB: bars of any number of symbols, stored once.
  const database = join(folder, "market.duckdb");
  const series = { exchange: "made_up", symbol: "DEMO", interval: "1h" } as const;
  const [stored] = await importBars(database, "fixtures/ohlcv/synthetic_1h.csv", series);
  console.log(`${stored?.inserted} bars stored\n`);

  // DataFrame: the bars of March, to look at and to work on.
  const dataset = await openDataset(database);
  const frame = await dataset.dataFrame<danfo.DataFrame>({ symbol: "DEMO", from: "2024-03-01" });
  await dataset.close();

  // Indicators: Arrow columns are read as they are; a column of a frame is a plain array.
  const table = fromDanfo(frame);
  frame.addColumn("ema_21", Array.from(ema(table.getChild("close")!, { period: 21 })), {
    inplace: true,
  });
  frame.addColumn("rsi_14", Array.from(rsi(frame["close"].values, { period: 14 })), {
    inplace: true,
  });
  // danfo's statistics take no NaN, so the warm-up goes first.
  const settled = frame.dropNa({ axis: 1 });
  console.log("March, described");
  settled
    .loc({ columns: ["close", "volume", "ema_21", "rsi_14"] })
    .describe()
    .print();

  // Compile and run: a DataFrame is data like any other.
  const { program, diagnostics } = compile(
    readFileSync("fixtures/rules/ema_crossover_params.json", "utf8"),
  );
  if (!program) throw new Error(diagnostics.map((one) => one.message).join("\n"));
  const run = backtest(program, frame, { commission: 0.001, params: { fast: 8, slow: 21 } });
  console.log(`\nreturn ${((run.result.metrics?.total_return ?? 0) * 100).toFixed(2)} %`);

  // Describe and group: the trades by the week in which they began.
  const trades = toDanfo<danfo.DataFrame>(run.trades);
  const week = (ms: number) => `week ${Math.ceil(new Date(ms).getUTCDate() / 7)}`;
  trades.addColumn("week", (trades["entry_time"].values as number[]).map(week), { inplace: true });
  console.log("\nProfit and bars held, by week of entry");
  const groups = trades.groupby(["week"]);
  groups.agg({ pnl: ["count", "sum", "mean"], bars_held: "mean" }).print();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
