import { spawn, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rows } from "../../src/data/duckdb.ts";
import { MANY } from "../../src/data/store/fill-table.ts";
import { withStore } from "../../src/data/store/open-store.ts";
import { bars, workspace } from "./workspace.ts";

/** Of first imports so large that the table is filled without its key, and of imports into a filled table. */
const KILLS = { bulk: 14, appends: 36 };
const BULK = MANY + 1;
/** Bars that the others are added to. */
const FILLED = 5_000;
const FILES = 6;
const BARS = 200;
/** Ms that a busy machine may take. */
const PATIENCE = 900_000;

const folder = workspace();
const bulk = join(folder, "bulk");
const first = join(folder, "first");
const appends = join(folder, "appends");
// What a killed importer leaves behind goes with the folder.
const env = { ...process.env, TMPDIR: folder };
// Beside the packages, which the bundle leaves out.
const child = resolve("node_modules", `.swymc-importer-${process.pid}.mjs`);

const path = (name: string) => JSON.stringify(resolve("src/data", name));
const IMPORTER = `
  import { expandSources } from ${path("import/expand.ts")};
  import { importSources } from ${path("import/import-sources.ts")};
  import { withStore } from ${path("store/open-store.ts")};
  const [db, source] = process.argv.slice(2);
  const files = expandSources([source]);
  try {
    await withStore(db, { create: true, files }, async (store) => {
      console.log("open");
      const opened = performance.now();
      const options = { exchange: "test", interval: "1h" };
      for await (const report of importSources(store, files, options)) console.log(report.source);
      console.log("span " + Math.ceil(performance.now() - opened));
    });
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }`;

beforeAll(async () => {
  mkdirSync(bulk);
  mkdirSync(first);
  mkdirSync(appends);
  writeSeries(bulk, "BULK", BULK);
  writeSeries(first, "FIRST", FILLED);
  for (let i = 0; i < FILES; i++) writeSeries(appends, `S${i}`, BARS);
  await build({
    stdin: { contents: IMPORTER, resolveDir: resolve("."), loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    outfile: child,
  });
});
afterAll(() => rmSync(child, { force: true }));

function writeSeries(into: string, symbol: string, count: number): void {
  const lines = bars(0, count).map((line) => `${symbol},${line}`);
  const text = ["symbol,time,open,high,low,close,volume", ...lines].join("\n");
  writeFileSync(join(into, `${symbol}.csv`), `${text}\n`);
}

type Moment = { readonly after: number } | { readonly intoCommit: number };

/** Runs the importer and kills it: so many ms after it has opened the database, or after it began to write there. */
function run(db: string, source: string, moment: Moment): Promise<number | null> {
  return new Promise((done) => {
    const importer = spawn(process.execPath, [child, db, source], {
      stdio: ["ignore", "pipe", "inherit"],
      env,
    });
    const kill = () => importer.kill("SIGKILL");
    let watch: NodeJS.Timeout | undefined;
    importer.stdout.once("data", () => {
      if ("after" in moment) setTimeout(kill, moment.after);
      else {
        const log = () => statSync(`${db}.wal`, { throwIfNoEntry: false })?.size ?? 0;
        const before = log();
        watch = setInterval(() => {
          if (log() === before) return;
          clearInterval(watch);
          setTimeout(kill, moment.intoCommit);
        }, 1);
      }
    });
    importer.on("exit", (code) => {
      clearInterval(watch);
      done(code);
    });
  });
}

/** The importer, left alone; `span` is the time in ms from the opened database to the end. */
function runWhole(db: string, source: string) {
  const ran = spawnSync(process.execPath, [child, db, source], { encoding: "utf8", env });
  return { ...ran, span: Number(/^span (\d+)/m.exec(ran.stdout)?.[1]) };
}

/** Per symbol the number of bars and a sum over all their values. */
async function stored(db: string): Promise<Map<string, string>> {
  const sql = `SELECT symbol, count(*), sum(hash(exchange, "interval", open_time, open, high, low, close, volume))
    FROM candles GROUP BY symbol`;
  const found = await withStore(db, { readOnly: true }, ({ connection }) =>
    rows(connection, { sql, values: [] }),
  );
  return new Map(found.map(([symbol, count, sum]) => [String(symbol), `${count} ${sum}`]));
}

const storedOrNone = (db: string) =>
  existsSync(db) ? stored(db).catch(emptyYet) : new Map<string, string>();

/** Killed before the tables were there. */
function emptyYet(error: unknown): Map<string, string> {
  if (/store_missing|database_no_bars/.test(String(error))) return new Map();
  throw error;
}

/** Every other kill falls into the writing of a commit, the rest anywhere. */
const anyMoment = (round: number, span: number): Moment =>
  round % 2 === 0 ? { after: Math.random() * span } : { intoCommit: Math.random() * 25 };

test(
  `${KILLS.bulk} killed imports into an empty table store all of ${BULK} bars or none`,
  async () => {
    const whole = join(folder, "whole.duckdb");
    const { status, span } = runWhole(whole, bulk);
    expect(status).toBe(0);
    const expected = await stored(whole);
    expect([...expected.keys()]).toEqual(["BULK"]);
    let killed = 0;
    const outcomes = new Set<number>();
    let last = "";
    for (let round = 0; killed < KILLS.bulk && round < 4 * KILLS.bulk; round++) {
      const db = join(folder, `bulk-${round}.duckdb`);
      if ((await run(db, bulk, anyMoment(round, span))) === null) killed++;
      const found = await storedOrNone(db);
      outcomes.add(found.size);
      if (found.size > 0) expect(found).toEqual(expected);
      if (found.size === 0) last = db;
      else rmSync(db);
    }
    expect(killed).toBe(KILLS.bulk);
    // Kills fell before the end of the commit and after it.
    expect(outcomes).toEqual(new Set([0, 1]));
    expect(runWhole(last, bulk).status).toBe(0);
    expect(await stored(last)).toEqual(expected);
  },
  PATIENCE,
);

test(
  `${KILLS.appends} killed imports into a filled table store each file as a whole or not at all`,
  async () => {
    const filled = join(folder, "filled.duckdb");
    expect(runWhole(filled, first).status).toBe(0);
    const before = await stored(filled);
    const whole = join(folder, "appended.duckdb");
    copyFileSync(filled, whole);
    const { status, span } = runWhole(whole, appends);
    expect(status).toBe(0);
    const expected = await stored(whole);
    expect(expected.size).toBe(1 + FILES);

    let db = "";
    let killed = 0;
    const sizes = new Set<number>();
    for (let round = 0; killed < KILLS.appends && round < 4 * KILLS.appends; round++) {
      if (db === "") {
        db = join(folder, `appended-${round}.duckdb`);
        copyFileSync(filled, db);
      }
      if ((await run(db, appends, anyMoment(round, span))) === null) killed++;
      const found = await stored(db);
      for (const [symbol, bars] of found) expect(bars).toBe(expected.get(symbol));
      expect(found.get("FIRST")).toBe(before.get("FIRST"));
      sizes.add(found.size);
      if (found.size < expected.size || killed === KILLS.appends) continue;
      rmSync(db);
      db = "";
    }
    expect(killed).toBe(KILLS.appends);
    // The kills fell within the import, not only before or after it.
    expect(sizes.size).toBeGreaterThan(2);
    expect(runWhole(db, appends).status).toBe(0);
    expect(await stored(db)).toEqual(expected);
  },
  PATIENCE,
);

const disk = mkdtempSync(join(tmpdir(), "swymc-disk-"));
const mounted =
  process.getuid?.() === 0 &&
  spawnSync("mount", ["-t", "tmpfs", "-o", "size=8m", "tmpfs", disk]).status === 0;
afterAll(() => {
  if (mounted) spawnSync("umount", ["-l", disk]);
  rmSync(disk, { recursive: true, force: true });
});

test.runIf(mounted)(
  "a disk that fills up keeps every batch that was committed",
  async () => {
    const many = join(folder, "many");
    mkdirSync(many);
    for (let i = 0; i < 8; i++) writeSeries(many, `D${i}`, 20_000);
    const db = join(disk, "full.duckdb");
    const { status, stdout, stderr } = runWhole(db, many);
    expect(status).toBe(1);
    expect(stderr).toMatch(/store_write: .*space/i);
    const done = stdout.split("\n").filter((line) => line.endsWith(".csv")).length;
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(8);
    expect(await countsOf(db)).toEqual(Array(done).fill("20000"));
    // With room again the same command goes on where it stopped.
    spawnSync("mount", ["-o", "remount,size=256m", disk]);
    expect(runWhole(db, many).status).toBe(0);
    expect(await countsOf(db)).toEqual(Array(8).fill("20000"));
  },
  PATIENCE,
);

test.runIf(mounted)(
  "a disk that fills up in a first import of many bars keeps an empty table",
  async () => {
    rmSync(join(disk, "full.duckdb"), { force: true });
    spawnSync("mount", ["-o", "remount,size=3m", disk]);
    const db = join(disk, "bulk.duckdb");
    const { status, stderr } = runWhole(db, bulk);
    expect(status).toBe(1);
    expect(stderr).toMatch(/store_write: .*space/i);
    expect(await storedOrNone(db)).toEqual(new Map());
    spawnSync("mount", ["-o", "remount,size=256m", disk]);
    expect(runWhole(db, bulk).status).toBe(0);
    expect(await countsOf(db)).toEqual([String(BULK)]);
  },
  PATIENCE,
);

async function countsOf(db: string): Promise<string[]> {
  return [...(await stored(db)).values()].map((bars) => bars.split(" ")[0]);
}

test.skipIf(mounted)("a full disk needs the right to mount a file system: not tried", () => {});
