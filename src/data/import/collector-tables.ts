// Shared by DuckDB datasets of sandbox-quant (import/formats) and by PostgreSQL (postgres/).

/** A table of a sandbox-quant collector: where its numbers are, and under which exchange its bars are stored. */
export interface CollectorTable {
  readonly name: string;
  /** Bars as they are, or ticks of which bars are made: trades have a price, quotes a bid and an ask. */
  readonly holds: "bars" | "trades" | "quotes";
  readonly time: string;
  /** Its ticks in the order in which they came. */
  readonly id?: string;
  readonly price?: string;
  readonly amount?: string;
  /** Put behind the exchange, so that bars of quotes or liquidations never meet those of trades. */
  readonly suffix: string;
  /** The flag that leaves the table out. */
  readonly skip: string;
}

/** The collector writes bars of Binance; its column `product` (spot, um, cm) tells which. */
export const COLLECTOR_TABLES: readonly CollectorTable[] = [
  { name: "raw_klines", holds: "bars", time: "open_time", suffix: "", skip: "skip-klines" },
  {
    name: "raw_agg_trades",
    holds: "trades",
    time: "event_time",
    id: "trade_id",
    price: "price",
    amount: "qty",
    suffix: "_trades",
    skip: "skip-agg-trades",
  },
  {
    name: "raw_book_ticker",
    holds: "quotes",
    time: "event_time",
    id: "tick_id",
    suffix: "_quotes",
    skip: "skip-book-ticker",
  },
  {
    name: "raw_liquidation_events",
    holds: "trades",
    time: "event_time",
    id: "event_id",
    price: "price",
    amount: "qty",
    suffix: "_liquidations",
    skip: "skip-liquidations",
  },
];

/**
 * The exchange id of a product of Binance, as the collector names it: `binance_um`, and `binance_um_demo` for what it
 * got in a mode other than `real`.
 */
export function collectorExchange(product: string, mode = ""): string | undefined {
  const named = product.toLowerCase();
  if (!/^(spot|um|cm)$/.test(named)) return undefined;
  const plain = /^(real|live)?$/i.test(mode);
  return plain ? `binance_${named}` : `binance_${named}_${mode.toLowerCase()}`;
}
