import type { ImportSource } from "../format.ts";
import type { ImportOptions } from "../options.ts";
import { arrayFormat } from "./array-format.ts";
import { binanceExchange, binanceName } from "./binance-names.ts";
import { headRow } from "./head-row.ts";

/** Answers of Binance's REST API (`/klines`): arrays of twelve, prices as strings. */
export const binanceApi = arrayFormat({
  name: "binance_api",
  title: "kline arrays of Binance's REST API (JSON)",
  recognises(source) {
    const row = headRow(source);
    return row?.length === 12 && typeof row[1] === "string";
  },
  cells: 12,
  order: [0, 1, 2, 3, 4, 5],
  names(source, options) {
    const { symbol, interval } = binanceName(source.name) ?? {};
    return { symbol, interval, exchange: product(source, options).exchange };
  },
  warnings: (source, options) => product(source, options).warnings,
});

function product(source: ImportSource, options: ImportOptions) {
  const symbol = binanceName(source.name)?.symbol;
  return binanceExchange(source, symbol, options, { header: false, micros: false });
}
