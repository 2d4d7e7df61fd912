const DAY = 86_400_000;
/** Monday, 5 January 1970: sessions of a week begin on Mondays. */
const MONDAY = 4 * DAY;
const MINUTE = 60_000;

/** How sessions follow each other: by minutes, or by calendar months where `months` is above 0. */
export interface SessionForm {
  readonly minutes: number;
  readonly months: number;
  /** Minutes after midnight UTC at which they begin. */
  readonly start: number;
}

/** Number of the session that a time in epoch ms falls into; counts up with time. */
export function sessionOf(time: number, { minutes, months, start }: SessionForm): number {
  const shifted = time - start * MINUTE;
  if (months === 0) return Math.floor((shifted - MONDAY) / (minutes * MINUTE));
  return Math.floor(monthOf(Math.floor(shifted / DAY)) / months);
}

/**
 * Months since January of the year 0, of a day since 1 January 1970, in the Gregorian calendar. Years begin in March, so
 * that the leap day is the last (Howard Hinnant, chrono-Compatible Low-Level Date Algorithms, civil_from_days).
 */
function monthOf(day: number): number {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const ofEra = z - era * 146_097;
  const year = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) /
      365,
  );
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const fromMarch = Math.floor((5 * ofYear + 2) / 153);
  return 12 * (year + era * 400) + fromMarch + 2;
}
