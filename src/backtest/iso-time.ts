/** Epoch ms as ISO-8601 UTC; fractions of a second only where there are some: `2024-01-01T00:00:00Z`. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
}
