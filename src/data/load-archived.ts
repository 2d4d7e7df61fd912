import { readManifest } from "./archive/manifest.ts";
import { BAR_COLUMNS } from "./columns.ts";
import type { Dataset } from "./dataset.ts";
import type { DuckDBConnection } from "./duckdb.ts";
import { rowValues } from "./faults.ts";
import { finishDataset, noBars } from "./finish.ts";
import type { LoadOptions } from "./options.ts";
import { openDatabase } from "./read/database-source.ts";
import { readSegments } from "./read/read-segments.ts";
import { lastTimes, type Segment } from "./read/segment.ts";
import { checkSelectors } from "./read/source.ts";
import { selectSeries } from "./series.ts";
import type { TimeWindow } from "./time-range.ts";
import { epochMs } from "./time-values.ts";

/** Whether older bars of a database lie in an archive. */
export async function hasArchive(connection: DuckDBConnection): Promise<boolean> {
  return (await readManifest(connection)).length > 0;
}

/** Reads one series of our own database, archived and stored bars together. */
export async function loadArchived(
  path: string,
  options: LoadOptions,
  window: TimeWindow,
): Promise<Dataset> {
  const source = await openDatabase(path, "candles");
  try {
    const names = { exchange: null, mode: null, product: null, symbol: null, interval: null };
    const origin = { source: path, ...names, available: await source.series() };
    checkSelectors(source, options);
    const chosen = selectSeries(origin.available, source.keys, options, path);
    if ("state" in chosen) return noBars(origin, chosen);
    const everything = { from: Number.NEGATIVE_INFINITY, to: window.to };
    const first =
      window.warmupBars === 0 || window.from === Number.NEGATIVE_INFINITY
        ? window.from
        : await warmupStart(await source.segments(chosen, everything), window);
    const span = { from: first, to: window.to };
    const columns = await readSegments(await source.segments(chosen, span), span, {
      columns: BAR_COLUMNS,
      source: path,
      maxBars: options.maxBars,
    });
    const raw = { ...columns, unit: "ms" as const };
    return finishDataset(raw, { ...origin, ...chosen }, options, window, (index, bars) => ({
      where: "table candles",
      row: rowValues(bars, index),
    }));
  } finally {
    source.close();
  }
}

/** The time of the bar that so many bars before the window start with. */
async function warmupStart(segments: readonly Segment[], window: TimeWindow): Promise<number> {
  const times = new Set<number>();
  for (const segment of segments) {
    const last = await lastTimes(segment, window.from, window.warmupBars);
    for (const time of last) times.add(epochMs(time, segment.time.unit));
  }
  const newestFirst = [...times].sort((a, b) => b - a);
  return newestFirst.slice(0, window.warmupBars).at(-1) ?? window.from;
}
