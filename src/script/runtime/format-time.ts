import { civil, clockOf, dayOf, isoWeek, weekdayOf } from "./civil.ts";

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
/** Longest text of a time. */
const MAX_LENGTH = 4096;

/**
 * A time by a pattern of Java's SimpleDateFormat, as TradingView has it: runs of letters stand for parts of the time, their length
 * for the least number of digits; what stands in quotes is taken as it is, and so is every other letter.
 *
 * @param local a moment on the clock of the zone, in ms
 * @param offset how far that clock is ahead of UTC, in ms
 */
export function formatTime(local: number, offset: number, pattern: string): string {
  return pattern
    .replace(
      /'((?:[^']|'')*)'|([A-Za-z])\2*/g,
      (run, quoted: string | undefined, letter: string) => {
        if (quoted !== undefined) return quoted === "" ? "'" : quoted.replaceAll("''", "'");
        return part(letter, run.length, local, offset) ?? run;
      },
    )
    .slice(0, MAX_LENGTH);
}

function part(letter: string, width: number, local: number, offset: number): string | null {
  const day = dayOf(local);
  const clock = clockOf(local);
  const hour = Math.floor(clock / 3_600_000);
  const digits = (value: number) => String(value).padStart(width, "0");
  switch (letter) {
    case "y":
      return width === 2
        ? String(civil(day, "year") % 100).padStart(2, "0")
        : digits(civil(day, "year"));
    case "M": {
      const month = civil(day, "month");
      if (width < 3) return digits(month);
      const name = MONTHS[month - 1]!;
      return width === 3 ? name.slice(0, 3) : name;
    }
    case "d":
      return digits(civil(day, "day"));
    case "E": {
      const name = DAYS[weekdayOf(day) - 1]!;
      return width > 3 ? name : name.slice(0, 3);
    }
    case "u":
      return digits(((weekdayOf(day) + 5) % 7) + 1);
    case "w":
      return digits(isoWeek(day));
    case "H":
      return digits(hour);
    case "k":
      return digits(hour === 0 ? 24 : hour);
    case "h":
      return digits(hour % 12 === 0 ? 12 : hour % 12);
    case "K":
      return digits(hour % 12);
    case "a":
      return hour < 12 ? "AM" : "PM";
    case "m":
      return digits(Math.floor(clock / 60_000) % 60);
    case "s":
      return digits(Math.floor(clock / 1000) % 60);
    case "S":
      return digits(clock % 1000);
    case "Z":
      return distance(offset, "");
    case "X":
      return offset === 0 ? "Z" : distance(offset, width > 2 ? ":" : "");
    default:
      return null;
  }
}

/** +0530. */
function distance(offset: number, separator: string): string {
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}${separator}${two(minutes % 60)}`;
}
