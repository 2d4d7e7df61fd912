import type { Columns } from "./regimes.ts";

/** What the errors of values are counted in where a value is a difference and may be next to 0. */
export interface Scale {
  readonly name: string;
  readonly size: (columns: Columns) => number;
}

const PRICE: Scale = { name: "price", size: ({ high }) => Math.max(...high) };
const HUNDRED: Scale = { name: "100", size: () => 100 };
const LOGARITHM: Scale = {
  name: "10,000 · ln price",
  size: ({ x }) => 1e4 * Math.max(...x.map((value) => Math.abs(Math.log(value)))),
};

export const scales: Readonly<Record<string, Scale>> = {
  macd: PRICE,
  trix: LOGARITHM,
  tsi: { name: "1", size: () => 1 },
  cci: HUNDRED,
  cmo: HUNDRED,
  stochrsi: HUNDRED,
};

/** The largest error that tests allow an indicator of period 20, in ulps of the value or of the scale. */
export const MAX_ULPS = 32;
