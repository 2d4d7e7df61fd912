import { fail } from "../../diagnostics/index.ts";
import { type Interval, intervalMs } from "../../vector/interval.ts";
import { barClose } from "../bar-period.ts";
import type { Run, Span } from "./pages.ts";

/** Products of Binance, and where their archives lie. */
export const ARCHIVE_PRODUCTS = { spot: "spot", um: "futures/um", cm: "futures/cm" } as const;
export type ArchiveProduct = keyof typeof ARCHIVE_PRODUCTS;

const DAY = 86_400_000;

/** One file of bars: a whole UTC month or day. */
export interface Archive {
  readonly period: "monthly" | "daily";
  /** The month or day as it stands in the name: 2024-03 or 2024-03-01. */
  readonly label: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The archives that hold what is wanted of a span and not stored: a month where all of it is, else days. Archives of
 * bars longer than a day exist by months only. The current day has none yet.
 */
export function planArchives(
  span: Span,
  stored: readonly Run[],
  interval: Interval,
  now: number,
): Archive[] {
  const byMonth = intervalMs(interval) > DAY;
  const end = Math.min(span.to, byMonth ? now : floorDay(now));
  const plan: Archive[] = [];
  for (let month = floorMonth(span.from); month < end; month = nextMonth(month)) {
    const whole = { from: month, to: nextMonth(month) };
    if (byMonth) {
      if (!isStored(whole, stored, interval)) plan.push(monthly(month));
      continue;
    }
    const days = daysOf(whole).filter(
      (day) => day.to > span.from && day.from < end && !isStored(day, stored, interval),
    );
    if (days.length === daysOf(whole).length) plan.push(monthly(month));
    else plan.push(...days);
  }
  return plan;
}

/** The daily archives of a month up to a moment, for a month whose own archive does not exist. */
export function dailyArchives(month: Archive, now: number): Archive[] {
  return daysOf(month).filter((day) => day.to <= now);
}

/** Address of an archive below the base address. */
export function archivePath(
  product: ArchiveProduct,
  symbol: string,
  interval: Interval,
  { period, label }: Archive,
): string {
  const folder = encodeURIComponent(symbol);
  const named = archiveInterval(interval);
  return `data/${ARCHIVE_PRODUCTS[product]}/${period}/klines/${folder}/${named}/${folder}-${named}-${label}.zip`;
}

/** File names tell no m from an M everywhere, so months have a name of their own there. */
export function archiveInterval(interval: Interval): string {
  return interval === "1M" ? "1mo" : interval;
}

/** Archives of futures begin with bars of one minute. */
export function checkArchiveInterval(product: ArchiveProduct, interval: Interval): void {
  if (interval === "1s" && product !== "spot") fail("archive_interval", { interval, product });
}

function isStored({ from, to }: Span, stored: readonly Run[], interval: Interval): boolean {
  // Weeks and runs of three days need not begin with the month.
  const slack = intervalMs(interval) > DAY && interval !== "1M" ? intervalMs(interval) - 1 : 0;
  return stored.some((run) => run.first <= from + slack && barClose(run.last, interval) >= to);
}

function monthly(month: number): Archive {
  const label = new Date(month).toISOString().slice(0, 7);
  return { period: "monthly", label, from: month, to: nextMonth(month) };
}

function daysOf({ from, to }: Span): Archive[] {
  const days: Archive[] = [];
  for (let day = from; day < to; day += DAY) {
    const label = new Date(day).toISOString().slice(0, 10);
    days.push({ period: "daily", label, from: day, to: day + DAY });
  }
  return days;
}

function floorDay(ms: number): number {
  return Math.floor(ms / DAY) * DAY;
}

function floorMonth(ms: number): number {
  const date = new Date(ms);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}

function nextMonth(month: number): number {
  const date = new Date(month);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}
