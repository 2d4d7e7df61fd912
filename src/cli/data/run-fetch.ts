import { type ArchiveReport, fetchArchives } from "../../data/fetch/binance-public.ts";
import { fetchBars, type SeriesReport } from "../../data/fetch/fetch-bars.ts";
import type { Retry } from "../../data/fetch/retry.ts";
import { withStore } from "../../data/store/open-store.ts";
import { type Diagnostic, escapeTerminal, fail, SwymcError } from "../../diagnostics/index.ts";
import { isoTime } from "../../vector/iso-time.ts";
import type { Context } from "../context.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { reportDiagnostics } from "../report-errors.ts";
import { faultNames } from "./allowed-faults.ts";
import {
  type FetchCommandOptions,
  type FetchSource,
  PRODUCTS,
  type Product,
} from "./define-fetch.ts";

type Report = SeriesReport | ArchiveReport;

/** Fetches each series, says what was stored of it, and fails where one is not complete. */
export async function runDataFetch(
  source: FetchSource,
  options: FetchCommandOptions,
  { io, exit }: Context,
): Promise<void> {
  const reports: Report[] = [];
  let failure: readonly Diagnostic[] = [];
  try {
    await withStore(options.db, { create: true }, async (store) => {
      for await (const report of reportsOf(source, store, options, io)) {
        reports.push(report);
        reportDiagnostics(report.warnings, undefined, io);
        if (!options.json) io.out.write(`${summary(report)}\n`);
        showErrors(nameOf(report), report.errors, io);
      }
    });
  } catch (cause) {
    if (!(cause instanceof SwymcError)) throw cause;
    failure = cause.diagnostics;
    showErrors(options.exchange ?? source, failure, io);
  }
  const diagnostics = [...reports.flatMap((report) => report.errors), ...failure];
  const state = diagnostics.length === 0 ? "ok" : "error";
  if (options.json) {
    const told = { state, series: reports, ...(state === "ok" ? {} : { diagnostics }) };
    io.out.write(`${JSON.stringify(told)}\n`);
  }
  if (state === "error") exit(EXIT_CODES.user.code);
}

type Store = Parameters<typeof fetchBars>[0];

function reportsOf(
  source: FetchSource,
  store: Store,
  options: FetchCommandOptions,
  io: Io,
): AsyncIterable<Report> {
  const progress = (text: string) => {
    if (options.quiet !== true) io.err.write(`${escapeTerminal(text)}\n`);
  };
  const onRetry = ({ url, reason, waitMs }: Retry) =>
    progress(`${url}: ${reason}; next try in ${(waitMs / 1000).toFixed(1)} s`);
  const { symbols, interval, from, to, baseUrl, onConflict, timeout, attempts } = options;
  const common = {
    symbols,
    interval,
    from,
    to,
    baseUrl,
    onConflict,
    allow: faultNames(options.allow),
    http: { timeoutMs: timeout * 1000, attempts, onRetry },
  };
  if (source === "binance-public") {
    return fetchArchives(store, { ...common, products: archiveProducts(options) }, (chunk) => {
      const { archive, inserted, alreadyStored } = chunk;
      progress(`${archive}: ${inserted} inserted, ${alreadyStored} already stored`);
    });
  }
  const { exchange } = options;
  const product = exchangeProduct(options);
  if (exchange === undefined) return fail("fetch_option", { option: "--exchange" });
  return fetchBars(store, { ...common, exchange, product }, (chunk) => {
    const { chunk: number, inserted, alreadyStored } = chunk;
    const range = `${isoTime(chunk.from)} to ${isoTime(chunk.to)}`;
    progress(
      `${nameOf(chunk)} chunk ${number}: ${inserted} inserted, ${alreadyStored} already stored (${range})`,
    );
  });
}

/** `--products` of the archives; `--product`, which exchanges have, is understood. */
function archiveProducts({ product, products }: FetchCommandOptions): readonly Product[] {
  if (products !== undefined) return products;
  const known = PRODUCTS.find((one) => one === (product ?? "spot"));
  const expected = `one of ${PRODUCTS.join(", ")}`;
  return known === undefined
    ? fail("load_option", { option: "--product", value: product ?? "", expected })
    : [known];
}

/** `--product` of an exchange; `--products` with one name is understood. */
function exchangeProduct({ product, products = [] }: FetchCommandOptions): string | undefined {
  if (product !== undefined || products.length < 2) return product ?? products[0];
  const value = products.join(",");
  return fail("load_option", { option: "--products", value, expected: "one product at a time" });
}

function summary(report: Report): string {
  const { inserted, replaced, alreadyStored } = report;
  const parts = [
    "chunks" in report ? counted(report.chunks, "chunk") : counted(report.archives, "archive"),
    `${inserted} inserted`,
    ...(replaced > 0 ? [`${replaced} replaced`] : []),
    `${alreadyStored} already stored`,
  ];
  const range =
    "chunks" in report && report.from !== null
      ? ` (${isoTime(report.from)} to ${isoTime(report.to ?? undefined)})`
      : "";
  const gaps = "gaps" in report ? report.gaps : [];
  const absent = gaps.map(({ from, to, archives }) => {
    const range = from === to ? from : `${from} to ${to}`;
    return `\n  no archive for ${range} (${counted(archives, "file")})`;
  });
  return escapeTerminal(`${nameOf(report)}: ${parts.join(", ")}${range}`) + absent.join("");
}

function showErrors(name: string, errors: readonly Diagnostic[], io: Io): void {
  for (const { message, hint, code } of errors) {
    io.err.write(`${escapeTerminal(`ERR ${name}: ${message} [${code}]`)}\n`);
    if (hint !== undefined) io.err.write(`  hint: ${escapeTerminal(hint)}\n`);
  }
}

function nameOf(series: { exchange: string; symbol: string; interval: string }): string {
  return `${series.exchange} ${series.symbol} ${series.interval}`;
}

function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}
