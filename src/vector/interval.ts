/**
 * Bar intervals, shortest first (case matters; weeks start Monday UTC, months are calendar months).
 * The one table for schema, CLI, resampling and annualisation.
 */
export const INTERVALS = {
  "1s": 1_000,
  "1m": 60_000,
  "3m": 180_000,
  "5m": 300_000,
  "15m": 900_000,
  "30m": 1_800_000,
  "1h": 3_600_000,
  "2h": 7_200_000,
  "4h": 14_400_000,
  "8h": 28_800_000,
  "12h": 43_200_000,
  "1d": 86_400_000,
  "3d": 259_200_000,
  "1w": 604_800_000,
  // A twelfth of 365 days: a calendar month has no fixed length.
  "1M": 2_628_000_000,
} as const;

export type Interval = keyof typeof INTERVALS;

export const INTERVAL_NAMES = Object.keys(INTERVALS) as readonly Interval[];

export function isInterval(text: string): text is Interval {
  return Object.hasOwn(INTERVALS, text);
}

/** Length of an interval in milliseconds. */
export function intervalMs(interval: Interval): number {
  return INTERVALS[interval];
}

/** The named interval of a step between bars in ms, or null; any step of 28 to 31 days is a month. */
export function intervalOfStep(step: number): Interval | null {
  const day = 86_400_000;
  if (step >= 28 * day && step <= 31 * day) return "1M";
  return INTERVAL_NAMES.find((name) => INTERVALS[name] === step) ?? null;
}
