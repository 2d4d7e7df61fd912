import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Diagnostic, fail, SwymcError } from "../../diagnostics/index.ts";
import { type Interval, intervalMs } from "../../vector/interval.ts";
import { importSources } from "../import/import-sources.ts";
import type { OnConflict } from "../store/conflicts.ts";
import type { Store } from "../store/open-store.ts";
import type { FaultName } from "../store/severity.ts";
import { downloadArchive } from "./archive-download.ts";
import {
  type Archive,
  type ArchiveProduct,
  archivePath,
  checkArchiveInterval,
  dailyArchives,
  planArchives,
} from "./archive-plan.ts";
import { checkBaseUrl } from "./ccxt-transport.ts";
import { isFatal } from "./fatal.ts";
import type { HttpOptions } from "./http.ts";
import type { Span } from "./pages.ts";
import { fetchSpan } from "./span.ts";
import { type SeriesKey, storedRuns } from "./stored.ts";

export const BINANCE_PUBLIC = "https://data.binance.vision";

export interface ArchiveOptions {
  readonly products: readonly ArchiveProduct[];
  readonly symbols: readonly string[];
  readonly interval: Interval;
  readonly from?: string | number | undefined;
  readonly to?: string | number | undefined;
  /** Address of a mirror with the same layout. */
  readonly baseUrl?: string | undefined;
  readonly http?: HttpOptions | undefined;
  readonly onConflict?: OnConflict | undefined;
  readonly allow?: readonly FaultName[] | undefined;
}

/** An archive that was stored. */
export interface ArchiveChunk extends SeriesKey {
  readonly archive: string;
  readonly inserted: number;
  readonly alreadyStored: number;
}

/** Days or months without an archive, from the first to the last, as they are labelled. */
export interface ArchiveGap {
  readonly from: string;
  readonly to: string;
  readonly archives: number;
}

/** What a fetch of archives made of one series. */
export interface ArchiveReport extends SeriesKey {
  readonly archives: number;
  readonly inserted: number;
  readonly replaced: number;
  /** Bars of the range that were stored before the fetch. */
  readonly alreadyStored: number;
  readonly gaps: readonly ArchiveGap[];
  readonly warnings: readonly Diagnostic[];
  /** Archives that could not be stored. */
  readonly errors: readonly Diagnostic[];
}

/**
 * Reads the public archives of Binance into a store: each archive is downloaded to a temporary file, compared with its
 * CHECKSUM and imported in a transaction of its own. Stored days are skipped, missing archives reported. A damaged
 * archive is reported and left out; where the server itself fails, the series ends there.
 */
export async function* fetchArchives(
  store: Store,
  options: ArchiveOptions,
  onChunk: (chunk: ArchiveChunk) => void = () => {},
  now = Date.now(),
): AsyncGenerator<ArchiveReport> {
  const base = checkBaseUrl(options.baseUrl ?? BINANCE_PUBLIC);
  const span = fetchSpan(options, now);
  options.symbols.forEach(checkSymbol);
  for (const product of options.products) checkArchiveInterval(product, options.interval);
  for (const product of options.products) {
    for (const symbol of options.symbols) {
      const key = { exchange: `binance_${product}`, symbol, interval: options.interval };
      const urlOf = (archive: Archive) =>
        `${base}/${archivePath(product, symbol, options.interval, archive)}`;
      yield await fetchSeries({ store, key, span, options, now, urlOf, onChunk });
    }
  }
}

interface Job {
  readonly store: Store;
  readonly key: SeriesKey;
  readonly span: Span;
  readonly options: ArchiveOptions;
  readonly now: number;
  readonly urlOf: (archive: Archive) => string;
  readonly onChunk: (chunk: ArchiveChunk) => void;
}

async function fetchSeries(job: Job): Promise<ArchiveReport> {
  const { store, key, span, options, now } = job;
  const runs = await storedRuns(store.connection, key, wholeMonths(span));
  const queue = planArchives(span, runs, options.interval, now);
  const total = { archives: 0, inserted: 0, replaced: 0 };
  const absent: Archive[] = [];
  const warnings = new Map<string, Diagnostic>();
  const errors: Diagnostic[] = [];
  for (let archive = queue.shift(); archive !== undefined; archive = queue.shift()) {
    try {
      const stored = await storeArchive(job, archive);
      if (stored === undefined) {
        const days = hasDays(archive, options.interval) ? dailyArchives(archive, now) : [];
        if (days.length > 0) queue.unshift(...days);
        else absent.push(archive);
        continue;
      }
      total.archives++;
      total.inserted += stored.inserted;
      total.replaced += stored.replaced;
      for (const warning of stored.warnings) {
        if (!warnings.has(warning.code)) warnings.set(warning.code, warning);
      }
    } catch (cause) {
      if (!(cause instanceof SwymcError) || isFatal(cause)) throw cause;
      errors.push(...cause.diagnostics);
      if (cause.diagnostics.some(({ code }) => code.startsWith("fetch_"))) break;
    }
  }
  return {
    ...key,
    ...total,
    alreadyStored: runs
      .filter(({ first, last }) => last >= span.from && first < span.to)
      .reduce((sum, run) => sum + run.bars, 0),
    gaps: gapsOf(absent),
    warnings: [...warnings.values()],
    errors,
  };
}

/** Downloads, checks and imports one archive; undefined where there is none. */
async function storeArchive({ store, key, options, urlOf, onChunk }: Job, archive: Archive) {
  const url = urlOf(archive);
  const name = decodeURIComponent(url.slice(url.lastIndexOf("/") + 1));
  const folder = mkdtempSync(join(store.scratch, "archive-"));
  try {
    const file = join(folder, name);
    const download = await downloadArchive(url, file, options.http ?? {});
    if (download === undefined) return undefined;
    const { onConflict, allow } = options;
    const stored = { inserted: 0, replaced: 0, warnings: [...download.warnings] };
    for await (const report of importSources(store, [file], { ...key, onConflict, allow })) {
      stored.inserted += report.inserted;
      stored.replaced += report.replaced;
      stored.warnings.push(...report.warnings);
      const { inserted, unchanged, kept } = report;
      onChunk({ ...key, archive: name, inserted, alreadyStored: unchanged + kept });
    }
    return stored;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function hasDays({ period }: Archive, interval: Interval): boolean {
  return period === "monthly" && intervalMs(interval) <= 86_400_000;
}

/** Neighbours among the absent archives as one stretch each. */
function gapsOf(absent: readonly Archive[]): ArchiveGap[] {
  const gaps: (ArchiveGap & { end: number })[] = [];
  for (const { label, from, to } of absent) {
    const last = gaps.at(-1);
    if (last !== undefined && last.end === from) {
      gaps[gaps.length - 1] = { ...last, to: label, archives: last.archives + 1, end: to };
    } else gaps.push({ from: label, to: label, archives: 1, end: to });
  }
  return gaps.map(({ end: _, ...gap }) => gap);
}

/** Archives hold whole days and months, so what is stored of them is looked for there. */
function wholeMonths({ from, to }: Span): Span {
  const [first, last] = [new Date(from), new Date(to)];
  return {
    from: Date.UTC(first.getUTCFullYear(), first.getUTCMonth()),
    to: Date.UTC(last.getUTCFullYear(), last.getUTCMonth() + 1),
  };
}

/** A symbol becomes part of an address and of a file name. */
function checkSymbol(symbol: string): void {
  if (!/^[\p{L}\p{N}_-]{1,60}$/u.test(symbol)) fail("archive_symbol", { symbol });
}
