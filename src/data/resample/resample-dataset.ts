import { fail } from "../../diagnostics/index.ts";
import { INTERVALS, type Interval, isInterval } from "../../vector/interval.ts";
import { isMultiple } from "../bar-period.ts";
import { extraNames } from "../columns.ts";
import type { NamedColumns } from "../export/named-columns.ts";
import { chosenSeries, type SeriesQuery } from "../read/open-dataset.ts";
import { openSource } from "../read/open-source.ts";
import { readSegments } from "../read/read-segments.ts";
import type { BarSource } from "../read/source.ts";
import { namesText, type SeriesNames } from "../series-text.ts";
import { type CommitReport, commitStaged } from "../store/commit.ts";
import type { OnConflict } from "../store/conflicts.ts";
import { withStore } from "../store/open-store.ts";
import { stageColumns } from "../store/stage-columns.ts";
import { timeWindow } from "../time-range.ts";
import { resampleBars } from "./resample-bars.ts";

export interface ResampleQuery extends SeriesQuery {
  readonly keepFirst?: boolean | undefined;
  readonly keepLast?: boolean | undefined;
}

/** A series of a longer interval, and what it was made of. */
export interface Resampled extends NamedColumns {
  readonly exchange: string;
  readonly symbol: string;
  readonly interval: Interval;
  readonly fromInterval: Interval;
  readonly barsRead: number;
}

/**
 * Reads one series of a dataset and joins its bars. Without an interval in the query it is the longest one stored that
 * the new interval is a multiple of.
 */
export async function resampleDataset(
  path: string,
  to: Interval,
  query: ResampleQuery,
): Promise<Resampled> {
  const span = timeWindow({ from: query.from, to: query.to });
  const source = await openSource(path);
  try {
    const series = await sourceSeries(source, to, query);
    const { exchange, symbol, interval } = series;
    if (interval === null || !isInterval(interval) || exchange === null || symbol === null) {
      return fail("dataset_interval", { series: namesText(series) });
    }
    const bars = await readSegments(await source.segments(series, span), span, { source: path });
    const { keepFirst, keepLast } = query;
    const columns = resampleBars(bars, to, { from: interval, keepFirst, keepLast });
    if (columns.time.length === 0) {
      fail("resample_empty", { series: namesText(series), to, bars: bars.time.length });
    }
    const barsRead = bars.time.length;
    return { exchange, symbol, interval: to, fromInterval: interval, barsRead, columns };
  } finally {
    source.close();
  }
}

/** Stores a series in a database of ours, checked and merged as an import is. */
export function storeResampled(
  path: string,
  series: Resampled,
  onConflict: OnConflict | undefined,
): Promise<CommitReport> {
  const { exchange, symbol, interval, fromInterval, columns } = series;
  return withStore(path, {}, async ({ connection }) => {
    const extras = Object.fromEntries(extraNames(columns).map((name) => [name, columns[name]]));
    await stageColumns(connection, { exchange, symbol, interval, ...columns, extras });
    const source = `${exchange} ${symbol} ${fromInterval}`;
    return commitStaged(connection, { source, format: "resample", onConflict });
  });
}

async function sourceSeries(
  source: BarSource,
  to: Interval,
  query: ResampleQuery,
): Promise<SeriesNames> {
  if (query.interval !== undefined) return chosenSeries(source, query);
  const ofSymbol = (await source.series()).filter(
    (one) =>
      (query.symbol === undefined || one.symbol === query.symbol) &&
      (query.exchange === undefined || one.exchange === query.exchange),
  );
  const stored = [...new Set(ofSymbol.map(({ interval }) => interval))];
  const known = stored.filter(isKnown).sort(byLength);
  const usable = known.filter((interval) => isMultiple(interval, to));
  if (usable.length > 0) return chosenSeries(source, { ...query, interval: usable.at(-1)! });
  if (known.length > 1 && known.length === stored.length)
    fail("resample_multiple", { from: known.join(", "), to });
  return chosenSeries(source, query);
}

function isKnown(interval: string | null): interval is Interval {
  return interval !== null && isInterval(interval);
}

function byLength(a: Interval, b: Interval): number {
  return INTERVALS[a] - INTERVALS[b];
}
