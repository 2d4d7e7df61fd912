import { fail } from "../../diagnostics/index.ts";

const DAY = 86_400_000;
const MINUTE = 60_000;

/** A time zone: how far its clocks are ahead of UTC, in ms, at a moment. Looked up once a day of data. */
export class Zone {
  readonly #format: Intl.DateTimeFormat | null;
  readonly #fixed: number;
  #from = Number.NaN;
  #to = Number.NaN;
  #offset = Number.NaN;

  constructor(name: string) {
    const fixed = fixedOffset(name);
    this.#fixed = fixed ?? Number.NaN;
    this.#format = fixed === null ? formatOf(name) : null;
  }

  offset(time: number): number {
    if (this.#format === null) return this.#fixed;
    if (time >= this.#from && time < this.#to) return this.#offset;
    // Years like 99999999 stand for "for ever": on which hour they end does not count.
    if (!(Math.abs(time) <= LAST)) return Number.isFinite(time) ? 0 : Number.NaN;
    return this.#find(time);
  }

  #find(time: number): number {
    let from = Math.floor(time / DAY) * DAY;
    let to = from + DAY;
    let before = this.#ask(from);
    const after = this.#ask(to - MINUTE);
    if (before !== after) {
      // The clocks change on this day: keep the part of it that holds the moment.
      let low = from;
      let high = to - MINUTE;
      while (high - low > MINUTE) {
        const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
        if (this.#ask(middle) === before) low = middle;
        else high = middle;
      }
      if (time >= high) {
        from = high;
        before = after;
      } else to = high;
    }
    this.#from = from;
    this.#to = to;
    this.#offset = before;
    return before;
  }

  #ask(time: number): number {
    const parts: Record<string, number> = {};
    for (const { type, value } of this.#format!.formatToParts(time)) parts[type] = Number(value);
    const { year, month, day, hour, minute, second } = parts;
    const local = Date.UTC(year!, month! - 1, day!, hour! % 24, minute!, second!);
    return local - Math.floor(time / 1000) * 1000;
  }
}

/** The last moment that a Date can hold, less a day for offsets. */
const LAST = 8.64e15 - DAY;

/** "GMT+2", "UTC-5:30", "UTC". */
function fixedOffset(name: string): number | null {
  const match = /^(?:GMT|UTC|Etc\/UTC|Etc\/GMT|Z)?(?:([+-])(\d{1,2})(?::?(\d{2}))?)?$/.exec(name);
  if (match === null || name === "") return null;
  const [, sign, hours = "0", minutes = "0"] = match;
  const size = (Number(hours) * 60 + Number(minutes)) * MINUTE;
  // IANA's own Etc/GMT+2 counts westwards.
  if (name.startsWith("Etc/GMT")) return sign === "+" ? 0 - size : size;
  return sign === "-" ? 0 - size : size;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    return fail("script_time_zone", { zone });
  }
}
