import { arrayFormat } from "./array-format.ts";
import { freqtradeName } from "./freqtrade-name.ts";
import { headRow } from "./head-row.ts";

/** Bars as ccxt and freqtrade write them: `[[ms, open, high, low, close, volume], …]`. */
export const ccxt = arrayFormat({
  name: "ccxt_json",
  title: "bar arrays of ccxt and freqtrade (JSON)",
  recognises: (source) => headRow(source) !== null,
  cells: 6,
  order: [0, 1, 2, 3, 4, 5],
  names: ({ path, name }, options) => freqtradeName(path, name, options),
});
