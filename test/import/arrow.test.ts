import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  Bool,
  Dictionary,
  Int32,
  makeVector,
  Table,
  tableToIPC,
  Utf8,
  type Vector,
  vectorFromArray,
} from "apache-arrow";
import { describe, expect, it } from "vitest";
import { rows } from "../../src/data/duckdb.ts";
import type { ImportOptions } from "../../src/data/import/options.ts";
import { withStore } from "../../src/data/store/open-store.ts";
import { fault, imported, temporary } from "./support.ts";

const directory = temporary();
const T0 = Date.UTC(2024, 0, 1);
const HOUR = 3_600_000;
const SYMBOLS = ["AAA", "BBB", "AAA", "AAA", "BBB"];
const HOURS = [0, 0, 1, 2, 1];
const f64 = (values: readonly number[]) => makeVector(Float64Array.from(values));
const utf8 = (values: readonly (string | null)[]) => vectorFromArray(values, new Utf8());
const coded = (values: readonly (string | null)[]) =>
  vectorFromArray(values, new Dictionary(new Utf8(), new Int32()));

/** Five bars of two series in turns. */
const BARS: Record<string, Vector> = {
  time: f64(HOURS.map((hour) => T0 + hour * HOUR)),
  open: f64([1, 2, 3, 4, 5]),
  high: f64([2, 3, 4, 5, 6]),
  low: f64([0.5, 1.5, 2.5, 3.5, 4.5]),
  close: f64([1.5, 2.5, 3.5, 4.5, 5.5]),
};
const NAMES = { exchange: utf8(SYMBOLS.map(() => "x")), interval: utf8(SYMBOLS.map(() => "1h")) };
let made = 0;

function arrow(columns: Record<string, Vector>, type: "file" | "stream" = "file"): string {
  const path = join(directory, `bars-${++made}.arrow`);
  writeFileSync(path, tableToIPC(new Table(columns), type));
  return path;
}

/** Every stored row: symbol, time, open, and the further columns named. */
async function stored(path: string, options: ImportOptions, ...extras: string[]) {
  const db = join(directory, `stored-${++made}.duckdb`);
  await imported(db, [path], options);
  return withStore(db, { readOnly: true }, ({ connection }) =>
    rows(connection, {
      sql: `SELECT ${["exchange", "symbol", '"interval"', "epoch_ms(open_time)::DOUBLE", "open", ...extras].join(", ")}
        FROM main.candles ORDER BY symbol, open_time`,
      values: [],
    }),
  );
}

const EXPECTED = [
  ["x", "AAA", "1h", T0, 1],
  ["x", "AAA", "1h", T0 + HOUR, 3],
  ["x", "AAA", "1h", T0 + 2 * HOUR, 4],
  ["x", "BBB", "1h", T0, 2],
  ["x", "BBB", "1h", T0 + HOUR, 5],
];

describe("an Arrow file with the names of its series", () => {
  it.each([
    ["plain text", utf8(SYMBOLS), "file"],
    ["a dictionary", coded(SYMBOLS), "file"],
    ["a dictionary, as a stream", coded(SYMBOLS), "stream"],
  ] as const)("in %s is stored series by series", async (_title, symbol, type) => {
    expect(await stored(arrow({ ...BARS, ...NAMES, symbol }, type), {})).toEqual(EXPECTED);
  });

  it("in several batches, whose dictionaries differ", async () => {
    const whole = new Table({ ...BARS, ...NAMES, symbol: coded(SYMBOLS) });
    const path = join(directory, "batches.arrow");
    const batches = new Table([...whole.slice(0, 2).batches, ...whole.slice(2).batches]);
    expect(batches.batches).toHaveLength(2);
    writeFileSync(path, tableToIPC(batches, "stream"));
    expect(await stored(path, {})).toEqual(EXPECTED);
  });

  it.each([["plain text", utf8] as const, ["a dictionary", coded] as const])(
    "has the flag's where one is null: %s",
    async (_title, make) => {
      const symbol = make(SYMBOLS.map((name) => (name === "AAA" ? null : name)));
      const found = await stored(arrow({ ...BARS, ...NAMES, symbol }), { symbol: "BBB" }).catch(
        (cause: Error) => cause.message,
      );
      expect(found).toMatch(/^time_duplicated/);
      const alone = make(SYMBOLS.map(() => null));
      const times = f64([0, 1, 2, 3, 4].map((hour) => T0 + hour * HOUR));
      const path = arrow({ ...BARS, ...NAMES, time: times, symbol: alone });
      expect((await stored(path, { symbol: "ZZZ" })).map((row) => row[1])).toEqual(
        Array(5).fill("ZZZ"),
      );
      expect(await fault(stored(path, {}))).toMatch(/^series_name_missing: .*symbol/);
    },
  );

  it("refuses a flag that says something else, and names of another type", async () => {
    const path = arrow({ ...BARS, ...NAMES, symbol: coded(SYMBOLS) });
    expect(await fault(stored(path, { symbol: "CCC" }))).toMatch(/^series_name_differs/);
    const symbol = vectorFromArray([true, false, true, true, false], new Bool());
    expect(await fault(stored(arrow({ ...BARS, ...NAMES, symbol }), {}))).toMatch(
      /^column_type: .*symbol.*Bool/,
    );
  });
});

describe("further columns of an Arrow file", () => {
  const named = { ...BARS, ...NAMES, symbol: utf8(SYMBOLS) };
  const delta = vectorFromArray([0.1, null, 0.3, 0.4, 0.5]);
  const trades = makeVector(Int32Array.from([10, 20, 30, 40, 50]));

  it("of Float64 are kept under their own names, others not", async () => {
    const found = await stored(arrow({ ...named, delta, trades }), {}, "delta");
    expect(found.map((row) => row[5])).toEqual([0.1, 0.3, 0.4, null, 0.5]);
  });

  it("are those of --map where it names any", async () => {
    const path = arrow({ ...named, delta, trades });
    const found = await stored(path, { map: { count: "trades" } }, "count");
    expect(found.map((row) => row[5])).toEqual([10, 30, 40, 20, 50]);
    await expect(stored(path, { map: { count: "trades" } }, "delta")).rejects.toThrow("delta");
  });

  it("are no bars: --map takes a role from another column", async () => {
    const { open, ...rest }: Record<string, Vector> = named;
    const path = arrow({ ...rest, first: open });
    expect(await stored(path, { map: { open: "first" } })).toEqual(EXPECTED);
    expect(await fault(stored(path, { map: { open: "nowhere" } }))).toMatch(/^map_column_unknown/);
  });
});
