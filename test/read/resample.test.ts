import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resampleBars } from "../../src/data/resample/resample-bars.ts";
import type { Interval } from "../../src/vector/interval.ts";
import { check } from "../properties/check.ts";
import { barsAt, DAY, HOUR, MINUTE, rowsOf } from "./bars.ts";

const at = (text: string) => Date.parse(text);
const every = (step: number, from: string, to: string) => {
  const times: number[] = [];
  for (let t = at(from); t < at(to); t += step) times.push(t);
  return times;
};

describe("resampling", () => {
  it("joins bars within UTC days, weeks from Monday and calendar months", () => {
    const hours = barsAt(every(HOUR, "2024-01-31T00:00Z", "2024-03-02T00:00Z"));
    const times = (to: Interval) =>
      Array.from(resampleBars(hours, to).time, (t) => new Date(t).toISOString().slice(0, 10));
    expect(times("1d").slice(0, 3)).toEqual(["2024-01-31", "2024-02-01", "2024-02-02"]);
    expect(times("1d")).toHaveLength(31);
    // 2024-01-31 is a Wednesday, 2024-03-02 a Saturday: only whole weeks are left.
    expect(times("1w")).toEqual(["2024-02-05", "2024-02-12", "2024-02-19"]);
    expect(times("1M")).toEqual(["2024-02-01"]);
  });

  it("takes open first, high and low extreme, close last, volume summed, further columns last", () => {
    const bars = {
      time: Float64Array.from([0, HOUR, 2 * HOUR, 3 * HOUR]),
      open: Float64Array.from([5, 6, 7, 8]),
      high: Float64Array.from([6, 9, 8, 8]),
      low: Float64Array.from([4, 5, 3, 7]),
      close: Float64Array.from([6, 7, 8, 7.5]),
      volume: Float64Array.from([0.1, 0.2, 0.3, 0.4]),
      bid: Float64Array.from([1, 2, 3, Number.NaN]),
    };
    expect(rowsOf(resampleBars(bars, "4h"))).toEqual([
      { time: 0, open: 5, high: 9, low: 3, close: 7.5, volume: 1, bid: Number.NaN },
    ]);
  });

  it("gives na volume where a part of it is na, and passes over na prices", () => {
    const bars = barsAt([0, HOUR]);
    bars.volume[1] = Number.NaN;
    bars.open[0] = bars.high[0] = bars.low[0] = bars.close[0] = Number.NaN;
    const [{ open, high, low, close, volume }] = rowsOf(resampleBars(bars, "2h"));
    expect([open, high, low, close]).toEqual([
      bars.open[1],
      bars.high[1],
      bars.low[1],
      bars.close[1],
    ]);
    expect(volume).toBeNaN();
  });

  it("leaves out a partial first and last bar unless told to keep them", () => {
    const bars = barsAt(every(HOUR, "2024-01-01T03:00Z", "2024-01-01T10:00Z"));
    const opens = (options: object) =>
      Array.from(resampleBars(bars, "4h", options).time, (t) => new Date(t).getUTCHours());
    expect(opens({})).toEqual([4]);
    expect(opens({ keepFirst: true })).toEqual([0, 4]);
    expect(opens({ keepLast: true })).toEqual([4, 8]);
    expect(opens({ keepFirst: true, keepLast: true })).toEqual([0, 4, 8]);
  });

  it("drops a single period that is partial at both ends once", () => {
    const bars = barsAt([at("2024-01-01T01:00Z"), at("2024-01-01T02:00Z")]);
    expect(resampleBars(bars, "4h").time).toHaveLength(0);
    expect(resampleBars(bars, "4h", { keepFirst: true }).time).toHaveLength(0);
    expect(resampleBars(bars, "4h", { keepFirst: true, keepLast: true }).time).toHaveLength(1);
  });

  it("keeps gaps as gaps", () => {
    const bars = barsAt([
      ...every(HOUR, "2024-01-01", "2024-01-02"),
      ...every(HOUR, "2024-01-05", "2024-01-06"),
    ]);
    expect(Array.from(resampleBars(bars, "1d").time, (t) => new Date(t).getUTCDate())).toEqual([
      1, 5,
    ]);
  });

  it("refuses intervals that are no multiple, and bars that belong to two periods", () => {
    const hours = barsAt([0, HOUR, 2 * HOUR]);
    expect(() => resampleBars(hours, "30m")).toThrow("resample_multiple");
    expect(() => resampleBars(hours, "1h")).toThrow("resample_multiple");
    expect(() => resampleBars(barsAt([0, 7 * DAY]), "1M", { from: "1w" })).toThrow(
      "resample_multiple",
    );
    expect(() => resampleBars(barsAt([0, 8 * HOUR]), "12h")).toThrow("resample_multiple");
    const shifted = barsAt([30 * MINUTE, 90 * MINUTE, 150 * MINUTE, 210 * MINUTE, 270 * MINUTE]);
    expect(() => resampleBars(shifted, "4h")).toThrow("resample_straddles");
    expect(() => resampleBars(barsAt([0, 7 * MINUTE]), "1h")).toThrow("resample_interval");
    expect(() => resampleBars(barsAt([5]), "1h")).toThrow("resample_interval");
    expect(() => resampleBars(barsAt([HOUR, 0]), "4h")).toThrow("times_not_increasing");
    expect(resampleBars(barsAt([]), "4h").time).toHaveLength(0);
  });

  const pairs: readonly [Interval, number, Interval][] = [
    ["1h", HOUR, "4h"],
    ["1h", HOUR, "1d"],
    ["15m", 15 * MINUTE, "8h"],
    ["4h", 4 * HOUR, "1w"],
    ["12h", 12 * HOUR, "3d"],
    ["1d", DAY, "1M"],
  ];
  check(
    "resampleBars groups as Date's own calendar does",
    0.2,
    fc.property(
      fc.constantFrom(...pairs),
      fc.integer({ min: at("1965-01-01"), max: at("2040-01-01") }),
      fc.array(
        fc.integer({ min: 1, max: 30 }).map((n) => (n > 20 ? n : 1)),
        { maxLength: 300 },
      ),
      fc.nat(),
      ([from, step, to], start, steps, seed) => {
        let t = Math.floor(start / step) * step;
        const times = steps.map((k) => (t += k * step));
        const bars = barsAt(times, seed);
        const made = resampleBars(bars, to, { from, keepFirst: true, keepLast: true });
        expect(rowsOf(made)).toEqual(naive(rowsOf(bars), to));
        const inner = resampleBars(bars, to, { from });
        const whole = naive(rowsOf(bars), to).filter(
          (bar, i, all) =>
            (i > 0 || times[0] === bar["time"]) &&
            (i < all.length - 1 || startOf(times[times.length - 1] + step, to) !== bar["time"]),
        );
        expect(rowsOf(inner)).toEqual(whole);
      },
    ),
  );
});

/** The start of a period by walking back an hour or a day at a time on a calendar. */
function startOf(time: number, to: Interval): number {
  const date = new Date(time);
  date.setUTCMinutes(0, 0, 0);
  if (to === "4h" || to === "8h") {
    while (date.getUTCHours() % Number.parseInt(to, 10) !== 0) date.setTime(date.getTime() - HOUR);
    return date.getTime();
  }
  date.setUTCHours(0);
  if (to === "1w") while (date.getUTCDay() !== 1) date.setTime(date.getTime() - DAY);
  if (to === "1M") date.setUTCDate(1);
  if (to === "3d") while ((date.getTime() / DAY) % 3 !== 0) date.setTime(date.getTime() - DAY);
  return date.getTime();
}

function naive(rows: Record<string, number>[], to: Interval): Record<string, number>[] {
  const groups = new Map<number, Record<string, number>[]>();
  for (const row of rows) {
    const start = startOf(row["time"], to);
    groups.set(start, [...(groups.get(start) ?? []), row]);
  }
  return [...groups].map(([time, group]) => ({
    time,
    open: group[0]["open"],
    high: Math.max(...group.map((row) => row["high"])),
    low: Math.min(...group.map((row) => row["low"])),
    close: group.at(-1)!["close"],
    volume: expect.closeTo(
      group.reduce((sum, row) => sum + row["volume"], 0),
      6,
    ) as unknown as number,
  }));
}
