import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bars, content, workspace } from "./workspace.ts";

const KILLS = 50;
const FILES = 8;
const BARS = 200;
/** Ms that a busy machine may take. */
const PATIENCE = 900_000;

const folder = workspace();
const sources = join(folder, "sources");
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
      const options = { exchange: "test", interval: "1h" };
      for await (const report of importSources(store, files, options)) console.log(report.source);
    });
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }`;

beforeAll(async () => {
  mkdirSync(sources);
  for (let i = 0; i < FILES; i++) writeSeries(sources, `S${String(i).padStart(2, "0")}`, BARS);
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

/** Runs the importer; kills it so long after it has opened the database, if a time is given. */
function run(db: string, killAfter: number): Promise<number | null> {
  return new Promise((done) => {
    const importer = spawn(process.execPath, [child, db, sources], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    importer.stdout.once("data", () => setTimeout(() => importer.kill("SIGKILL"), killAfter));
    importer.on("exit", (code) => done(code));
  });
}

const runWhole = (db: string, from = sources) =>
  spawnSync(process.execPath, [child, db, from], { encoding: "utf8" });

async function rowsBySymbol(db: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const [, symbol] of await content(db)) {
    counts.set(String(symbol), (counts.get(String(symbol)) ?? 0) + 1);
  }
  return counts;
}

test(
  `an import killed ${KILLS} times stores each file as a whole or not at all`,
  async () => {
    const undisturbed = join(folder, "undisturbed.duckdb");
    const started = performance.now();
    expect(runWhole(undisturbed).status).toBe(0);
    const span = performance.now() - started;
    const expected = await content(undisturbed);
    expect(expected).toHaveLength(FILES * BARS);

    let db = join(folder, "killed-0.duckdb");
    let killed = 0;
    const seen = new Set<number>();
    for (let round = 1; killed < KILLS && round < 4 * KILLS; round++) {
      const code = await run(db, Math.random() * span * 0.6);
      if (code === null) killed++;
      const counts = existsSync(db) ? await rowsBySymbol(db).catch(emptyYet) : new Map();
      for (const count of counts.values()) expect(count).toBe(BARS);
      seen.add(counts.size);
      if (counts.size < FILES) continue;
      expect(await content(db)).toEqual(expected);
      db = join(folder, `killed-${round}.duckdb`);
    }
    expect(killed).toBe(KILLS);
    // The kills fell within the import, not only before or after it.
    expect(seen.size).toBeGreaterThan(2);
    expect(runWhole(db).status).toBe(0);
    expect(await content(db)).toEqual(expected);
  },
  PATIENCE,
);

/** Killed before the tables were there. */
function emptyYet(error: unknown): Map<string, number> {
  if (/store_missing|database_no_bars/.test(String(error))) return new Map();
  throw error;
}

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
    const counts = await rowsBySymbol(db);
    expect([...counts.values()]).toEqual(Array(done).fill(20_000));
    // With room again the same command goes on where it stopped.
    spawnSync("mount", ["-o", "remount,size=256m", disk]);
    expect(runWhole(db, many).status).toBe(0);
    expect([...(await rowsBySymbol(db)).values()]).toEqual(Array(8).fill(20_000));
  },
  PATIENCE,
);

test.skipIf(mounted)("a full disk needs the right to mount a file system: not tried", () => {});
