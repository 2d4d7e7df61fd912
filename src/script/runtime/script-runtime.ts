import { fail, type Place } from "../../diagnostics/index.ts";
import type { Span } from "../../dsl/text/ast.ts";
import { LOOP_BUDGET, MAX_HISTORY } from "../limits.ts";
import { ArrayFunctions } from "./arrays.ts";
import type { Chart } from "./chart.ts";
import { civil, clockOf, dayNumber, dayOf, isoWeek, weekdayOf } from "./civil.ts";
import { parseDate } from "./date-text.ts";
import { formatTime } from "./format-time.ts";
import { MapFunctions } from "./maps.ts";
import { round } from "./math.ts";
import { MatrixFunctions } from "./matrices.ts";
import { Session } from "./session.ts";
import { StringFunctions } from "./strings.ts";
import { parseTimeframe, periodClose, periodOpen, type Timeframe } from "./timeframe.ts";
import { Zone } from "./zone.ts";

export type PlaceOf = (span: Span) => Place;

/** What generated code calls in a run: calendar, texts, arrays, errors. Methods are named as in the language. */
export class ScriptRuntime {
  readonly strings: StringFunctions;
  readonly arrays: ArrayFunctions;
  readonly maps: MapFunctions;
  readonly matrices: MatrixFunctions;
  /** Span of the call that runs, for what may fail. */
  place = 0;
  readonly #chart: Chart;
  readonly #time: Float64Array;
  readonly #version: number;
  readonly #spans: readonly Span[];
  readonly #placeOf: PlaceOf;
  readonly #zones = new Map<string, Zone>();
  readonly #sessions = new Map<string, Session>();
  readonly #timeframes = new Map<string, Timeframe>();
  #zoneName = "";
  #zone: Zone | null = null;

  constructor(
    chart: Chart,
    time: Float64Array,
    version: number,
    spans: readonly Span[],
    placeOf: PlaceOf,
  ) {
    this.#chart = chart;
    this.#time = time;
    this.#version = version;
    this.#spans = spans;
    this.#placeOf = placeOf;
    this.strings = new StringFunctions(chart.mintick, (span) => this.at(span));
    this.arrays = new ArrayFunctions(version, () => this.at(this.place));
    this.maps = new MapFunctions(() => this.at(this.place));
    this.matrices = new MatrixFunctions(() => this.at(this.place));
  }

  at(span: number): Place {
    return this.#placeOf(this.#spans[span]!);
  }

  loopBudget(span: number, bar: number): never {
    return fail("script_loop_budget", { bar, limit: LOOP_BUDGET }, this.at(span));
  }

  historyOffset(span: number, offset: number, bar: number): never {
    return fail("script_history", { offset, limit: MAX_HISTORY, bar }, this.at(span));
  }

  /** A field of an object that is na. */
  noObject(span: number): never {
    return fail("script_object", {}, this.at(span));
  }

  roundToMintick(x: number): number {
    const { mintick } = this.#chart;
    const steps = round(x / mintick);
    // 1 / 0.01 is exact where 0.01 is not.
    const perUnit = round(1 / mintick);
    return Math.abs(perUnit * mintick - 1) < 1e-12 ? steps / perUnit : steps * mintick;
  }

  // Parts of a time.

  year(time: number, zone?: string): number {
    return civil(dayOf(this.#local(time, zone)), "year");
  }
  month(time: number, zone?: string): number {
    return civil(dayOf(this.#local(time, zone)), "month");
  }
  dayofmonth(time: number, zone?: string): number {
    return civil(dayOf(this.#local(time, zone)), "day");
  }
  weekofyear(time: number, zone?: string): number {
    return isoWeek(dayOf(this.#local(time, zone)));
  }
  dayofweek(time: number, zone?: string): number {
    return weekdayOf(dayOf(this.#local(time, zone)));
  }
  hour(time: number, zone?: string): number {
    return Math.floor(clockOf(this.#local(time, zone)) / 3_600_000);
  }
  minute(time: number, zone?: string): number {
    return Math.floor(clockOf(this.#local(time, zone)) / 60_000) % 60;
  }
  second(time: number, zone?: string): number {
    return Math.floor(clockOf(this.#local(time, zone)) / 1000) % 60;
  }

  /** `timestamp("2024-01-31")`, `timestamp(2024, 1, 31, …)`, `timestamp("GMT+2", 2024, 1, 31, …)`. */
  timestamp(...args: (number | string)[]): number {
    const [first] = args;
    if (typeof first === "string" && args.length === 1) return parseDate(first);
    const zoned = typeof first === "string";
    const [year, month, day, hour = 0, minute = 0, second = 0] = (
      zoned ? args.slice(1) : args
    ) as number[];
    const clock =
      dayNumber(Math.trunc(year!), Math.trunc(month!), Math.trunc(day!)) * 86_400_000 +
      (Math.trunc(hour) * 3600 + Math.trunc(minute) * 60 + Math.trunc(second)) * 1000;
    const zone = this.#zoneOf(zoned ? first : "");
    // The offset of a first guess is right, except around a change of the clocks.
    const guess = clock - zone.offset(clock);
    return clock - zone.offset(guess);
  }

  /** `str.format_time(time, "yyyy-MM-dd HH:mm", zone)`. */
  format_time(time: number, format: string, zone = ""): string {
    if (Number.isNaN(time)) return "NaN";
    return formatTime(this.#local(time, zone), this.#zoneOf(zone).offset(time), format);
  }

  // Sessions and timeframes.

  /** `time(timeframe, session, zone)`. */
  time_session(bar: number, timeframe: string, session = "", zone = ""): number {
    if (!this.#inSession(bar, session, zone)) return Number.NaN;
    const time = this.#time[bar]!;
    const asked = this.#timeframe(timeframe);
    return asked === this.#chart.timeframe ? time : periodOpen(time, asked);
  }

  time_close_session(bar: number, timeframe: string, session = "", zone = ""): number {
    if (!this.#inSession(bar, session, zone)) return Number.NaN;
    const time = this.#time[bar]!;
    const asked = this.#timeframe(timeframe);
    return periodClose(asked === this.#chart.timeframe ? time : periodOpen(time, asked), asked);
  }

  time_tradingday(bar: number, time?: number): number {
    return dayOf(time ?? this.#time[bar]!) * 86_400_000;
  }

  timeframe_change(bar: number, timeframe: string): boolean {
    // The first bar that there is follows no other: nothing has changed.
    if (bar === 0) return false;
    const asked = this.#timeframe(timeframe);
    return periodOpen(this.#time[bar]!, asked) !== periodOpen(this.#time[bar - 1]!, asked);
  }

  /** "" and the chart's own are the timeframe of the bars. */
  #timeframe(text: string): Timeframe {
    const known = this.#timeframes.get(text);
    if (known) return known;
    const own = this.#chart.timeframe;
    const parsed = text === "" ? own : parseTimeframe(text);
    const found = parsed.period === own.period ? own : parsed;
    this.#timeframes.set(text, found);
    return found;
  }

  #inSession(bar: number, session: string, zone: string): boolean {
    if (session === "") return true;
    let known = this.#sessions.get(session);
    if (!known) {
      known = new Session(session, this.#version);
      this.#sessions.set(session, known);
    }
    return known.holds(this.#local(this.#time[bar]!, zone));
  }

  #local(time: number, zone = ""): number {
    return time + this.#zoneOf(zone).offset(time);
  }

  #zoneOf(given: string): Zone {
    const name = given === "" ? this.#chart.timezone : given;
    if (this.#zone !== null && name === this.#zoneName) return this.#zone;
    let zone = this.#zones.get(name);
    if (!zone) {
      zone = new Zone(name);
      this.#zones.set(name, zone);
    }
    this.#zoneName = name;
    this.#zone = zone;
    return zone;
  }
}
