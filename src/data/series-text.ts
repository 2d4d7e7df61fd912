import { isoTime } from "../vector/iso-time.ts";
import type { AvailableSeries } from "./dataset.ts";

/** The names that tell series of one source apart, in the order in which they narrow it. */
export const KEYS = ["exchange", "mode", "product", "symbol", "interval"] as const;
export type Key = (typeof KEYS)[number];
export type SeriesNames = Pick<AvailableSeries, Key>;

/** A series as a person names it. */
export function namesText(series: SeriesNames): string {
  const names = KEYS.map((key) => series[key]).filter((name) => name !== null);
  return names.join(" ");
}

/** A series as a person names it: its names, its range and its number of bars. */
export function seriesText(series: AvailableSeries): string {
  const range =
    series.from === null
      ? ""
      : ` from ${isoTime(series.from)} to ${isoTime(series.to ?? undefined)}`;
  return `${namesText(series)}${range} (${series.bars} bars)`;
}
