import { fail, suggest } from "../../diagnostics/index.ts";
import type { AvailableSeries } from "../dataset.ts";
import type { SeriesQuery } from "../read/open-dataset.ts";
import { openSource } from "../read/open-source.ts";
import { readSegments } from "../read/read-segments.ts";
import { checkSelectors } from "../read/source.ts";
import { seriesText } from "../series-text.ts";
import { timeWindow } from "../time-range.ts";
import type { NamedColumns } from "./named-columns.ts";
import { checkSeriesPath, writeSeries } from "./write-series.ts";

export interface ExportQuery extends Omit<SeriesQuery, "symbol"> {
  /** Symbols to write; all unless given. */
  readonly symbols?: readonly string[] | undefined;
}

export interface ExportedSeries {
  readonly exchange: string | null;
  readonly symbol: string | null;
  readonly interval: string | null;
  readonly bars: number;
  readonly from: number;
  readonly to: number;
}

/** Writes every series of a dataset that a query fits into one file: Parquet, CSV (gzipped or not) or Arrow, by its ending. */
export async function exportBars(
  path: string,
  query: ExportQuery,
  out: string,
): Promise<ExportedSeries[]> {
  checkSeriesPath(out);
  const span = timeWindow({ from: query.from, to: query.to });
  const source = await openSource(path);
  try {
    checkSelectors(source, query);
    const all: NamedColumns[] = [];
    for (const series of fitting(await source.series(), query)) {
      const columns = await readSegments(await source.segments(series, span), span, {
        source: path,
      });
      if (columns.time.length > 0) all.push({ ...namesOf(series), columns });
    }
    if (all.length === 0) {
      const asked = [
        ...(query.symbols ?? []),
        query.exchange,
        query.interval,
        query.from,
        query.to,
      ];
      fail("export_nothing", {
        source: path,
        asked: asked.filter((part) => part !== undefined).join(" "),
        available: (await source.series()).map(seriesText),
      });
    }
    await writeSeries(out, all);
    return all.map(({ columns: { time }, ...names }) => ({
      ...names,
      ...{ bars: time.length, from: time[0], to: time[time.length - 1] },
    }));
  } finally {
    source.close();
  }
}

/** The series that a query means; each symbol named has to be there. */
function fitting(all: readonly AvailableSeries[], query: ExportQuery): AvailableSeries[] {
  const keys = ["exchange", "mode", "product", "interval"] as const;
  for (const symbol of query.symbols ?? []) {
    if (!all.some((series) => series.symbol === symbol)) {
      const known = [...new Set(all.map((series) => String(series.symbol)))];
      fail("symbol_not_found", { symbol, known, suggestion: suggest(symbol, known) });
    }
  }
  return all.filter(
    (series) =>
      (query.symbols === undefined || query.symbols.includes(series.symbol ?? "")) &&
      keys.every((key) => query[key] === undefined || series[key] === query[key]),
  );
}

/** A file has no columns for the collector's mode and product: they stand in front of the exchange's name. */
function namesOf({ exchange, mode, product, symbol, interval }: AvailableSeries) {
  const place = [exchange, mode, product].filter((name) => name !== null);
  return { exchange: place.length === 0 ? null : place.join("_"), symbol, interval };
}
