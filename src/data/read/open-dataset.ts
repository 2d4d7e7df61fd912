import type { Table } from "apache-arrow";
import { type DanfoFrame, type DanfoModule, toDanfo } from "../../danfo/index.ts";
import { diagnose, fail, SwymcError } from "../../diagnostics/index.ts";
import type { Interval } from "../../vector/interval.ts";
import { isInterval } from "../../vector/interval.ts";
import { alignHigher } from "../align/align-higher.ts";
import type { BarColumns } from "../columns.ts";
import type { AvailableSeries } from "../dataset.ts";
import type { TableName } from "../options.ts";
import { resampleBars } from "../resample/resample-bars.ts";
import { selectSeries } from "../series.ts";
import { namesText, type SeriesNames, seriesText } from "../series-text.ts";
import { timeWindow } from "../time-range.ts";
import { columnsToTable } from "./columns-table.ts";
import { openSource } from "./open-source.ts";
import { joinPanel, type Panel, type PanelJoin } from "./panel.ts";
import { readSegments } from "./read-segments.ts";
import type { Span } from "./segment.ts";
import { type BarSource, checkSelectors } from "./source.ts";

/** Which series, and from when to when. */
export interface SeriesQuery {
  readonly symbol?: string | undefined;
  readonly exchange?: string | undefined;
  readonly mode?: string | undefined;
  readonly product?: string | undefined;
  readonly interval?: Interval | undefined;
  /** First moment: a UTC date, an ISO-8601 time, or epoch ms (inclusive). */
  readonly from?: string | number | undefined;
  /** Last moment: a UTC date (that whole day included), a time or epoch ms (exclusive). */
  readonly to?: string | number | undefined;
}

export interface ColumnsQuery extends SeriesQuery {
  /** Columns to read beside time; all that the series has unless given. */
  readonly columns?: readonly string[] | undefined;
  /** Longer intervals of the same symbol, aligned without lookahead: columns `4h.close`, `1d.time`, … */
  readonly higher?: readonly Interval[] | undefined;
  /** Where the longer bars come from: series that are stored (default), or the bars read here, resampled. */
  readonly higherFrom?: "stored" | "resampled" | undefined;
}

export interface PanelQuery extends Omit<ColumnsQuery, "symbol" | "higher" | "higherFrom"> {
  readonly symbols: readonly string[];
  /** `inner` (default): times that all have; `outer`: times that any has, the rest na; `none`: each its own. */
  readonly join?: PanelJoin | undefined;
}

export interface DatasetOptions {
  /** Which table of a database that has both `candles` and `raw_klines`. */
  readonly table?: TableName | undefined;
  /** Refuse to read more bars than this at once. */
  readonly maxBars?: number | undefined;
}

/** Bars on disk, open for reading. */
export interface OpenDataset {
  readonly path: string;
  /** The series that are there, with their ranges. */
  readonly series: () => Promise<readonly AvailableSeries[]>;
  /** One series as aligned columns of its whole length. */
  readonly columns: (query?: ColumnsQuery) => Promise<BarColumns>;
  /** The same as an Arrow table over the same buffers. */
  readonly table: (query?: ColumnsQuery) => Promise<Table>;
  /** The same as a danfo DataFrame, all values copied and times as epoch ms. `danfo` is the module to use. */
  readonly dataFrame: <Frame = DanfoFrame>(
    query?: ColumnsQuery,
    danfo?: DanfoModule<Frame>,
  ) => Promise<Frame>;
  /** Several symbols of one interval. */
  readonly panel: (query: PanelQuery) => Promise<Panel>;
  /** Lets go of the files; a database can then be written again. */
  readonly close: () => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/**
 * Opens a DuckDB database (ours with its archive, or a collector's `raw_klines`), a Parquet file or an archive folder.
 * Nothing can write a database while it is open. Bars are given as they are stored: in order of time, one per time.
 */
export async function openDataset(
  path: string,
  options: DatasetOptions = {},
): Promise<OpenDataset> {
  const source = await openSource(path, options.table);
  let closed = false;
  // A DuckDB connection runs one statement at a time, so readings wait for each other.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(() => (closed ? fail("dataset_closed", { path }) : work()));
    last = next.catch(() => undefined);
    return next;
  };
  const columns = (query: ColumnsQuery = {}) =>
    inTurn(() => readColumns(source, query, options.maxBars));
  const table = async (query?: ColumnsQuery) => columnsToTable(await columns(query));
  const close = async () => {
    await last;
    if (!closed) source.close();
    closed = true;
  };
  return {
    path,
    series: () => inTurn(source.series),
    columns,
    table,
    dataFrame: async (query, danfo) => toDanfo(await table(query), danfo),
    panel: (query) => inTurn(() => readPanel(source, query, options.maxBars)),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function readColumns(
  source: BarSource,
  query: ColumnsQuery,
  maxBars: number | undefined,
): Promise<BarColumns> {
  const span: Span = timeWindow({ from: query.from, to: query.to });
  const series = await chosenSeries(source, query);
  const resampled = query.higherFrom === "resampled" && (query.higher?.length ?? 0) > 0;
  const read = resampled ? { ...query, columns: undefined } : query;
  const columns = await readSeries(source, series, read, span, maxBars);
  const aligned: Record<string, Float64Array> = { ...columns };
  for (const interval of query.higher ?? []) {
    const lower = { time: columns.time, interval: intervalOf(series, query) };
    const higher = resampled
      ? resampleBars(columns, interval, { from: lower.interval })
      : await readSeries(
          source,
          await chosenSeries(source, { ...query, ...namesOf(series), interval }),
          query,
          span,
          maxBars,
        );
    const seen = alignHigher(lower, { interval, columns: higher });
    for (const [name, values] of Object.entries(seen)) aligned[`${interval}.${name}`] = values;
  }
  return (resampled ? only(aligned, query.columns) : aligned) as BarColumns;
}

/** The columns asked for by their own names, those of higher timeframes included. */
function only(all: Record<string, Float64Array>, asked: readonly string[] | undefined) {
  if (asked === undefined) return all;
  const known = Object.keys(all).filter((name) => !name.includes("."));
  for (const name of asked) if (!known.includes(name)) fail("dataset_column", { name, known });
  const wanted = new Set(["time", ...asked]);
  const own = (name: string) => name.slice(name.lastIndexOf(".") + 1);
  return Object.fromEntries(Object.entries(all).filter(([name]) => wanted.has(own(name))));
}

async function readPanel(
  source: BarSource,
  query: PanelQuery,
  maxBars: number | undefined,
): Promise<Panel> {
  const span: Span = timeWindow({ from: query.from, to: query.to });
  const all = new Map<string, BarColumns>();
  for (const symbol of query.symbols) {
    const series = await chosenSeries(source, { ...query, symbol });
    all.set(symbol, await readSeries(source, series, query, span, maxBars));
  }
  return joinPanel(all, query.join ?? "inner");
}

async function readSeries(
  source: BarSource,
  series: SeriesNames,
  { columns }: Pick<ColumnsQuery, "columns">,
  span: Span,
  maxBars: number | undefined,
): Promise<BarColumns> {
  const segments = await source.segments(series, span);
  return readSegments(segments, span, { columns, maxBars, source: source.path });
}

/** The one series that is meant; an error that names the choices where there is none, or more than one. */
export async function chosenSeries(source: BarSource, query: SeriesQuery): Promise<SeriesNames> {
  checkSelectors(source, query);
  const found = await source.find(query);
  if (found !== null) return found;
  const all = await source.series();
  const chosen = selectSeries(all, source.keys, query, source.path);
  if (!("state" in chosen)) return chosen;
  throw new SwymcError([
    chosen.reason ??
      diagnose("empty_dataset", {
        source: source.path,
        asked: "",
        available: all.map(seriesText),
      }),
  ]);
}

function namesOf({ exchange, mode, product, symbol }: SeriesNames): SeriesQuery {
  const names = { exchange, mode, product, symbol };
  return Object.fromEntries(Object.entries(names).filter(([, name]) => name !== null));
}

function intervalOf(series: SeriesNames, query: SeriesQuery): Interval {
  if (series.interval !== null && isInterval(series.interval)) return series.interval;
  return query.interval ?? fail("dataset_interval", { series: namesText(series) });
}
