import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ImportOptions } from "../../src/data/import/options.ts";
import { faults, hasShared, imported, SHARED, stored, temporary } from "./support.ts";

const directory = temporary();
const DIRTY = join(SHARED, "dirty");
const DAILY = { exchange: "x", symbol: "S", interval: "1d" } as const;
const MINUTES = { ...DAILY, interval: "1m" } as const;
const HOURS = { ...DAILY, interval: "1h" } as const;
const AMERICAN = { ...DAILY, timeFormat: "%m/%d/%Y" } as const;

type Refused = readonly [code: string, where: string, more: number];
/** Faults of the files that are refused: code, first line, how many further rows; as the README describes them. */
const REFUSED: Readonly<Record<string, [ImportOptions, ...Refused[]]>> = {
  // 208 rows with high below open or close and 107 with low above, 6 of them with both.
  "yf_ELCO-L-1d-bad-div.csv": [DAILY, ["bar_inconsistent", "line 4", 308]],
  "yf_NVT-L-1d-bad-div.csv": [DAILY, ["bar_inconsistent", "line 3", 247]],
  "yf_SSW-JO-1d-100x-error.csv": [DAILY, ["bar_inconsistent", "line 15", 3]],
  "yf_1398-HK-1d-bad-div.csv": [DAILY, ["price_not_finite", "line 615", 0]],
  "sk_bad.csv": [
    AMERICAN,
    ["bad_time", "line 202", 49],
    ["price_not_finite", "line 451", 50],
    ["price_not_positive", "line 356", 53],
    ["high_below_low", "line 358", 2],
    ["bar_inconsistent", "line 252", 8],
  ],
  "sk_zeros.csv": [{ ...DAILY, timeFormat: "%m/%d/%y" }, ["price_not_positive", "line 2", 199]],
  "pa_orcl-2010-googlefinance-malformed.csv": [DAILY, ["price_not_finite", "line 3", 0]],
  "derived_btcusdt_1h_newyork_naive.csv": [HOURS, ["time_duplicated", "line 392", 0]],
  "ft_UNITTEST_BTC-8m.feather": [{ exchange: "x" }, ["file_empty", "0 bytes", 0]],
  "ft_NOPAIR_XXX-4m.json": [{ exchange: "x" }, ["no_rows", "holds no bars", 0]],
};

type Warned = readonly [code: string, text: string];
const ADMITTED: Readonly<
  Record<string, { options: ImportOptions; rows: number; duplicates?: number; warned: Warned[] }>
> = {
  "yf_ALPHA-PA-1d-bad-stock-split.csv": {
    options: DAILY,
    rows: 29,
    warned: [
      ["time_gap", "13 bars missing in 6 gaps"],
      ["price_spike", "a price is"],
    ],
  },
  "sk_mismatch.csv": {
    options: AMERICAN,
    rows: 502,
    warned: [["rows_sorted", "line 21 stands out of order (and 3 more)"]],
  },
  "sk_toobig.csv": { options: AMERICAN, rows: 1246, warned: [["price_spike", "line 154"]] },
  "ft_XRP_ETH-5m.feather": {
    options: { exchange: "x", symbol: "XRPETH" },
    rows: 706,
    warned: [["time_gap", "6 bars missing in 6 gaps"]],
  },
  "bfx_btcusd_1m_flash.csv": {
    options: MINUTES,
    rows: 3009,
    warned: [
      ["time_gap", "4191 bars missing in 1172 gaps"],
      ["price_spike", "a price is"],
    ],
  },
  "derived_btcusdt_1h_overlap.csv": {
    options: HOURS,
    rows: 959,
    duplicates: 120,
    warned: [
      ["rows_sorted", "line 458"],
      ["time_repeated", "line 458"],
      ["time_gap", "1 bar missing in 1 gap, the first between 2023-03-24T12:00:00Z"],
    ],
  },
};

describe.skipIf(!hasShared)("the faulty files (needs ../shared/data)", () => {
  it("have each a case here", () => {
    const files = readdirSync(DIRTY).filter((name) => name !== "INDEX.json");
    expect([...Object.keys(REFUSED), ...Object.keys(ADMITTED)].sort()).toEqual(files.sort());
  });

  it.each(Object.entries(REFUSED))(
    "%s is refused, and nothing of it stored",
    async (file, [options, ...expected]) => {
      const db = join(directory, `${file}.duckdb`);
      const found = await faults(imported(db, [join(DIRTY, file)], options));
      const errors = found.filter(
        ({ severity, code }) => severity === "error" && code !== "import_refused",
      );
      expect(errors.map(({ code }) => code)).toEqual(expected.map(([code]) => code));
      for (const [i, [, where, more]] of expected.entries()) {
        expect(errors[i].message).toContain(where);
        if (more > 0) expect(errors[i].message).toContain(`(and ${more} more`);
        else expect(errors[i].message).not.toContain(" more row");
      }
      expect(await stored(db)).toBe(0);
    },
  );

  it.each(Object.entries(ADMITTED))(
    "%s is stored with warnings",
    async (file, { options, rows, duplicates = 0, warned }) => {
      const { reports, bars } = await imported(":memory:", [join(DIRTY, file)], options);
      expect(reports).toMatchObject([{ rows, duplicates, inserted: rows - duplicates }]);
      expect(bars).toHaveLength(rows - duplicates);
      for (const [code, text] of warned) {
        const found = reports[0].warnings.filter((warning) => warning.code === code);
        expect(found.map(({ message }) => message).join("\n")).toContain(text);
      }
    },
  );

  it("a file of dates that could be two asks for their format", async () => {
    const [{ code }] = await faults(imported(":memory:", [join(DIRTY, "sk_bad.csv")], DAILY));
    expect(code).toBe("date_ambiguous");
  });

  it("an admitted fault is stored, or its rows are left out", async () => {
    const path = join(DIRTY, "yf_1398-HK-1d-bad-div.csv");
    const { reports } = await imported(":memory:", [path], {
      ...DAILY,
      allow: ["price_not_finite"],
    });
    const rows = readFileSync(path, "utf8").trim().split("\n").length - 1;
    expect(reports).toMatchObject([{ rows, inserted: rows - 1, dropped: 1 }]);
  });
});
