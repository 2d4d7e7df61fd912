import { fail } from "../../diagnostics/index.ts";
import type { Interval } from "../../vector/interval.ts";
import { intervalOfStep } from "../../vector/interval.ts";
import { isoTime } from "../../vector/iso-time.ts";
import { modalStep } from "../../vector/modal-step.ts";
import { barClose, isMultiple, periodOpen } from "../bar-period.ts";
import { type BarColumns, checkTimes, extraNames } from "../columns.ts";
import { compensatedSum } from "./compensated-sum.ts";

export interface ResampleOptions {
  /** The interval of the bars given; their most common step unless given. */
  readonly from?: Interval | undefined;
  /** Keep a first bar whose first part is missing. */
  readonly keepFirst?: boolean | undefined;
  /** Keep a last bar that the data does not reach the end of. */
  readonly keepLast?: boolean | undefined;
}

/**
 * Bars of a longer interval: UTC days, weeks from Monday, calendar months. Open of the first bar inside, highest high,
 * lowest low, close of the last; volume is their compensated sum, na where any of them is; further columns have
 * their last value. na prices are passed over. A period without bars gives no bar. A first or last bar that does not cover its whole period
 * is left out unless asked for.
 */
export function resampleBars(
  bars: BarColumns,
  interval: Interval,
  options: ResampleOptions = {},
): BarColumns {
  checkTimes(bars, "bars");
  const from = options.from ?? stepInterval(bars.time);
  if (from === null) return emptyLike(bars);
  if (!isMultiple(from, interval)) fail("resample_multiple", { from, to: interval });
  const starts = periodStarts(bars.time, from, interval, options);
  return aggregate(bars, starts, interval);
}

/** The interval of bars by their most common step; null with fewer than two bars. */
function stepInterval(time: Float64Array): Interval | null {
  const step = modalStep(time);
  if (step === null && time.length === 0) return null;
  return (step === null ? null : intervalOfStep(step)) ?? fail("resample_interval", { step });
}

/** Index of the first bar of each period, and one past the last bar used. */
function periodStarts(
  time: Float64Array,
  from: Interval,
  to: Interval,
  { keepFirst = false, keepLast = false }: ResampleOptions,
): Int32Array {
  const starts = new Int32Array(time.length + 1);
  let periods = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < time.length; i++) {
    if (time[i] >= end) {
      starts[periods++] = i;
      end = barClose(periodOpen(time[i], to), to);
    }
    if (barClose(time[i], from) > end) {
      fail("resample_straddles", { time: isoTime(time[i]), from, to });
    }
  }
  const n = time.length;
  starts[periods] = n;
  let first = 0;
  let last = periods;
  if (periods > 0 && !keepLast && barClose(time[n - 1], from) < end) last--;
  if (periods > 0 && !keepFirst && time[0] > periodOpen(time[0], to)) first++;
  return starts.subarray(Math.min(first, last), last + 1);
}

function aggregate(bars: BarColumns, starts: Int32Array, interval: Interval): BarColumns {
  const n = starts.length - 1;
  const column = () => new Float64Array(n);
  const out: Record<string, Float64Array> & BarColumns = {
    time: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
  for (let k = 0; k < n; k++) {
    const start = starts[k];
    const end = starts[k + 1];
    out.time[k] = periodOpen(bars.time[start], interval);
    out.open[k] = firstDefined(bars.open, start, end);
    out.high[k] = extreme(bars.high, start, end, 1);
    out.low[k] = extreme(bars.low, start, end, -1);
    out.close[k] = lastDefined(bars.close, start, end);
    out.volume[k] = compensatedSum(bars.volume, start, end);
  }
  for (const name of extraNames(bars)) {
    const values = bars[name];
    const last = column();
    for (let k = 0; k < n; k++) last[k] = values[starts[k + 1] - 1];
    out[name] = last;
  }
  return out;
}

function firstDefined(values: Float64Array, start: number, end: number): number {
  for (let i = start; i < end; i++) if (!Number.isNaN(values[i])) return values[i];
  return Number.NaN;
}

function lastDefined(values: Float64Array, start: number, end: number): number {
  for (let i = end - 1; i >= start; i--) if (!Number.isNaN(values[i])) return values[i];
  return Number.NaN;
}

function extreme(values: Float64Array, start: number, end: number, sign: 1 | -1): number {
  let best = Number.NaN;
  for (let i = start; i < end; i++) {
    if (Number.isNaN(best) || sign * values[i] > sign * best) best = values[i];
  }
  return best;
}

function emptyLike(bars: BarColumns): BarColumns {
  return Object.fromEntries(
    Object.keys(bars).map((name) => [name, new Float64Array(0)]),
  ) as BarColumns;
}
