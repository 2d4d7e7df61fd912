/** Civil time, by JavaScript's own calendar and Intl. */
export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 1 is Sunday. */
  readonly weekday: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** "UTC", "GMT+2", "America/New_York". */
export function civil(time: number, zone: string): Civil {
  const fixed = /^(?:UTC|GMT)(?:([+-])(\d{1,2})(?::?(\d{2}))?)?$/.exec(zone);
  if (fixed !== null) {
    const minutes =
      (fixed[1] === "-" ? -1 : 1) * (60 * Number(fixed[2] ?? 0) + Number(fixed[3] ?? 0));
    return ofDate(new Date(time + 60_000 * minutes));
  }
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(zone, format);
  }
  const parts = new Map(
    format.formatToParts(time).map(({ type, value }) => [type as string, Number(value)]),
  );
  const part = (name: string) => parts.get(name)!;
  return ofDate(
    new Date(
      Date.UTC(
        part("year"),
        part("month") - 1,
        part("day"),
        part("hour"),
        part("minute"),
        part("second"),
      ),
    ),
  );
}

function ofDate(date: Date): Civil {
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    weekday: date.getUTCDay() + 1,
  };
}

/** The time whose civil form in a zone is the one given: guessed as UTC, then put right by what the zone shows. */
export function timestamp(
  zone: string,
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
): number {
  const wanted = utc(year, month, day, hour, minute, second);
  let time = wanted;
  if (Math.abs(wanted) > 8e15) return wanted;
  for (let i = 0; i < 2; i++) {
    const shown = civil(time, zone);
    time +=
      wanted - utc(shown.year, shown.month, shown.day, shown.hour, shown.minute, shown.second);
  }
  return time;
}

/** The calendar repeats every 400 years, of 146,097 days: asked of the years that a Date takes as they are. */
function utc(year: number, month: number, ...rest: number[]): number {
  const alike = 2000 + (((year % 400) + 400) % 400);
  const [day, hour, minute, second] = rest;
  const time = Date.UTC(alike, month - 1, day, hour, minute, second);
  return time + ((year - alike) / 400) * 146_097 * 86_400_000;
}

export function weekOfYear({ year, month, day }: Civil): number {
  const date = new Date(Date.UTC(year, month - 1, day));
  const thursday = new Date(date.getTime() + 86_400_000 * (4 - (date.getUTCDay() || 7)));
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return Math.floor((thursday.getTime() - first) / 604_800_000) + 1;
}

/**
 * "0930-1600", "0930-1600:23456", several by commas. Over midnight where the end is not after the start: such a session
 * belongs to the day on which it ends. Without days it is one of every day, up to version 4 of Monday to Friday.
 */
export function inSession(session: string, time: number, zone: string, version: number): boolean {
  const [hours, days = version < 5 ? "23456" : "1234567"] = session.split(":");
  const { hour, minute, weekday } = civil(time, zone);
  const now = 100 * hour + minute;
  return hours.split(",").some((range) => {
    if (range === "24x7") return true;
    const [from, until] = range.split("-").map(Number);
    const to = until === 0 ? 2400 : until;
    const evening = to <= from && now >= from;
    const inside = to <= from ? evening || now < to : now >= from && now < to;
    return inside && days.includes(String(evening ? (weekday % 7) + 1 : weekday));
  });
}
