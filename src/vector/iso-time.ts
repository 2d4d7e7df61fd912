/**
 * Epoch ms as ISO-8601 UTC, fractions of a second only where there are some;
 * the number itself where no calendar reaches, "na" where there is none.
 */
export function isoTime(ms: number | undefined): string {
  if (ms === undefined || !Number.isFinite(ms)) return "na";
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString().replace(".000Z", "Z") : String(ms);
}
