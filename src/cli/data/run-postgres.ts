import type { ImportOptions } from "../../data/import/options.ts";
import { importPostgres } from "../../data/postgres/import-postgres.ts";
import type { CommitReport } from "../../data/store/commit.ts";
import { withStore } from "../../data/store/open-store.ts";
import { fail } from "../../diagnostics/index.ts";
import type { PostgresFlags } from "./define-postgres.ts";

/** Files are imported whole: a flag that would choose a part of them must not be passed over. */
export function refusePostgresFlags({ symbols, from, to, ...skips }: PostgresFlags): void {
  const { skipKlines, skipAggTrades, skipBookTicker, skipLiquidations } = skips;
  const given = Object.entries({
    "--symbols": symbols?.join(","),
    "--from": from,
    "--to": to,
    "--skip-klines": skipKlines && "",
    "--skip-agg-trades": skipAggTrades && "",
    "--skip-book-ticker": skipBookTicker && "",
    "--skip-liquidations": skipLiquidations && "",
  });
  for (const [option, value] of given) {
    if (typeof value !== "string") continue;
    fail("load_option", { option, value, expected: "--postgres beside it; files are read whole" });
  }
}

/** Imports from a PostgreSQL database; `onReport` gets each series as soon as it is stored. */
export async function runPostgresImport(
  db: string,
  url: string,
  flags: PostgresFlags,
  options: ImportOptions,
  onReport: (report: CommitReport) => void,
): Promise<void> {
  const skip = [
    ...(flags.skipKlines ? ["raw_klines"] : []),
    ...(flags.skipAggTrades ? ["raw_agg_trades"] : []),
    ...(flags.skipBookTicker ? ["raw_book_ticker"] : []),
    ...(flags.skipLiquidations ? ["raw_liquidation_events"] : []),
  ];
  const { symbols, from, to } = flags;
  await withStore(db, { create: true }, (store) =>
    importPostgres(store, url, { ...options, symbols, from, to, skip }, onReport),
  );
}
