import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Backtest, backtest, compile, type Dataset, loadDataset } from "../../src/index.ts";
import { goldenDocument } from "../backtest/golden-documents.ts";
import {
  decidedByTies,
  expectGoldenTrades,
  expectNear,
  type GoldenRun,
  goldenRuns,
} from "../backtest/golden-run.ts";
import { hasShared, SHARED } from "../backtest/shared-data.ts";

const SCRIPTS = join(import.meta.dirname, "../../fixtures/pine/backtests");

/** Both forms of a rule over the same bars. */
function run(source: string, file: string, dataset: Dataset, run: GoldenRun): Backtest {
  const { program, script, diagnostics } = compile(source, { file });
  expect(diagnostics).toEqual([]);
  return backtest((program ?? script)!, dataset, {
    cash: run.start_cash,
    commission: run.commission,
    ...(run.cheat_on_close ? { fill: "close" as const } : {}),
  });
}

const datasets = new Map<string, Promise<Dataset>>();

function datasetOf(name: string): Promise<Dataset> {
  const path = ["csv", "csv.gz", "parquet"]
    .map((extension) => join(SHARED, `ohlcv/${name}.${extension}`))
    .find(existsSync);
  const known = datasets.get(name) ?? loadDataset(path ?? name);
  datasets.set(name, known);
  return known;
}

const facts = ({ result }: Backtest) =>
  result.trades.map((trade) => [
    trade.side,
    trade.quantity,
    trade.entry_signal_time,
    trade.entry_time,
    trade.entry_price,
    trade.exit_signal_time,
    trade.exit_time,
    trade.exit_price,
    trade.status,
  ]);

describe.skipIf(!hasShared)("scripts of the rules of the reference backtests", () => {
  const runs = hasShared ? goldenRuns() : [];

  test.each(runs.map((golden) => [golden.key, golden] as const))(
    "%s: the trades of the rule document and of backtrader",
    async (key, golden) => {
      const strategy = golden.strategy.replace("_btcrossover", "");
      const dataset = await datasetOf(golden.dataset);
      const text = readFileSync(join(SCRIPTS, `${strategy}.pine`), "utf8");
      const script = run(text, `${strategy}.pine`, dataset, golden);
      const rules = run(JSON.stringify(goldenDocument(strategy)), "rules.json", dataset, golden);
      expect(facts(script)).toEqual(facts(rules));
      if (decidedByTies(golden)) return;
      expectGoldenTrades(script.result.trades, `backtests/${key}.trades.csv`);
      const { metrics } = script.result;
      expectNear(metrics?.final_equity ?? null, golden.final_value, 1e-9 * golden.final_value);
    },
  );
});
