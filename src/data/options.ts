import type { Interval } from "../vector/interval.ts";

/** Units of epoch numbers. */
export const TIME_UNITS = ["s", "ms", "us", "ns"] as const;
export type TimeUnit = (typeof TIME_UNITS)[number];

/** Tables of a database that hold bars: our own, and that of the existing collector. */
export const TABLES = ["candles", "raw_klines"] as const;
export type TableName = (typeof TABLES)[number];

/** Most bars that a source may claim or hold: 50 million (2.4 GB of columns). */
export const MAX_BARS = 50_000_000;

/** How to read the time column where the data alone leaves it open. */
export interface TimeOptions {
  /** Name of the time column, where several could be meant. */
  readonly timeColumn?: string | undefined;
  /** Unit of epoch numbers, where their size does not tell it. */
  readonly timeUnit?: TimeUnit | undefined;
  /** Pattern of times in text (strptime, e.g. "%m/%d/%Y"), where it is not ISO-8601. UTC. */
  readonly timeFormat?: string | undefined;
}

/** Which bars to read, and from which series of a source that holds several. */
export interface LoadOptions extends TimeOptions {
  readonly symbol?: string | undefined;
  readonly exchange?: string | undefined;
  readonly product?: string | undefined;
  readonly mode?: string | undefined;
  /** Which table of a database that has several; of PostgreSQL any, with or without its schema. */
  readonly table?: string | undefined;
  /** Selects among a database's intervals; for a file of another interval it only warns. */
  readonly interval?: Interval | undefined;
  /** First moment: a UTC date, an ISO-8601 time, or epoch ms (inclusive). */
  readonly from?: string | number | undefined;
  /** Last moment: a UTC date (that whole day included), a time or epoch ms (exclusive). */
  readonly to?: string | number | undefined;
  /** Bars before `from` to read as well, as many as there are up to this count. Default 0. */
  readonly warmupBars?: number | undefined;
  /** Refuse sources with more rows. Default {@link MAX_BARS}. */
  readonly maxBars?: number | undefined;
  /** Time allowed to read an Arrow file, in ms. Default 10 s and 1 s per 20 MB. */
  readonly deadlineMs?: number | undefined;
}
