import { STAGED } from "../../store/staging.ts";
import { columns } from "../columns.ts";
import type { ImportFormat } from "../format.ts";
import { headLines } from "./csv-table.ts";

/** `BINANCE_BTCUSDT, 60.csv`, `CME_MINI_ES1!, 1D_5f3a1.csv`: exchange, symbol, resolution. */
const NAME = /^(?:([A-Z0-9_]+)_)?([A-Z0-9.!]+), (\d*[SDWM]?)(?:[_ ].*)?\.csv$/;
const MINUTES: Readonly<Record<string, string>> = {
  "1": "1m",
  "3": "3m",
  "5": "5m",
  "15": "15m",
  "30": "30m",
  "60": "1h",
  "120": "2h",
  "240": "4h",
  "480": "8h",
  "720": "12h",
  "1S": "1s",
  D: "1d",
  W: "1w",
  M: "1M",
};

/** A chart exported by TradingView under the name that it gives. Under others it is a CSV like any. */
export const tradingview: ImportFormat = {
  name: "tradingview",
  title: "TradingView chart export (CSV)",
  recognises: (source) =>
    NAME.test(source.name) && /^time,open,high,low,close(,|$)/.test(headLines(source, 1)[0]),
  async stage(session, source) {
    const staged = await columns.stage(session, source);
    const [, exchange, symbol, resolution] = NAME.exec(source.name) as RegExpExecArray;
    const interval = MINUTES[resolution] ?? resolution.replace("D", "d").replace("W", "w");
    // Exchange ids carry the product, which TradingView's names do not: the option may say it.
    const told = session.options.exchange ?? exchange?.toLowerCase() ?? null;
    const sql = `UPDATE ${STAGED} SET exchange = ?, symbol = ?, "interval" = ?`;
    await session.connection.run(sql, [told, symbol, interval]);
    return { ...staged, format: "tradingview" };
  },
};
