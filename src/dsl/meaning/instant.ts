const FORM =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:[Zz]|([+-])(\d{2}):?(\d{2}))?$/;

/**
 * Epoch ms of an ISO 8601 date with a clock time, UTC where it names no zone; null where it is none or the
 * calendar has no such day. Digits below the millisecond are cut off.
 */
export function parseInstant(text: string): number | null {
  const match = FORM.exec(text);
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const ms = Number((match[7] ?? "").padEnd(3, "0").slice(0, 3));
  const zone = (Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0)) * (match[8] === "-" ? -1 : 1);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  const clock = hour < 24 && minute < 60 && second < 60 && Math.abs(zone) < 24 * 60;
  if (!real || !clock) return null;
  return date.getTime() + ((hour * 60 + minute - zone) * 60 + second) * 1000 + ms;
}
