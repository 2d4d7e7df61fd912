import { columns } from "./columns.ts";
import type { ImportFormat } from "./format.ts";
import { binanceApi } from "./formats/binance-api.ts";
import { binanceKline } from "./formats/binance-kline.ts";
import { bitfinex } from "./formats/bitfinex.ts";
import { ccxt } from "./formats/ccxt.ts";
import { database } from "./formats/database.ts";
import { freqtradeFeather } from "./formats/freqtrade-feather.ts";
import { google } from "./formats/google.ts";
import { lean } from "./formats/lean.ts";
import { marketEvents } from "./formats/market-events.ts";
import { splitTime } from "./formats/split-time.ts";
import { tickVolume } from "./formats/tick-volume.ts";
import { tradingview } from "./formats/tradingview.ts";

/** Every format, most particular first: a source is read by the first one that recognises it. */
export const FORMATS: readonly ImportFormat[] = [
  database,
  marketEvents,
  binanceKline,
  binanceApi,
  bitfinex,
  ccxt,
  freqtradeFeather,
  lean,
  splitTime,
  google,
  tradingview,
  tickVolume,
  columns,
];
