const DAY = 86_400_000;

/** Days since 1970-01-01 of a moment on the clock of a zone. */
export const dayOf = (local: number): number => Math.floor(local / DAY);

/** ms since midnight. */
export const clockOf = (local: number): number => local - dayOf(local) * DAY;

/** 1 is Sunday. */
export function weekdayOf(day: number): number {
  return ((((day + 4) % 7) + 7) % 7) + 1;
}

/**
 * Year, month or day of the proleptic Gregorian calendar, without an object per call (H. Hinnant,
 * "chrono-compatible low-level date algorithms", civil_from_days).
 */
export function civil(day: number, part: "year" | "month" | "day"): number {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) /
      365,
  );
  const ofYear =
    ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const march = Math.floor((5 * ofYear + 2) / 153);
  if (part === "day") return ofYear - Math.floor((153 * march + 2) / 5) + 1;
  const month = march < 10 ? march + 3 : march - 9;
  if (part === "month") return month;
  return yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
}

/**
 * Days since 1970-01-01 of a date, for years that no Date holds, too (Hinnant's days_from_civil). Months beyond December
 * go on in the next year.
 */
export function dayNumber(year: number, month: number, day: number): number {
  const months = 12 * year + month - 1;
  const from = Math.floor(months / 12);
  const ofYear = months - 12 * from + 1;
  const shifted = ofYear > 2 ? from : from - 1;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (ofYear + (ofYear > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const ofEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + ofEra - 719_468;
}

/** Week of ISO 8601: the first one holds the year's first Thursday. */
export function isoWeek(day: number): number {
  const thursday = day - ((((day + 3) % 7) + 7) % 7) + 3;
  const first = Date.UTC(civil(thursday, "year"), 0) / DAY;
  return Math.floor((thursday - first) / 7) + 1;
}
