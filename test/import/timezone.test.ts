import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { plainCsv, written } from "../data/support.ts";
import { fault, hasShared, imported, SHARED, temporary } from "./support.ts";

const directory = temporary();
const NEW_YORK = {
  exchange: "x",
  symbol: "S",
  interval: "1h",
  timezone: "America/New_York",
} as const;
const csv = (name: string, times: readonly string[]) =>
  written(
    directory,
    name,
    `time,open,high,low,close,volume\n${times.map((t) => `${t},1,2,0.5,1,1\n`).join("")}`,
  );
const times = async (path: string, options: object = NEW_YORK) =>
  (await imported(":memory:", [path], options)).bars.map(([time]) => new Date(time).toISOString());

describe("times without a zone", () => {
  it.skipIf(!hasShared)(
    "of a real file are those of the same bars in UTC (needs ../shared/data)",
    async () => {
      const path = join(SHARED, "dirty/derived_btcusdt_1h_newyork_naive.csv");
      const utc = plainCsv(join(SHARED, "ohlcv/btcusdt_1h.csv.gz")).filter(
        ([time]) => time >= Date.UTC(2023, 9, 20) && time < Date.UTC(2024, 2, 20),
      );
      const { bars, reports } = await imported(":memory:", [path], NEW_YORK);
      expect(bars).toEqual(utc);
      expect(reports).toMatchObject([{ rows: 3648, inserted: 3648, duplicates: 0, warnings: [] }]);
      const { timezone: _, ...naive } = NEW_YORK;
      expect(await fault(imported(":memory:", [path], naive))).toMatch(
        /^time_duplicated: line 392: second bar for 2023-11-05T01:00:00/,
      );
    },
  );

  it("at an hour that comes twice are told by their order, newest first too", async () => {
    const clocks = [
      "2023-11-05 00:30",
      "2023-11-05 01:00",
      "2023-11-05 01:30",
      "2023-11-05 01:00",
      "2023-11-05 01:30",
      "2023-11-05 02:00",
    ];
    const utc = ["04:30", "05:00", "05:30", "06:00", "06:30", "07:00"].map(
      (clock) => `2023-11-05T${clock}:00.000Z`,
    );
    const options = { ...NEW_YORK, interval: "30m" };
    expect(await times(csv("twice.csv", clocks), options)).toEqual(utc);
    expect(await times(csv("newest.csv", clocks.toReversed()), options)).toEqual(utc);
  });

  it("at an hour that comes twice, but once in the file, are refused", async () => {
    const path = csv("once.csv", ["2023-11-05 00:00", "2023-11-05 01:00", "2023-11-05 02:00"]);
    expect(await fault(imported(":memory:", [path], NEW_YORK))).toMatch(
      /^time_ambiguous: .*row 2: 2023-11-05T01:00:00 occurs twice in America\/New_York/,
    );
  });

  it("that the clock skipped are refused", async () => {
    const path = csv("skipped.csv", ["2024-03-10 01:00", "2024-03-10 02:00", "2024-03-10 03:00"]);
    expect(await fault(imported(":memory:", [path], NEW_YORK))).toMatch(
      /^bad_time: line 3: no readable time: 2024-03-10 02:00/,
    );
  });

  it("that carry a zone, or are epochs, stay as they are", async () => {
    const expected = ["2024-01-01T05:00:00.000Z", "2024-01-01T06:00:00.000Z"];
    expect(await times(csv("z.csv", ["2024-01-01T05:00:00Z", "2024-01-01T06:00:00Z"]))).toEqual(
      expected,
    );
    expect(
      await times(csv("o.csv", ["2024-01-01T00:00:00-05:00", "2024-01-01T01:00:00-05"])),
    ).toEqual(expected);
    expect(await times(csv("e.csv", ["1704085200", "1704088800"]))).toEqual(expected);
    const mixed = csv("m.csv", ["2024-01-01 00:00", "2024-01-01T06:00:00Z"]);
    expect(await fault(imported(":memory:", [mixed], NEW_YORK))).toMatch(/^bad_time: line 3/);
  });

  it.each([
    ["Asia/Kolkata", "2024-01-01 05:30", "2024-01-01T00:00:00.000Z"],
    ["Europe/Berlin", "1995-07-01 02:00", "1995-07-01T00:00:00.000Z"],
    ["Asia/Tokyo", "2024-01-01 09:00", "2024-01-01T00:00:00.000Z"],
    ["America/St_Johns", "2024-01-01 00:00", "2024-01-01T03:30:00.000Z"],
    ["UTC", "2024-01-01 00:00", "2024-01-01T00:00:00.000Z"],
  ])("of %s are placed", async (timezone, clock, utc) => {
    expect(await times(csv("one.csv", [clock]), { ...NEW_YORK, timezone })).toEqual([utc]);
  });

  it("need a zone that exists", async () => {
    const path = csv("zone.csv", ["2024-01-01 00:00"]);
    const options = { ...NEW_YORK, timezone: "Mars/Olympus'; DROP TABLE candles; --" };
    expect(await fault(imported(":memory:", [path], options))).toMatch(/^timezone_unknown: /);
  });
});
