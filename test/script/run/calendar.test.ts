import { describe, expect, test } from "vitest";
import { civil, isoWeek } from "../../../src/script/runtime/civil.ts";
import { parseDate } from "../../../src/script/runtime/date-text.ts";
import { formatTime } from "../../../src/script/runtime/format-time.ts";
import { Session } from "../../../src/script/runtime/session.ts";
import { parseTimeframe, periodClose, periodOpen } from "../../../src/script/runtime/timeframe.ts";
import { Zone } from "../../../src/script/runtime/zone.ts";
import { barsOf, na, values } from "./recording.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const hours = barsOf(Array.from({ length: 30 }, (_, i) => 100 + i));

describe("the calendar of scripts", () => {
  test("has the days of JavaScript's own", () => {
    for (let day = -800_000; day < 800_000; day += 997) {
      const date = new Date(day * DAY);
      expect([civil(day, "year"), civil(day, "month"), civil(day, "day")]).toEqual([
        date.getUTCFullYear(),
        date.getUTCMonth() + 1,
        date.getUTCDate(),
      ]);
    }
  });

  test.each([
    ["yyyy-MM-dd'T'HH:mm:ssZ", "2024-03-07T15:04:09+0530"],
    ["yy/M/d h:mm a", "24/3/7 3:04 PM"],
    ["EEE, dd MMM", "Thu, 07 Mar"],
    ["EEEE d MMMM yyyy", "Thursday 7 March 2024"],
    ["HH 'o''clock' ''u", "15 o'clock '4"],
    ["kk:KK:SSS XXX w", "15:03:120 +05:30 10"],
    ["", ""],
  ])("writes times by %j", (pattern, expected) => {
    const local = Date.UTC(2024, 2, 7, 15, 4, 9, 120);
    expect(formatTime(local, 5.5 * HOUR, pattern)).toBe(expected);
  });

  test("counts weeks as ISO 8601", () => {
    const weekOf = (...date: [number, number, number]) => isoWeek(Date.UTC(...date) / DAY);
    expect(weekOf(2021, 0, 3)).toBe(53);
    expect(weekOf(2021, 0, 4)).toBe(1);
    expect(weekOf(2024, 11, 30)).toBe(1);
  });

  test("knows when clocks change, to the minute", () => {
    const zone = new Zone("America/New_York");
    const change = Date.UTC(2024, 2, 10, 7);
    expect(zone.offset(change - 1)).toBe(-5 * HOUR);
    expect(zone.offset(change)).toBe(-4 * HOUR);
    expect(zone.offset(change - 60_000)).toBe(-5 * HOUR);
    const back = Date.UTC(2024, 10, 3, 6);
    expect([zone.offset(back - 1), zone.offset(back)]).toEqual([-4 * HOUR, -5 * HOUR]);
    expect(new Zone("Asia/Kolkata").offset(change)).toBe(5.5 * HOUR);
    expect(new Zone("UTC-5:30").offset(0)).toBe(-5.5 * HOUR);
    expect(() => new Zone("Mars/Olympus")).toThrow(/script_time_zone/);
  });

  test("takes sessions with days, over midnight, and several", () => {
    const monday = Date.UTC(2024, 0, 1);
    const at = (session: string, day: number, hour: number, version = 5) =>
      new Session(session, version).holds(monday + day * DAY + hour * HOUR);
    expect([9, 9.5, 15.99, 16].map((hour) => at("0930-1600", 0, hour))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    // Day 6 is a Sunday.
    expect([at("0930-1600", 6, 10), at("0930-1600", 6, 10, 4)]).toEqual([true, false]);
    expect([at("0930-1600:1", 6, 10), at("0930-1600:23", 6, 10)]).toEqual([true, false]);
    // That of Monday begins on Sunday evening.
    expect([at("1700-1700:2", 6, 18), at("1700-1700:2", 0, 16), at("1700-1700:2", 0, 18)]).toEqual([
      true,
      true,
      false,
    ]);
    expect([at("0900-1000,1400-1500", 2, 14.5), at("0900-1000,1400-1500", 2, 12)]).toEqual([
      true,
      false,
    ]);
    expect(at("0000-0000", 3, 23)).toBe(true);
    expect(() => new Session("9:30-16", 5)).toThrow(/script_session/);
  });

  test("has periods of any length", () => {
    const time = Date.UTC(2024, 1, 14, 10, 20);
    const open = (text: string) => periodOpen(time, parseTimeframe(text));
    expect(open("45")).toBe(Date.UTC(2024, 1, 14, 9, 45));
    expect(open("W")).toBe(Date.UTC(2024, 1, 12));
    expect(open("3M")).toBe(Date.UTC(2024, 0, 1));
    expect(periodClose(open("3M"), parseTimeframe("3M"))).toBe(Date.UTC(2024, 3, 1));
    expect(() => parseTimeframe("1h")).toThrow(/script_timeframe/);
  });

  test("reads dates as people write them", () => {
    const noon = Date.UTC(2024, 1, 1, 12);
    expect(parseDate("2024-02-01T12:00:00")).toBe(noon);
    expect(parseDate("01 Feb 2024 22:00:00 GMT+10")).toBe(noon);
    expect(parseDate("2024-02-01 9:00 UTC-3")).toBe(noon);
    expect(parseDate("01 Feb 2024 17:30 GMT+5:30")).toBe(noon);
    expect(parseDate("2024-02-01 14:00+02:00")).toBe(noon);
    expect(parseDate("01 Feb 2024 12:00 +0000")).toBe(noon);
    expect(parseDate("Feb 1, 2024")).toBe(noon - 12 * HOUR);
    expect(() => parseDate("2024-02-31")).toThrow(/script_date/);
  });

  test("is there in scripts", () => {
    expect(values("x = hour + 100 * dayofweek", hours).slice(22, 26)).toEqual([222, 223, 300, 301]);
    expect(values('x = hour(time, "America/New_York")', hours).slice(0, 6)).toEqual([
      19, 20, 21, 22, 23, 0,
    ]);
    const session = values('x = na(time(timeframe.period, "0300-0500")) ? 0 : 1', hours);
    expect(session.slice(0, 7)).toEqual([0, 0, 0, 1, 1, 0, 0]);
    expect(values('x = timeframe.change("D") ? 1 : 0', hours).indexOf(1, 1)).toBe(24);
    expect(values("x = timestamp(2024, 1, 1, 5, 30)", hours)[0]).toBe(Date.UTC(2024, 0, 1, 5, 30));
    expect(values("x = time_close - time", hours)[3]).toBe(HOUR);
  });
});

describe("request.security", () => {
  test("shows a longer bar once it has closed", () => {
    const lines = 'x = request.security(syminfo.tickerid, "240", close)';
    const found = values(lines, hours);
    expect(found.slice(0, 9)).toEqual([na, na, na, 103, 103, 103, 103, 107, 107]);
  });

  test("with gaps on shows it on the bar that it closes with", () => {
    const lines = 'x = request.security(syminfo.tickerid, "240", close, barmerge.gaps_on)';
    expect(values(lines, hours).slice(0, 8)).toEqual([na, na, na, 103, na, na, na, 107]);
  });

  test("computes indicators and state on the longer bars", () => {
    const lines =
      'f() =>\n    var n = 0\n    n := n + 1\n    n + ta.sma(volume, 2)\nx = request.security(syminfo.tickerid, "240", f())';
    // Volumes of four hours: 10, 26, 42, …
    expect(values(lines, hours).slice(6, 12)).toEqual([na, 20, 20, 20, 20, 37]);
  });

  test("with lookahead shows what is offset by a bar from the open of the next", () => {
    const lines =
      'x = request.security(syminfo.tickerid, "240", close[1], lookahead=barmerge.lookahead_on)';
    expect(values(lines, hours).slice(2, 9)).toEqual([na, na, 103, 103, 103, 103, 107]);
  });

  test("never shows what later bars change", () => {
    const lines = 'x = request.security(syminfo.tickerid, "240", high - low + close)';
    const all = values(lines, hours);
    for (const length of [3, 6, 13]) {
      const cut = barsOf(Array.from({ length }, (_, i) => 100 + i));
      expect(values(lines, cut)).toEqual(all.slice(0, length));
    }
  });

  test("takes heikin-ashi bars of the chart", () => {
    const lines =
      "x = request.security(ticker.heikinashi(syminfo.tickerid), timeframe.period, close)";
    // (open + high + low + close) / 4 of the second bar: 100, 102, 99, 101.
    expect(values(lines, hours)[1]).toBe(100.5);
  });

  test("refuses bars shorter than those of the chart", () => {
    expect(() => values('x = request.security(syminfo.tickerid, "5", close)', hours)).toThrow(
      /script_lower_timeframe/,
    );
  });
});
