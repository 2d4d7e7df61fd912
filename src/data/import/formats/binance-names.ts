import { type Diagnostic, diagnose, fail } from "../../../diagnostics/index.ts";
import type { ImportSource } from "../format.ts";
import type { ImportOptions } from "../options.ts";

/** `BTCUSDT-1h-2024-03` of the public archives; months are `1mo` there. */
const ARCHIVE =
  /^([A-Z0-9_]+)-(\d+(?:mo|[smhdwM]))(?:-(\d{4})(?:-(\d\d)(?:-(\d\d))?)?)?(?:[-_][\w-]*)?\.(?:csv|zip|json)(?:\.gz)?$/;
const FOLDER = /(?:^|[\\/])data[\\/](spot|futures[\\/](um|cm))[\\/](?:daily|monthly)[\\/]/;
const EXCHANGES = ["binance_spot", "binance_um", "binance_cm"] as const;

export interface BinanceName {
  readonly symbol: string;
  readonly interval: string;
  /** The day or month that the file holds, in epoch ms (end excluded); null where the name has none. */
  readonly span: { readonly text: string; readonly from: number; readonly to: number } | null;
}

/** What the name of a file of Binance's public archives tells; null for other names. */
export function binanceName(name: string): BinanceName | null {
  const match = ARCHIVE.exec(name);
  if (match === null) return null;
  const [, symbol, interval, year, month, day] = match;
  return { symbol, interval: interval === "1mo" ? "1M" : interval, span: span(year, month, day) };
}

function span(year?: string, month?: string, day?: string): BinanceName["span"] {
  if (year === undefined || month === undefined) return null;
  const [y, m] = [Number(year), Number(month) - 1];
  const from = Date.UTC(y, m, day === undefined ? 1 : Number(day));
  const to = day === undefined ? Date.UTC(y, m + 1, 1) : from + 86_400_000;
  return { text: [year, month, day].filter(Boolean).join("-"), from, to };
}

/**
 * Which product of Binance a file holds: told by the folders of data.binance.vision, by a symbol that only coin
 * margined futures have, by times in microseconds (spot alone has them), or by the option. A file with a header
 * comes from futures, so it has to be said which; one without is taken as spot, with a warning.
 */
export function binanceExchange(
  { path }: ImportSource,
  symbol: string | undefined,
  { exchange }: ImportOptions,
  { header, micros }: { header: boolean; micros: boolean },
): { exchange: string | undefined; warnings: Diagnostic[] } {
  const folder = FOLDER.exec(path);
  if (folder !== null) return { exchange: `binance_${folder[2] ?? "spot"}`, warnings: [] };
  if (/^[A-Z0-9]+USD_(PERP|\d{6})$/.test(symbol ?? "")) {
    return { exchange: "binance_cm", warnings: [] };
  }
  if (exchange !== undefined) return { exchange: undefined, warnings: [] };
  if (micros) return { exchange: "binance_spot", warnings: [] };
  if (header) fail("import_exchange_untold", { path, choices: EXCHANGES.slice(1) });
  const assumed = diagnose("import_exchange_assumed", { path, exchange: EXCHANGES[0] });
  return { exchange: EXCHANGES[0], warnings: [assumed] };
}
