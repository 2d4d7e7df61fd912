import { fail } from "../../diagnostics/index.ts";
import type { Dataset } from "../dataset.ts";
import { collectorExchange } from "../import/collector-tables.ts";
import { type CommitReport, commitStaged } from "../store/commit.ts";
import { withStore } from "../store/open-store.ts";
import { stageColumns } from "../store/stage-columns.ts";

/** Keeps the bars of a dataset in a database, where they are found under the same names. */
export async function snapshotDataset(dataset: Dataset, path: string): Promise<CommitReport> {
  const { exchange, product, mode, symbol, interval, bars, source } = dataset;
  const named = exchange ?? collectorExchange(product ?? "", mode ?? "");
  const needed = { exchange: named, symbol, interval };
  for (const [name, value] of Object.entries(needed)) {
    if (value === null || value === undefined) {
      const why = "a snapshot keeps bars under exchange, symbol and interval";
      fail("import_option_needed", { path: source, option: `--${name}`, why });
    }
  }
  return withStore(path, { create: true }, async ({ connection }) => {
    await stageColumns(connection, {
      exchange: named,
      symbol: symbol ?? undefined,
      interval: interval ?? undefined,
      ...bars,
    });
    return commitStaged(connection, { source, format: "snapshot" });
  });
}
