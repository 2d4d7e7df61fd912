import { type Interval, wilsonInterval } from "../validation/wilson.ts";
import type { AnalysedTrades } from "./analysed-run.ts";

/** What entries are grouped by, in UTC: the minute of their hour, the hour of their day, the day of their week. */
export type TimeWindow = "minute_in_hour" | "hour" | "weekday";

export interface TimeWindowOptions {
  readonly window: TimeWindow;
  /** Takes only the first entry of each window that passed, such as of each single hour. */
  readonly firstEntryOnly?: boolean;
  /** Of the interval of the win rate, 0.95 unless given. */
  readonly confidence?: number;
}

/** Closed trades that were entered in one window. */
export interface TimeWindowRow {
  /** Minute 0 to 59, hour 0 to 23, or weekday 1 (Monday) to 7. */
  readonly window: number;
  readonly trades: number;
  readonly wins: number;
  /** Null without a trade, as all that follows. */
  readonly win_rate: number | null;
  readonly win_rate_interval: Interval | null;
  /** Mean and sum of net profit, in money. */
  readonly expectancy: number | null;
  readonly pnl: number;
  /** Mean of net profit over entry value. */
  readonly average_trade: number | null;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The epoch was a Thursday. */
const EPOCH_WEEKDAY = 3;

interface Clock {
  readonly length: number;
  readonly count: number;
  readonly first: number;
  /** Added to the windows since the epoch. */
  readonly offset: number;
}

const CLOCKS: Readonly<Record<TimeWindow, Clock>> = {
  minute_in_hour: { length: MINUTE, count: 60, first: 0, offset: 0 },
  hour: { length: HOUR, count: 24, first: 0, offset: 0 },
  weekday: { length: DAY, count: 7, first: 1, offset: EPOCH_WEEKDAY },
};

/**
 * Closed trades by the time window of their entry bar's open, a row for every window in order. With 60 windows some
 * look good by chance: each row has Wilson's interval of its win rate.
 * @param time of the dataset's bars, epoch ms UTC
 */
export function tradesByWindow(
  trades: AnalysedTrades,
  time: Float64Array,
  { window, firstEntryOnly = false, confidence = 0.95 }: TimeWindowOptions,
): TimeWindowRow[] {
  const clock = CLOCKS[window];
  const sums = Array.from({ length: clock.count }, () => ({
    trades: 0,
    wins: 0,
    pnl: 0,
    returns: 0,
  }));
  const seen = new Set<number>();
  for (const i of byEntry(trades)) {
    const passed = Math.floor(time[trades.entryBar[i]] / clock.length);
    if (firstEntryOnly && seen.has(passed)) continue;
    seen.add(passed);
    // Once the first entry is found its trade may still be open, and then none counts.
    if (trades.open[i] === 1) continue;
    const at = (passed + clock.offset) % clock.count;
    const sum = sums[(at + clock.count) % clock.count];
    sum.trades++;
    if (trades.pnl[i] > 0) sum.wins++;
    sum.pnl += trades.pnl[i];
    sum.returns += trades.pnl[i] / Math.abs(trades.quantity[i] * trades.entryPrice[i]);
  }
  return sums.map(({ trades: count, wins, pnl, returns }, k) => ({
    window: clock.first + k,
    trades: count,
    wins,
    win_rate: count === 0 ? null : wins / count,
    win_rate_interval: wilsonInterval(wins, count, confidence),
    expectancy: count === 0 ? null : pnl / count,
    pnl,
    average_trade: count === 0 ? null : returns / count,
  }));
}

/** Trades by their entry, since lists are in the order of exits; equal ones as they are listed. */
function byEntry({ length, entryBar }: AnalysedTrades): Int32Array {
  return Int32Array.from({ length }, (_, i) => i).sort(
    (a, b) => entryBar[a] - entryBar[b] || a - b,
  );
}
