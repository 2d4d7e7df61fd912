import type { ImportSource } from "../format.ts";
import { arrayFormat } from "./array-format.ts";
import { headRow } from "./head-row.ts";

const FOLDERS = /([A-Z0-9:]{6,})[\\/]Candles_(\d+[smhDWM])[\\/]/;
const FILE = /(?:^|_)\d\d-\d\d-\d\d[ _]\d\d-\d\d-\d\d\.json(?:\.gz)?$/;

/**
 * Candles of Bitfinex's API v2, whose rows have open, close, high, low. Rows alone do not tell them from those of
 * others, so the path has to: `bitfinex` in it, folders like `BTCUSD/Candles_1m`, or a name that is a time.
 */
export const bitfinex = arrayFormat({
  name: "bitfinex",
  title: "candle arrays of Bitfinex's API (JSON)",
  recognises: (source) => headRow(source)?.length === 6 && named(source),
  cells: 6,
  order: [0, 1, 3, 4, 2, 5],
  names({ path }) {
    const folders = FOLDERS.exec(path);
    return {
      exchange: "bitfinex",
      symbol: folders?.[1],
      interval: folders?.[2].replace("D", "d").replace("W", "w"),
    };
  },
});

function named({ path, name }: ImportSource): boolean {
  return /bitfinex/i.test(path) || FOLDERS.test(path) || FILE.test(name);
}
