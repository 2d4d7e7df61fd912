/** A date of `timestamp("…")` in milliseconds, ISO 8601 or RFC 2822 in its usual shapes; without a zone it is UTC. Or null. */
export function dateOf(text: string): number | null {
  const plain = text.trim();
  const iso =
    /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?(.*)$/.exec(
      plain,
    );
  if (iso) {
    const [, year, month, day = "1", hour = "0", minute = "0", second = "0", zone = ""] = iso;
    return joined([year, month, day, hour, minute, second].map(Number), zone);
  }
  const words =
    /^(?:[A-Za-z]{3,9},?\s+)?(?:(\d{1,2})\s+([A-Za-z]{3,9})|([A-Za-z]{3,9})\s+(\d{1,2}),?)\s+(\d{4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?(.*)$/.exec(
      plain,
    );
  if (!words) return null;
  const [, d1, m1, m2, d2, year, hour = "0", minute = "0", second = "0", zone = ""] = words;
  const month = MONTHS.indexOf((m1 ?? m2)!.slice(0, 3).toLowerCase()) + 1;
  if (month === 0) return null;
  return joined([Number(year), month, ...[d1 ?? d2, hour, minute, second].map(Number)], zone);
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

function joined(parts: readonly number[], zone: string): number | null {
  const [year, month, day, hour, minute, second] = parts;
  const match = /^\s*(?:Z|UTC|GMT)?\s*(?:([+-])(\d{1,2})(?::?(\d{2}))?)?$/i.exec(zone);
  const time = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!);
  const date = new Date(time);
  const real = date.getUTCMonth() === month! - 1 && date.getUTCDate() === day;
  if (match === null || !real || hour! > 24 || minute! > 59) return null;
  const offset = (Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0)) * 60_000;
  return match[1] === "-" ? time + offset : time - offset;
}
