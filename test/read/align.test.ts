import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alignHigher, visibleBars } from "../../src/data/align/align-higher.ts";
import { resampleBars } from "../../src/data/resample/resample-bars.ts";
import type { Interval } from "../../src/vector/interval.ts";
import { check } from "../properties/check.ts";
import { barsAt, DAY, HOUR, MINUTE } from "./bars.ts";

const at = (text: string) => Date.parse(text);

describe("a higher timeframe on lower bars", () => {
  it("shows a bar from the lower bar on with which it closes", () => {
    const lower = {
      time: Float64Array.from({ length: 9 }, (_, i) => i * HOUR),
      interval: "1h" as const,
    };
    const higher = { time: Float64Array.from([0, 4 * HOUR, 8 * HOUR]), interval: "4h" as const };
    expect([...visibleBars(lower, higher)]).toEqual([-1, -1, -1, 0, 0, 0, 0, 1, 1]);
    expect([...visibleBars(lower, higher, { gaps: "na" })]).toEqual([
      -1, -1, -1, 0, -1, -1, -1, 1, -1,
    ]);
  });

  it("closes months by the calendar: February of a leap year, not thirty days", () => {
    const days = Float64Array.from({ length: 62 }, (_, i) => at("2024-02-01") + i * DAY);
    const months = Float64Array.from([at("2024-02-01"), at("2024-03-01")]);
    const seen = visibleBars({ time: days, interval: "1d" }, { time: months, interval: "1M" });
    expect(seen.indexOf(0)).toBe(28);
    expect(seen.indexOf(1)).toBe(28 + 31);
  });

  it("closes weeks on Sunday night", () => {
    const days = Float64Array.from({ length: 14 }, (_, i) => at("2024-01-01") + i * DAY);
    const seen = visibleBars(
      { time: days, interval: "1d" },
      { time: Float64Array.from([at("2024-01-01")]), interval: "1w" },
    );
    expect([...seen]).toEqual([...Array(6).fill(-1), ...Array(8).fill(0)]);
  });

  it("aligns every column, with the time of the bar that is seen", () => {
    const lower = { time: Float64Array.from([0, HOUR, 2 * HOUR]), interval: "1h" as const };
    const columns = { time: Float64Array.from([0]), close: Float64Array.from([7]) };
    expect(alignHigher(lower, { interval: "2h", columns })).toEqual({
      time: Float64Array.from([Number.NaN, 0, 0]),
      close: Float64Array.from([Number.NaN, 7, 7]),
    });
  });

  it("refuses times out of order", () => {
    const sound = { time: Float64Array.from([0, HOUR]), interval: "1h" as const };
    const wrong = { time: Float64Array.from([HOUR, HOUR]), interval: "4h" as const };
    expect(() => visibleBars(sound, wrong)).toThrow("times_not_increasing: higher bars");
    expect(() => visibleBars(wrong, sound)).toThrow("times_not_increasing: lower bars");
  });

  const pairs: readonly [Interval, number, Interval][] = [
    ["1h", HOUR, "4h"],
    ["15m", 15 * MINUTE, "1d"],
    ["4h", 4 * HOUR, "1w"],
    ["1d", DAY, "1M"],
  ];
  const walk = fc.record({
    pair: fc.constantFrom(...pairs),
    start: fc.integer({ min: at("1990-01-01"), max: at("2030-01-01") }),
    steps: fc.array(
      fc.integer({ min: 1, max: 60 }).map((n) => (n > 50 ? n : 1)),
      { minLength: 1, maxLength: 300 },
    ),
    seed: fc.nat(),
    cut: fc.nat(299),
  });
  check(
    "what lower bars 0..k see never changes when later lower bars do",
    0.2,
    fc.property(walk, ({ pair: [from, step, to], start, steps, seed, cut }) => {
      let t = Math.floor(start / step) * step;
      const times = steps.map((k) => (t += k * step));
      const k = cut % times.length;
      const bars = barsAt(times, seed);
      // Everything after bar k, made anew: the bars of the higher timeframe that hold it change with it.
      const other = barsAt(times, seed + 1);
      const altered = Object.fromEntries(
        Object.entries(bars).map(([name, values]) => {
          const mixed = values.slice();
          if (name !== "time") mixed.set(other[name].subarray(k + 1), k + 1);
          return [name, mixed];
        }),
      ) as typeof bars;
      const shown = (source: typeof bars) => {
        const higher = resampleBars(source, to, { from, keepFirst: true, keepLast: true });
        return alignHigher(
          { time: source.time, interval: from },
          { interval: to, columns: higher },
        );
      };
      const [before, after] = [shown(bars), shown(altered)];
      for (const name of ["time", "open", "high", "low", "close", "volume"] as const) {
        expect(after[name].subarray(0, k + 1)).toEqual(before[name].subarray(0, k + 1));
      }
    }),
  );
  check(
    "a bar is seen as soon as it may be and no sooner",
    0.1,
    fc.property(walk, ({ pair: [from, step, to], start, steps, seed }) => {
      let t = Math.floor(start / step) * step;
      const times = steps.map((k) => (t += k * step));
      const bars = barsAt(times, seed);
      const higher = resampleBars(bars, to, { from, keepFirst: true, keepLast: true });
      const seen = visibleBars(
        { time: bars.time, interval: from },
        { time: higher.time, interval: to },
      );
      for (let i = 0; i < times.length; i++) {
        const closed = [...higher.time].filter((open) => closeOf(open, to) <= times[i] + step);
        expect(seen[i]).toBe(closed.length - 1);
      }
    }),
  );
});

function closeOf(open: number, interval: Interval): number {
  const date = new Date(open);
  if (interval === "1M") return date.setUTCMonth(date.getUTCMonth() + 1);
  return open + { "4h": 4 * HOUR, "1d": DAY, "1w": 7 * DAY }[interval as "4h" | "1d" | "1w"];
}
