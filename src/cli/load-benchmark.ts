import { statSync } from "node:fs";
import { basename, extname } from "node:path";
import { type LoadOptions, loadDataset } from "../data/index.ts";
import { fail } from "../diagnostics/index.ts";
import type { BenchmarkChoice } from "../program/run-benchmark.ts";

const FILES = new Set([".csv", ".gz", ".parquet", ".arrow", ".feather", ".ipc", ".duckdb", ".db"]);

/**
 * What `--benchmark` names, over the window of the run: `buy_and_hold`, a file (one that is there, or a name of a file's
 * kind), else a symbol of the run's own source.
 */
export async function loadBenchmark(
  what: string,
  source: string,
  { warmupBars: _, ...load }: LoadOptions,
): Promise<BenchmarkChoice> {
  if (what === "buy_and_hold") return what;
  if (isFile(what)) {
    const { interval, from, to } = load;
    return { name: basename(what), data: await loadDataset(what, { interval, from, to }) };
  }
  const data = await loadDataset(source, { ...load, symbol: what });
  if (data.state === "ok" && data.available.length === 0)
    fail("benchmark_unnamed", { name: what, source });
  return { name: what, data };
}

function isFile(what: string): boolean {
  return (
    FILES.has(extname(what).toLowerCase()) ||
    statSync(what, { throwIfNoEntry: false })?.isFile() === true
  );
}
