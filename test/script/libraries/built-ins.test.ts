import { describe, expect, test } from "vitest";
import type { Bars } from "../../../src/vector/columns.ts";
import { barsOf, na, values } from "../run/recording.ts";

describe("ta.rci", () => {
  const rci = (n: number, closes: readonly number[]) =>
    values(`x = ta.rci(close, ${n})`, barsOf(closes));

  test("100 where the source only rises, -100 where it only falls, na before", () => {
    expect(rci(4, [1, 2, 3, 5, 8, 6, 5.5, 4])).toEqual([na, na, na, 100, 100, 80, 20, -100]);
  });

  test("by hand", () => {
    // Ranks 1, 3, 2, 5, 4: squares of the differences 0 + 1 + 1 + 1 + 1; 1 - 6 · 4 / (5 · 24) = 0.8.
    expect(rci(5, [10, 12, 11, 15, 13]).at(-1)).toBeCloseTo(80, 12);
    // Ranks 1.5, 1.5, 4, 3, 5 less 3, times -2 to 2: 3 + 1.5 + 0 + 0 + 4; squares 9.5 and 10.
    expect(rci(5, [10, 10, 12, 11, 13]).at(-1)).toBeCloseTo(850 / Math.sqrt(95), 12);
  });

  test("na where all values are equal or one is na", () => {
    expect(rci(3, [5, 5, 5])).toEqual([na, na, na]);
    const x = values("x = ta.rci(bar_index == 1 ? na : close, 2)", barsOf([1, 2, 3, 4]));
    expect(x).toEqual([na, na, na, 100]);
  });
});

describe("ta.pivot_point_levels", () => {
  const rows = [
    [100, 110, 95, 105],
    [105, 120, 100, 112],
    [113, 115, 111, 114],
    [114, 130, 90, 100],
  ];
  const column = (k: number) => Float64Array.from(rows, (row) => row[k]!);
  const bars: Bars = {
    ...barsOf([0, 0, 0, 0]),
    ...{ open: column(0), high: column(1), low: column(2), close: column(3) },
  };

  const levels = (kind: string, bar = 2, more = "") =>
    Array.from({ length: 11 }, (_, k) => {
      const made = `ta.pivot_point_levels("${kind}", bar_index == 2${more})`;
      return values(`x = array.get(${made}, ${k})`, bars)[bar]!;
    });
  const close = (found: readonly number[], expected: readonly number[]) => {
    const whole = [...expected, ...new Array<number>(11 - expected.length).fill(na)];
    const rounded = (x: number) => Number(x.toFixed(10));
    expect(found.map(rounded)).toEqual(whole.map(rounded));
  };

  // Open 100, high 120, low 95, close 112 before; the new period opens at 113.
  test.each<[string, readonly number[]]>([
    ["Traditional", [109, 123, 98, 134, 84, 148, 73, 162, 62, 176, 51]],
    ["Classic", [109, 123, 98, 134, 84, 159, 59, 184, 34]],
    ["Fibonacci", [109, 118.55, 99.45, 124.45, 93.55, 134, 84]],
    ["Woodie", [110.25, 125.5, 100.5, 135.25, 85.25, 150.5, 75.5, 175.5, 50.5]],
    ["DM", [111.75, 128.5, 103.5]],
    [
      "Camarilla",
      [
        109,
        ...[112 + 27.5 / 12, 112 - 27.5 / 12, 112 + 27.5 / 6, 112 - 27.5 / 6],
        ...[118.875, 105.125, 125.75, 98.25, (120 / 95) * 112, 224 - (120 / 95) * 112],
      ],
    ],
  ])("%s", (kind, expected) => {
    close(levels(kind), expected);
    close(levels(kind, 3), expected);
    close(levels(kind, 1), []);
  });

  test("developing: of the bars since the anchor, or the first one", () => {
    // 100 to 112 with 120 and 95; then 113 to 100 with 130 and 90.
    close(levels("DM", 1, ", developing = true"), [111.75, 128.5, 103.5]);
    const x = 2 * 90 + 130 + 100;
    close(levels("DM", 3, ", true"), [x / 4, x / 2 - 90, x / 2 - 130]);
    close(levels("Woodie", 3, ", true"), []);
  });

  test("arguments by name", () => {
    const x = values(
      'x = ta.pivot_point_levels(anchor=bar_index == 2, type="Classic").get(0)',
      bars,
    );
    expect(x).toEqual([na, na, 109, 109]);
  });
});

describe("lib.relativeVolume", () => {
  const HOUR = 3_600_000;
  // Days from 20:00 on; of the third day the bars of 01:00 and 02:00 are missing.
  const hours = [20, 21, 22, 23, 24, 25, 26, 47, 48, 51, 72, 73, 74, 75, 96, 97];
  const volumes = [5, 1, 2, 3, 10, 20, 30, 40, 7, 9, 100, 50, 25, 5, 8, 4];
  const bars: Bars = {
    ...barsOf(hours.map(() => 1)),
    time: Float64Array.from(hours, (hour) => Date.UTC(2024, 0, 1) + hour * HOUR),
    volume: Float64Array.from(volumes),
  };
  const read = (item: string, args: string) =>
    values(
      `import TradingView/ta/7 as lib\n[now, mean, share] = lib.relativeVolume(${args})\nx = ${item}`,
      bars,
    );

  test("of the day so far beside that of the days before at the same time", () => {
    expect(read("now", "2")).toEqual([
      5, 6, 8, 11, 10, 30, 60, 100, 7, 16, 100, 150, 175, 180, 8, 12,
    ]);
    // Day 1 (20:00 to 23:00) begins later than 00:00, so that its first bar counts, 5; at 23:00 it had 11.
    // Day 2 had 10, 30, 60 from 00:00 on and 60 until 23:00; day 3 had 7 until 03:00, then 16.
    expect(read("mean", "2")).toEqual([
      ...[na, na, na, na],
      ...[5, 5, 5, 11],
      ...[(5 + 10) / 2, (5 + 60) / 2],
      ...[(10 + 7) / 2, (30 + 7) / 2, (60 + 7) / 2, (60 + 16) / 2],
      ...[(7 + 100) / 2, (7 + 150) / 2],
    ]);
    expect(read("share", "2").at(-1)).toBe(12 / 78.5);
  });

  test("without summing", () => {
    expect(read("now", '1, "D", false')).toEqual(volumes);
    expect(read("mean", '1, anchorTimeframe="D", isCumulative=false').slice(4)).toEqual([
      ...[5, 5, 5, 3, 10, 30],
      ...[7, 7, 7, 9, 100, 50],
    ]);
  });
});

test("no timeframe changes on the first bar of all", () => {
  const hours = barsOf(Array.from({ length: 30 }, () => 1));
  const changed = values('x = timeframe.change("D") ? 1 : 0', hours);
  expect([changed[0], changed[24], changed[25]]).toEqual([0, 1, 0]);
  expect(values("x = session.isfirstbar ? 1 : 0", hours)[0]).toBe(1);
});
