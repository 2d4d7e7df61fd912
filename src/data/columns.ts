import { fail } from "../diagnostics/index.ts";
import { isoTime } from "../vector/iso-time.ts";

/**
 * Bars with any further numeric columns beside the six of {@link Bars}. All have the length of `time` (the bar's open
 * in epoch ms UTC, strictly increasing); na is NaN.
 */
export interface BarColumns {
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  readonly [extra: string]: Float64Array;
}

/** The columns that every dataset has, in their order. */
export const BAR_COLUMNS = ["time", "open", "high", "low", "close", "volume"] as const;

/** Names of the columns beside the six. */
export function extraNames(columns: Readonly<Record<string, Float64Array>>): string[] {
  return Object.keys(columns).filter((name) => !(BAR_COLUMNS as readonly string[]).includes(name));
}

/** Refuses columns of unequal length and times that do not increase. `what` names them in the message. */
export function checkTimes(columns: Readonly<Record<string, Float64Array>>, what: string): void {
  const { time } = columns;
  for (const [column, values] of Object.entries(columns)) {
    if (values.length !== time.length) {
      fail("column_length", { column, expected: time.length, found: values.length });
    }
  }
  for (let i = 0; i < time.length; i++) {
    const ordered = i === 0 ? Number.isFinite(time[0]) : time[i] > time[i - 1];
    if (!ordered) fail("times_not_increasing", { what, index: i, time: isoTime(time[i]) });
  }
}
