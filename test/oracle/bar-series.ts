import { generator } from "../kernels/cases.ts";
import { type Case, seriesOf } from "./series.ts";

export const COLUMNS = ["high", "low", "close", "volume", "typical"] as const;
export type Column = (typeof COLUMNS)[number];
export type Bars = Readonly<Record<Column, Float64Array>>;

/** Bars around a case's closes: high and low are there where close is, some bars have no range, some no volume. */
export function barsOf(c: Case): Bars {
  const random = generator(c.seed + 1);
  const close = seriesOf(c);
  const still = c.style === "constant" ? 1 : c.style === "plateaus" ? 0.8 : 0.05;
  const reach = c.style === "huge" ? 0.001 : c.style === "tiny" ? 1e-10 : 0.5;
  const high = new Float64Array(close.length);
  const low = new Float64Array(close.length);
  for (let i = 0; i < close.length; i++) {
    const idle = random() < still;
    const round = c.style === "ties" ? Math.round : (value: number) => value;
    high[i] = close[i] + (idle ? 0 : round(2 * reach * random()));
    low[i] = close[i] - (idle ? 0 : round(2 * reach * random()));
  }
  const volume = close.map(() => (random() < 0.1 ? 0 : Math.ceil(1000 * random())));
  const typical = close.map((price, i) => (high[i] + low[i] + price) / 3);
  return { high, low, close, volume, typical };
}
