import { existsSync } from "node:fs";
import { loadDataset } from "../../src/index.ts";
import type { Bars } from "../../src/vector/columns.ts";
import { SHARED } from "./series.ts";
import type { Workload } from "./workloads.ts";

const NAMES = ["bfx_btcusd_1m", "bfx_xrpusd_1m", "bfx_ethusd_1m_2018"] as const;

/** A workload over the minutes of three pairs at Bitfinex; over its own bars where the shared data is not there. */
export async function onBitfinex(work: Workload, bars: number): Promise<Workload> {
  const paths = NAMES.map((name) => `${SHARED}/ohlcv/${name}.parquet`);
  if (!paths.every(existsSync)) return work;
  const series: Bars[] = [];
  for (const path of paths) {
    const { bars: all } = await loadDataset(path);
    const columns = Object.entries(all).map(([name, values]) => [name, values.slice(0, bars)]);
    series.push(Object.fromEntries(columns) as unknown as Bars);
  }
  const count = series.map(({ close }) => close.length.toLocaleString("en-US")).join(", ");
  return { ...work, title: `${work.title} × ${NAMES.join(", ")} (${count} bars)`, series };
}
