import { isInterval } from "../../../vector/interval.ts";
import type { ImportOptions } from "../options.ts";
import type { Told } from "./told.ts";

const NAME =
  /^([A-Za-z0-9]+(?:_[A-Za-z0-9]+){1,3})-(\d+[A-Za-z]{1,2})(-futures)?\.(?:json|json\.gz|feather)$/;
const FOLDER = /[\\/]data[\\/]([a-z0-9_]+)[\\/](?:futures[\\/])?[^\\/]+$/;

/** What the name of a file of freqtrade tells: pair and interval, and its folder the exchange. */
export function freqtradeName(path: string, name: string, options: ImportOptions): Told {
  const match = NAME.exec(name);
  if (match === null) return {};
  const [, pair, written, futures] = match;
  const interval = written.replace(/^1Mo$/, "1M");
  const misnamed = !isInterval(interval) && options.interval !== undefined;
  return {
    symbol: spelled(pair, options.symbol),
    interval: misnamed ? undefined : interval,
    exchange: options.exchange === undefined ? exchangeOf(path, pair, futures) : undefined,
  };
}

export function isFreqtradeName(name: string): boolean {
  return NAME.test(name);
}

/** The pair as ccxt writes it, unless the option spells the same letters otherwise: `BTCUSDT`. */
function spelled(pair: string, asked: string | undefined): string {
  const parts = pair.split("_");
  const letters = asked?.replace(/[^A-Za-z0-9]/g, "").toUpperCase();
  const same = parts.some((_, at) => parts.slice(at).join("").toUpperCase() === letters);
  if (asked !== undefined && same) return asked;
  const [base, quote, ...settle] = parts;
  return settle.length === 0 ? `${base}/${quote}` : `${base}/${quote}:${settle.join("-")}`;
}

/** Exchange ids carry the product: futures of Binance are margined in dollars or in coins. */
function exchangeOf(path: string, pair: string, futures: string | undefined): string | undefined {
  const exchange = FOLDER.exec(path)?.[1];
  if (exchange !== "binance") return exchange;
  if (futures === undefined) return "binance_spot";
  return /_(USDT|USDC|BUSD)$/.test(pair) ? "binance_um" : "binance_cm";
}
