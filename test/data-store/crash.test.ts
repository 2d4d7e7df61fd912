import { spawn, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rows } from "../../src/data/duckdb.ts";
import { MANY } from "../../src/data/store/fill-table.ts";
import { withStore } from "../../src/data/store/open-store.ts";
import { ONE_FILE } from "../bundle.ts";
import { bars, workspace } from "./workspace.ts";

/** Of first imports so large that the table is filled without its key, and of imports into a filled table. */
const KILLS = { bulk: 14, appends: 36 };
/** Imports that one signal kills, each into a database of its own: to start a process is most of the work. */
const AT_ONCE = { bulk: 3, appends: 6 };
const BULK = MANY + 1;
/** Bars that the others are added to. */
const FILLED = 5_000;
const FILES = 3;
const BARS = 200;
/** Ms that a busy machine may take. */
const PATIENCE = 900_000;

const folder = workspace();
const bulk = join(folder, "bulk");
const first = join(folder, "first");
const appends = join(folder, "appends");
// What a killed importer leaves behind goes with the folder.
const env = { ...process.env, TMPDIR: folder };
const child = resolve("node_modules", `.swymc-importer-${process.pid}.mjs`);

const path = (name: string) => JSON.stringify(resolve("src/data", name));
// It ends itself, by its own clock: signals of this process would come late where the machine is busy.
const IMPORTER = `
  import { statSync } from "node:fs";
  import { expandSources } from ${path("import/expand.ts")};
  import { importSources } from ${path("import/import-sources.ts")};
  import { withStore } from ${path("store/open-store.ts")};
  const [source, moment, ...databases] = process.argv.slice(2);
  const { after, intoCommit, stored } = JSON.parse(moment);
  const files = expandSources([source]);
  const die = () => process.kill(process.pid, "SIGKILL");
  const log = () => statSync(databases[0] + ".wal", { throwIfNoEntry: false })?.size ?? 0;
  function awaitMoment() {
    if (after !== undefined) setTimeout(die, after).unref();
    if (intoCommit === undefined) return;
    const before = log();
    const watch = setInterval(() => {
      if (log() === before) return;
      clearInterval(watch);
      setTimeout(die, intoCommit);
    }, 1);
    watch.unref();
  }
  async function run(db, first) {
    await withStore(db, { create: true, files }, async (store) => {
      const opened = performance.now();
      if (first) awaitMoment();
      const options = { exchange: "test", interval: "1h" };
      let done = 0;
      for await (const report of importSources(store, files, options)) {
        console.log(report.source);
        if (++done === stored && first) die();
      }
      console.log("span " + Math.ceil(performance.now() - opened));
    });
  }
  try {
    await Promise.all(databases.map((db, i) => run(db, i === 0)));
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
    ...ONE_FILE,
    outfile: child,
  });
});
afterAll(() => rmSync(child, { force: true }));

function writeSeries(into: string, symbol: string, count: number): void {
  const lines = bars(0, count).map((line) => `${symbol},${line}`);
  const text = ["symbol,time,open,high,low,close,volume", ...lines].join("\n");
  writeFileSync(join(into, `${symbol}.csv`), `${text}\n`);
}

/** So many ms after the database is open or a commit has begun to be written, or when so many files are stored. */
type Moment =
  | { readonly after: number }
  | { readonly intoCommit: number }
  | { readonly stored: number };

/** Imports into databases at once; returns how many were killed at that moment, and not over before. */
function kill(databases: readonly string[], source: string, moment: Moment): Promise<number> {
  return new Promise((done) => {
    const importer = spawn(
      process.execPath,
      [child, source, JSON.stringify(moment), ...databases],
      { stdio: ["ignore", "pipe", "inherit"], env },
    );
    let told = "";
    importer.stdout.on("data", (text) => {
      told += text;
    });
    importer.on("close", (_, signal) => {
      const over = told.match(/^span/gm)?.length ?? 0;
      done(signal === "SIGKILL" ? databases.length - over : 0);
    });
  });
}

/** The importer, left alone; `span` is the time in ms from the opened database to the end. */
function runWhole(db: string, source: string) {
  const ran = spawnSync(process.execPath, [child, source, "{}", db], { encoding: "utf8", env });
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

/** In turns right behind a stored file, into the writing of a commit, and anywhere. */
function anyMoment(round: number, span: number, files: number): Moment {
  if (round % 3 === 0) return { stored: 1 + (Math.floor(round / 3) % files) };
  if (round % 3 === 1) return { intoCommit: Math.random() * 25 };
  return { after: Math.random() * span };
}

test(
  `${KILLS.bulk} killed imports into an empty table store all of ${BULK} bars or none`,
  async () => {
    const whole = join(folder, "whole.duckdb");
    const { status, span } = runWhole(whole, bulk);
    expect(status).toBe(0);
    const expected = await stored(whole);
    expect([...expected.keys()]).toEqual(["BULK"]);
    let kills = 0;
    const outcomes = new Set<number>();
    let last = "";
    for (let round = 0; kills < KILLS.bulk && round < 2 * KILLS.bulk; round++) {
      const names = Array.from({ length: AT_ONCE.bulk }, (_, i) => `bulk-${round}-${i}.duckdb`);
      const databases = names.map((name) => join(folder, name));
      const moment = round === 1 ? { after: 0 } : anyMoment(round, span, 1);
      kills += await kill(databases, bulk, moment);
      for (const db of databases) {
        const found = await storedOrNone(db);
        outcomes.add(found.size);
        if (found.size > 0) expect(found).toEqual(expected);
        if (found.size === 0) last = db;
        else rmSync(db);
      }
    }
    expect(kills).toBeGreaterThanOrEqual(KILLS.bulk);
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

    let kills = 0;
    const sizes = new Set<number>();
    const paths = Array.from({ length: AT_ONCE.appends }, (_, i) =>
      join(folder, `appended-${i}.duckdb`),
    );
    for (const db of paths) copyFileSync(filled, db);
    for (let round = 0; kills < KILLS.appends && round < 2 * KILLS.appends; round++) {
      kills += await kill(paths, appends, anyMoment(round, span, FILES));
      for (const db of paths) {
        const found = await stored(db);
        for (const [symbol, bars] of found) expect(bars).toBe(expected.get(symbol));
        expect(found.get("FIRST")).toBe(before.get("FIRST"));
        sizes.add(found.size);
        if (found.size < expected.size || kills >= KILLS.appends) continue;
        rmSync(`${db}.wal`, { force: true });
        copyFileSync(filled, db);
      }
    }
    expect(kills).toBeGreaterThanOrEqual(KILLS.appends);
    // The kills fell within the import, not only before or after it.
    expect(sizes.size).toBeGreaterThan(2);
    for (const db of paths) {
      expect(runWhole(db, appends).status).toBe(0);
      expect(await stored(db)).toEqual(expected);
    }
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
    spawnSync("mount", ["-o", "remount,size=1m", disk]);
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

test.runIf(mounted).each([
  ["which is filled without its key", "16m"],
  ["of a disk too small for that", "6m"],
])(
  "a disk that fills up after a kill leaves a first import of many bars readable, %s",
  async (_, size) => {
    rmSync(join(disk, "bulk.duckdb"), { force: true });
    spawnSync("mount", ["-o", `remount,size=${size}`, disk]);
    const db = join(disk, "killed.duckdb");
    const ballast = join(disk, "ballast");
    expect(await kill([db], bulk, { stored: 1 })).toBe(1);
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(ballast, new Uint8Array(bavail * bsize));
    expect(statfsSync(disk).bavail).toBe(0);
    try {
      expect(await countsOf(db)).toEqual([String(BULK)]);
    } finally {
      for (const file of [ballast, db, `${db}.wal`]) rmSync(file, { force: true });
    }
  },
  PATIENCE,
);

async function countsOf(db: string): Promise<string[]> {
  return [...(await stored(db)).values()].map((bars) => bars.split(" ")[0]);
}

test.skipIf(mounted)("a full disk needs the right to mount a file system: not tried", () => {});
