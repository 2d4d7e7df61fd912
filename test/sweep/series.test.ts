import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { importBars } from "../../src/data/index.ts";
import { sweep } from "../../src/sweep/sweep.ts";
import { compiled } from "../properties/product.ts";
import { ROOT } from "../source-tree.ts";

const FILE = join(ROOT, "fixtures/ohlcv/synthetic_1d.csv");
const program = compiled({
  type: "ema_crossover",
  order_quantity: "1",
  fast_period: { param: "fast" },
  slow_period: 26,
  params: { fast: { default: 12 } },
});

test.each([
  [{ symbols: ["AAA", "BBB"] }, /--symbols "AAA,BBB": expected one/],
  [{ intervals: ["1h", "4h"] }, /--interval "1h,4h": expected one/],
] as const)("a file of one series is not swept once for each of %o", async (options, reason) => {
  const rows = sweep(program, FILE, { params: { fast: "2..3" } }, options);
  await expect(rows.next()).rejects.toThrow(reason);
});

test.each([
  [
    [FILE, join(ROOT, "fixtures/rules/../ohlcv/synthetic_1d.csv")],
    {},
    /--data ".*": expected each one once/,
  ],
  [[FILE], { symbols: ["AAA", "AAA"] }, /--symbols "AAA": expected each one once/],
  [[FILE], { intervals: ["1d", "1d"] }, /--interval "1d": expected each one once/],
  [[FILE], { windows: "2022:2022,2022-01:2022" }, /--windows "2022-01-01\/2023-01-01": expected/],
] as const)("what is named twice is not swept twice: %o %o", async (sources, options, reason) => {
  const rows = sweep(program, sources, { params: { fast: "2..3" } }, options);
  await expect(rows.next()).rejects.toThrow(reason);
});

test("of a database of several symbols the help names the option that a sweep has", async () => {
  const database = join(mkdtempSync(join(tmpdir(), "swymc-series-")), "market.duckdb");
  for (const symbol of ["AAA", "BBB"])
    await importBars(database, FILE, { exchange: "made_up", symbol, interval: "1d" });
  const rows = sweep(program, database, { params: { fast: "2..3" } });
  await expect(rows.next()).rejects.toMatchObject({
    diagnostics: [{ code: "source_ambiguous", hint: expect.stringContaining("--symbols") }],
  });
});

test.each([
  [{}, { threads: 0 }, /threads "0": expected a whole number from 1/],
  [{}, { batch: 0 }, /batch "0": expected a whole number from 1/],
  [{}, { batch: Number.NaN }, /batch "NaN": expected/],
  [{ seed: -1 }, {}, /seed "-1": expected a whole number from 0/],
  [{}, { engine: "gpu" as never }, /engine "gpu": expected one of auto, wasm, js, reference/],
  [{ search: "best" as never }, {}, /search "best": expected one of grid, random/],
])("a call that asks for what there is not is refused: %o %o", async (space, options, reason) => {
  const rows = sweep(program, FILE, { params: { fast: "2..3" }, ...space }, options);
  await expect(rows.next()).rejects.toThrow(reason);
});

test("an object of values that is no range is refused", async () => {
  const rows = sweep(program, FILE, { params: { fast: { from: 2, to: 3 } as never } });
  await expect(rows.next()).rejects.toThrow(
    /"fast" = "{"from":2,"to":3}": a range has min and max/,
  );
});

test("a sweep of no program or of no data is refused, not empty", async () => {
  const space = { params: { fast: "2..3" } };
  await expect(sweep(program, [], space).next()).rejects.toThrow(/data "\[\]": expected one at/);
  await expect(sweep([], FILE, space).next()).rejects.toThrow(/programs "\[\]": expected one at/);
});

test("a file of one series may be given one name", async () => {
  const rows = sweep(program, FILE, { params: { fast: "2..3" } }, { symbols: ["AAA"] });
  expect((await rows.next()).value).toMatchObject({ symbol: "AAA", interval: "1d" });
  await rows.return();
});
