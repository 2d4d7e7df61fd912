/**
 * When a market trades, as far as bars are counted: always, on working days (UTC), or from Sunday 22:00 to Friday
 * 22:00 UTC as currencies do. Holidays are not known; they count as missing.
 */
const WEEKS = {
  "24x7": { startMs: 0, openMs: 604_800_000 },
  // The first Monday of the epoch, and five days.
  weekdays: { startMs: 345_600_000, openMs: 432_000_000 },
  forex: { startMs: 338_400_000, openMs: 432_000_000 },
} as const;

export type Calendar = keyof typeof WEEKS;
export const CALENDARS = Object.keys(WEEKS) as readonly Calendar[];

/** The open time of the market up to a moment, in ms: a clock that stands still where the market is closed. */
export function openClockSql(calendar: Calendar, ms: string): string {
  const { startMs, openMs } = WEEKS[calendar];
  if (openMs === 604_800_000) return ms;
  const since = `(${ms} - ${startMs})`;
  return `((${since} // 604800000) * ${openMs} + system.main.least(${since} % 604800000, ${openMs}))`;
}

/** Whether the market is open at a moment. */
export function isOpenSql(calendar: Calendar, ms: string): string {
  const { startMs, openMs } = WEEKS[calendar];
  return openMs === 604_800_000 ? "true" : `((${ms} - ${startMs}) % 604800000 < ${openMs})`;
}
