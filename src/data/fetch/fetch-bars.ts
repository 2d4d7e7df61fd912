import { type Diagnostic, SwymcError } from "../../diagnostics/index.ts";
import type { Interval } from "../../vector/interval.ts";
import { isoTime } from "../../vector/iso-time.ts";
import { type CommitReport, commitStaged } from "../store/commit.ts";
import type { OnConflict } from "../store/conflicts.ts";
import type { Store } from "../store/open-store.ts";
import type { FaultName } from "../store/severity.ts";
import { stageColumns } from "../store/stage-columns.ts";
import { type ExchangeOptions, type ExchangeSeries, openExchange, type Page } from "./exchange.ts";
import { isFatal } from "./fatal.ts";
import { missingPages } from "./pages.ts";
import { fetchSpan } from "./span.ts";
import { type SeriesKey, storedRuns } from "./stored.ts";

export interface FetchBarsOptions extends ExchangeOptions {
  /** A ccxt id, such as binance or hyperliquid. */
  readonly exchange: string;
  readonly symbols: readonly string[];
  readonly interval: Interval;
  readonly from?: string | number | undefined;
  readonly to?: string | number | undefined;
  readonly onConflict?: OnConflict | undefined;
  readonly allow?: readonly FaultName[] | undefined;
}

/** A page of bars that was stored. */
export interface Chunk extends SeriesKey {
  /** Number of the page, from 1. */
  readonly chunk: number;
  readonly inserted: number;
  readonly alreadyStored: number;
  /** Opens of its first and last bar, epoch ms. */
  readonly from: number;
  readonly to: number;
}

/** What a fetch made of one series. */
export interface SeriesReport extends SeriesKey {
  readonly chunks: number;
  readonly inserted: number;
  readonly replaced: number;
  /** Bars of the range that were stored before the fetch. */
  readonly alreadyStored: number;
  /** Open of the earliest and latest bar that came, epoch ms; null where none did. */
  readonly from: number | null;
  readonly to: number | null;
  readonly warnings: readonly Diagnostic[];
  /** Why the series is not complete; what came before is stored. */
  readonly errors: readonly Diagnostic[];
}

/**
 * Reads bars of an exchange into a store through ccxt, each page in a transaction of its own.
 *
 *     markets → stored stretches → first missing bar → page → check, merge → next missing bar …
 *
 * A series whose exchange fails is reported and left as far as it came; the others go on.
 */
export async function* fetchBars(
  store: Store,
  options: FetchBarsOptions,
  onChunk: (chunk: Chunk) => void = () => {},
): AsyncGenerator<SeriesReport> {
  const span = fetchSpan(options);
  const exchange = await openExchange(options.exchange, options);
  const now = await exchange.now();
  const series = options.symbols.map((symbol) => exchange.series(symbol, options.interval));
  for (const one of series) yield await fetchSeries(store, one, { span, now, options, onChunk });
}

interface Job {
  readonly span: { readonly from: number; readonly to: number };
  readonly now: number;
  readonly options: FetchBarsOptions;
  readonly onChunk: (chunk: Chunk) => void;
}

async function fetchSeries(
  { connection }: Store,
  series: ExchangeSeries,
  { span, now, options, onChunk }: Job,
): Promise<SeriesReport> {
  const key: SeriesKey = pickKey(series);
  const runs = await storedRuns(connection, key, span);
  const total = { chunks: 0, inserted: 0, replaced: 0, from: Infinity, to: -Infinity };
  const warnings = new Map<string, Diagnostic>();
  let errors: readonly Diagnostic[] = [];
  try {
    for await (const page of missingPages(series, span, runs, now)) {
      const report = await storePage(connection, key, page, options);
      const [from, to] = [page[0][0], page.at(-1)![0]];
      total.chunks++;
      total.inserted += report.inserted;
      total.replaced += report.replaced;
      total.from = Math.min(total.from, from);
      total.to = Math.max(total.to, to);
      for (const warning of report.warnings) {
        if (!warnings.has(warning.code)) warnings.set(warning.code, warning);
      }
      const alreadyStored = report.unchanged + report.kept;
      onChunk({ ...key, chunk: total.chunks, inserted: report.inserted, alreadyStored, from, to });
    }
  } catch (cause) {
    if (!(cause instanceof SwymcError) || isFatal(cause)) throw cause;
    errors = cause.diagnostics;
  }
  return {
    ...key,
    ...total,
    alreadyStored: runs.reduce((sum, run) => sum + run.bars, 0),
    from: total.chunks === 0 ? null : total.from,
    to: total.chunks === 0 ? null : total.to,
    warnings: [...warnings.values()],
    errors,
  };
}

async function storePage(
  connection: Store["connection"],
  key: SeriesKey,
  page: Page,
  { onConflict, allow }: FetchBarsOptions,
): Promise<CommitReport> {
  const column = (at: number) => Float64Array.from(page, (bar) => bar[at]);
  await stageColumns(connection, {
    ...key,
    time: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  });
  return commitStaged(connection, {
    ...key,
    onConflict,
    allow,
    source: `${key.exchange} ${key.symbol} ${key.interval}`,
    format: "exchange",
    nameRow: (index) => ({
      where: `bar of ${isoTime(page[index]?.[0])}`,
      row: barText(page[index]),
    }),
  });
}

function pickKey({ exchange, symbol, interval }: ExchangeSeries): SeriesKey {
  return { exchange, symbol, interval };
}

function barText(bar: Page[number] | undefined): string {
  if (bar === undefined) return "";
  const [, open, high, low, close, volume] = bar;
  return `open ${open} high ${high} low ${low} close ${close} volume ${volume}`;
}
