import { fail, SwymcError } from "../../diagnostics/index.ts";
import { type Interval, intervalMs } from "../../vector/interval.ts";
import { type CcxtExchange, type CcxtMarket, createExchange } from "./ccxt-package.ts";
import { useBaseUrl, useTransport } from "./ccxt-transport.ts";
import type { HttpOptions } from "./http.ts";
import { findMarket, storedSymbol } from "./markets.ts";

/** A series of an exchange, ready to be read. */
export interface ExchangeSeries {
  /** Exchange and symbol as they are stored. */
  readonly exchange: string;
  readonly symbol: string;
  readonly interval: Interval;
  /** Bars that one request gives at most. */
  readonly pageBars: number;
  /** Bars from `since` on, oldest first: time in epoch ms and five numbers, NaN where there is none. */
  readonly page: (since: number) => Promise<Page>;
}

export type Bar = readonly [
  time: number,
  open: number,
  high: number,
  low: number,
  close: number,
  volume: number,
];
export type Page = readonly Bar[];

export interface Exchange {
  /** The exchange's own clock in epoch ms; ours where it has none. */
  readonly now: () => Promise<number>;
  readonly series: (symbol: string, interval: Interval) => ExchangeSeries;
}

export interface ExchangeOptions {
  /** Binance: spot (default), um or cm. Others: a market type of ccxt, such as spot or swap. */
  readonly product?: string | undefined;
  readonly baseUrl?: string | undefined;
  readonly http?: HttpOptions | undefined;
}

/** Binance's products are exchanges of their own in ccxt. */
const BINANCE: Readonly<Record<string, { id: string; product: string }>> = {
  spot: { id: "binance", product: "spot" },
  um: { id: "binanceusdm", product: "um" },
  cm: { id: "binancecoinm", product: "cm" },
};

/** COIN-M futures refuse longer ranges. */
const COIN_M_DAYS = 200;

/** Opens an exchange and loads its markets. */
export async function openExchange(name: string, options: ExchangeOptions = {}): Promise<Exchange> {
  const binance = binanceProduct(name, options.product);
  const exchange = await createExchange(binance?.id ?? name);
  useTransport(exchange, options.http ?? {});
  if (options.baseUrl !== undefined) useBaseUrl(exchange, options.baseUrl);
  limitMarkets(exchange, binance?.product ?? options.product);
  const markets = Object.values(await asked(exchange, () => exchange.loadMarkets()));
  const product = binance === undefined ? options.product : undefined;
  const types = [...new Set(markets.map((market) => market.type))];
  if (product !== undefined && !types.includes(product)) {
    fail("exchange_product", { name, product, known: types });
  }
  const choice = product === undefined ? markets : markets.filter((m) => m.type === product);
  return {
    now: async () => {
      const own = exchange.has["fetchTime"] === true;
      const time = own ? await asked(exchange, () => exchange.fetchTime()) : undefined;
      return time ?? Date.now();
    },
    series: (symbol, interval) => {
      const market = findMarket(choice, symbol, exchange.id);
      const stored = storedSymbol(market, symbol);
      return seriesOf(exchange, market, stored, interval, binance?.product);
    },
  };
}

function seriesOf(
  exchange: CcxtExchange,
  market: CcxtMarket,
  symbol: string,
  interval: Interval,
  binanceProductName: string | undefined,
): ExchangeSeries {
  const known = Object.keys(exchange.timeframes ?? {});
  if (known.length > 0 && !known.includes(interval)) {
    fail("exchange_interval", { name: exchange.id, interval, known });
  }
  const pageBars = pageSize(exchange, market, interval);
  return {
    exchange:
      binanceProductName === undefined
        ? `${exchange.id}_${market.type}`
        : `binance_${binanceProductName}`,
    symbol,
    interval,
    pageBars,
    page: async (since) => {
      const found = await asked(exchange, () =>
        exchange.fetchOHLCV(market.symbol, interval, since, pageBars),
      );
      return checkedPage(found, exchange.id);
    },
  };
}

function binanceProduct(name: string, product: string | undefined) {
  const named = Object.values(BINANCE).find(({ id }) => id === name);
  if (named === undefined) return undefined;
  if (product === undefined || product === named.product) return named;
  const other = name === "binance" ? BINANCE[product] : undefined;
  const known = name === "binance" ? Object.keys(BINANCE) : [named.product];
  return other ?? fail("exchange_product", { name, product, known });
}

/** Loads the markets of one product only, where the exchange lists several by separate requests. */
function limitMarkets(exchange: CcxtExchange, product: string | undefined): void {
  const own = exchange.options["fetchMarkets"];
  if (typeof own !== "object" || own === null || !("types" in own)) return;
  const { types } = own as { types: readonly string[] };
  const kind = { um: "linear", cm: "inverse" }[product ?? ""] ?? product;
  if (kind !== undefined && types.includes(kind)) {
    exchange.options["fetchMarkets"] = { ...own, types: [kind] };
  }
}

function pageSize(exchange: CcxtExchange, market: CcxtMarket, interval: Interval): number {
  const features = exchange.features?.[market.type] as Record<string, unknown> | undefined;
  const ofType = (features?.[market.subType ?? ""] ?? features) as
    | { fetchOHLCV?: { limit?: number } }
    | undefined;
  const limit = ofType?.fetchOHLCV?.limit ?? 500;
  if (exchange.id !== "binancecoinm") return limit;
  return Math.max(
    1,
    Math.min(limit, Math.floor((COIN_M_DAYS * 86_400_000) / intervalMs(interval))),
  );
}

function checkedPage(found: unknown, name: string): Page {
  if (!Array.isArray(found)) return fail("exchange_answer", { name, reason: String(found) });
  return found.map((row: unknown) => {
    if (!Array.isArray(row) || row.length < 5 || !Number.isSafeInteger(row[0])) {
      const reason = JSON.stringify(row)?.slice(0, 80) ?? String(row);
      return fail("exchange_answer", { name, reason });
    }
    const [, open, high, low, close, volume] = row.map((value) =>
      typeof value === "number" ? value : Number.NaN,
    );
    return [row[0], open, high, low, close, volume ?? Number.NaN] as Bar;
  });
}

/** What ccxt says went wrong, as ours; its messages name the exchange and repeat the address or the answer. */
async function asked<T>(exchange: CcxtExchange, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    if (cause instanceof SwymcError || (cause as Error)?.name === "AbortError") throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    const own = message.startsWith(`${exchange.id} `)
      ? message.slice(exchange.id.length + 1)
      : message;
    return fail("exchange_refused", { name: exchange.id, reason: own.slice(0, 200) });
  }
}
