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
  const wanted = Date.UTC(year, month - 1, day, hour, minute, second);
  let time = wanted;
  for (let i = 0; i < 2; i++) {
    const shown = civil(time, zone);
    time +=
      wanted -
      Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute, shown.second);
  }
  return time;
}

export function weekOfYear({ year, month, day }: Civil): number {
  const date = new Date(Date.UTC(year, month - 1, day));
  const thursday = new Date(date.getTime() + 86_400_000 * (4 - (date.getUTCDay() || 7)));
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return Math.floor((thursday.getTime() - first) / 604_800_000) + 1;
}

/** "0930-1600", "0930-1600:23456", several by commas; over midnight where the end is not after the start. */
export function inSession(session: string, time: number, zone: string): boolean {
  const [hours, days = "1234567"] = session.split(":");
  const { hour, minute, weekday } = civil(time, zone);
  const now = 100 * hour + minute;
  return hours.split(",").some((range) => {
    if (range === "24x7") return true;
    const [from, to] = range.split("-").map(Number);
    const overnight = to <= from;
    const inside = overnight ? now >= from || now < to : now >= from && now < to;
    const startedYesterday = overnight && now < to;
    const day = startedYesterday ? ((weekday + 5) % 7) + 1 : weekday;
    return inside && days.includes(String(day));
  });
}
