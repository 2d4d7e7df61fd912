import { type Civil, civil, inSession, timestamp, weekOfYear } from "./calendar.ts";
import type { Site } from "./site.ts";
import { startOf, timeframeOf } from "./timeframes.ts";
import { na, toNumber, toText, type Value } from "./values.ts";

export const PARTS: Readonly<Record<string, (civil: Civil) => number>> = {
  year: ({ year }) => year,
  month: ({ month }) => month,
  weekofyear: weekOfYear,
  dayofmonth: ({ day }) => day,
  dayofweek: ({ weekday }) => weekday,
  hour: ({ hour }) => hour,
  minute: ({ minute }) => minute,
  second: ({ second }) => second,
};

const zoneOf = (site: Site, index: number, ...names: string[]): string =>
  toText(site.get(index, ...names) ?? site.machine.chart.timezone);

export const timeFunctions: Readonly<Record<string, (site: Site) => Value>> = {
  timestamp: (site) => {
    const values = [...site.values];
    if (values.length === 1)
      return Date.parse(
        /\d:\d/.test(toText(values[0])) ? toText(values[0]) : `${toText(values[0])} 00:00 +0000`,
      );
    const zone =
      typeof values[0] === "string" ? (values.shift() as string) : site.machine.chart.timezone;
    const [year, month, day, hour, minute, second] = values.map(toNumber);
    return timestamp(zone, year, month, day, hour, minute, second);
  },
  time: (site) => {
    const now = site.field("time");
    const session = toText(site.get(1, "session") ?? "");
    if (
      session !== "" &&
      !inSession(session, now, zoneOf(site, 2, "timezone"), site.machine.version)
    )
      return na;
    const timeframe = toText(site.get(0, "timeframe", "resolution")!);
    return timeframe === "" || timeframe === site.machine.chart.timeframe
      ? now
      : startOf(timeframeOf(timeframe), now);
  },
  "str.format_time": (site) => {
    const time = site.number(0, "time");
    const { year, month, day, hour, minute, weekday } = civil(time, zoneOf(site, 2, "timezone"));
    const names = "Sun Mon Tue Wed Thu Fri Sat".split(" ");
    const two = (value: number) => String(value).padStart(2, "0");
    return toText(site.get(1, "format")!)
      .replace("yyyy", String(year))
      .replace("MM", two(month))
      .replace("dd", two(day))
      .replace("HH", two(hour))
      .replace("mm", two(minute))
      .replace("E", names[weekday - 1]);
  },
  "timeframe.in_seconds": (site) => {
    const given = toText(site.get(0, "timeframe") ?? "");
    const timeframe = timeframeOf(given === "" ? site.machine.chart.timeframe : given);
    return (
      timeframe.multiplier * { S: 1, "": 60, D: 86_400, W: 604_800, M: 2_592_000 }[timeframe.unit]!
    );
  },
  "timeframe.change": (site) => {
    const { bar, bars } = site.machine;
    if (bar === 0) return false;
    const timeframe = timeframeOf(toText(site.get(0, "timeframe")!));
    return startOf(timeframe, bars.time[bar]) !== startOf(timeframe, bars.time[bar - 1]);
  },
};

for (const [name, part] of Object.entries(PARTS)) {
  (timeFunctions as Record<string, (site: Site) => Value>)[name] = (site) =>
    part(civil(site.number(0, "time"), zoneOf(site, 1, "timezone")));
}
