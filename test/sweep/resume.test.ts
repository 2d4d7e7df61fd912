import { spawn } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Journal } from "../../src/sweep/journal/journal.ts";
import { ONE_FILE } from "../bundle.ts";
import { swymc } from "../cli/run.ts";
import { ROOT } from "../source-tree.ts";

const KILLS = 30;
const folder = mkdtempSync(join(tmpdir(), "swymc-resume-"));
const child = resolve("node_modules", `.swymc-sweep-${process.pid}.mjs`);
const RULES = join(ROOT, "fixtures/rules/ema_crossover_params.json");
const DAILY = join(ROOT, "fixtures/ohlcv/synthetic_1d.csv");

const path = (name: string) => JSON.stringify(resolve("src", name));
/** A sweep in small batches, each with a short rest, so that kills fall between and into them. */
const SWEEPER = `
  import { readFileSync } from "node:fs";
  import { compileRules } from ${path("compile-rules.ts")};
  import { datasetFrom } from ${path("data/memory.ts")};
  import { planSweep } from ${path("sweep/plan-sweep.ts")};
  import { runSweep } from ${path("sweep/run-sweep.ts")};
  const [out, search] = process.argv.slice(2);
  const lines = readFileSync(${JSON.stringify(DAILY)}, "utf8").trim().split("\\n").slice(1);
  const cells = lines.map((line) => line.split(","));
  const column = (k) => Float64Array.from(cells, (row) => (k === 0 ? Date.parse(row[0]) : Number(row[k])));
  const [time, open, high, low, close, volume] = [0, 1, 2, 3, 4, 5].map(column);
  const { program } = compileRules(readFileSync(${JSON.stringify(RULES)}, "utf8"));
  const plan = await planSweep({
    strategies: [{ name: "rules", program }],
    sources: [datasetFrom({ time, open, high, low, close, volume })],
    params: { fast: "2..40", slow: "5..60:5" },
    where: "fast < slow",
    search,
    objective: "total_return",
  });
  console.log("run");
  const begun = performance.now();
  await runSweep(plan, { threads: 1, out, resume: true, top: 0, heat: null, command: null, batch: 3 });
  console.log("ms " + (performance.now() - begun));`;

beforeAll(async () => {
  await build({
    stdin: { contents: SWEEPER, resolveDir: resolve("."), loader: "ts" },
    ...ONE_FILE,
    outfile: child,
  });
});
afterAll(() => {
  rmSync(child, { force: true });
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the sweeper to its end (null: how long its work took), or kills it so many ms after its work began. */
function run(
  out: string,
  search: string,
  kill: number | null,
): Promise<{ ended: boolean; ms: number }> {
  return new Promise((done, failed) => {
    const process_ = spawn(process.execPath, [child, out, search], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    let wrong = "";
    process_.stderr.on("data", (text) => {
      wrong += text;
    });
    process_.stdout.on("data", (text) => {
      const before = said;
      said += text;
      if (kill !== null && !before.includes("run") && said.includes("run")) {
        setTimeout(() => process_.kill("SIGKILL"), kill);
      }
    });
    process_.on("exit", (code) => {
      if (code !== 0 && code !== null) failed(new Error(wrong));
      else done({ ended: code === 0, ms: Number(/ms ([\d.]+)/.exec(said)?.[1]) });
    });
  });
}

test.each(["grid", "halving"])(
  "a %s that is killed at any moment goes on without losing or doubling a trial",
  async (search) => {
    const whole = join(folder, `${search}-whole.csv`);
    const { ms } = await run(whole, search, null);
    const killed = join(folder, `${search}-killed.csv`);
    let kills = 0;
    // Each kill falls at a random moment of the work that is left; now and then one run gets through.
    while (kills < KILLS / 2) {
      const { ended } = await run(killed, search, Math.random() * Math.min(ms, 60 + ms / 8));
      if (ended) rmSync(killed);
      else kills++;
    }
    await run(killed, search, null);
    expect(readFileSync(killed, "utf8")).toBe(readFileSync(whole, "utf8"));
    expect(existsSync(`${killed}.part`)).toBe(false);
    const trials = readFileSync(killed, "utf8").trimEnd().split("\n").slice(1);
    expect(trials.map((line) => Number(line.split(",")[0]))).toEqual(trials.map((_, k) => k + 1));
  },
  600_000,
);

test("a journal that was cut or damaged anywhere keeps its whole batches", async () => {
  const manifest = { format: 1, swymc: "x" } as never;
  const file = join(folder, "cut.part");
  const journal = Journal.create(file, manifest);
  const batch = (stage: number) => ({
    ...{ stage, count: 2, params: Float64Array.of(1, 2, 3, stage) },
    ...{ metrics: new Float64Array(2 * METRICS).fill(stage), states: Uint8Array.of(0, 1) },
  });
  for (let k = 0; k < 4; k++) journal.append(batch(k));
  journal.close();
  const bytes = readFileSync(file);
  const block = 24 + 8 * (4 + 2 * METRICS) + 2;
  const begin = bytes.length - 4 * block;
  for (let length = 0; length <= bytes.length; length += 13) {
    writeFileSync(file, bytes.subarray(0, length));
    const opened = Journal.open(file);
    if (length < begin) {
      expect(opened).toBeNull();
      continue;
    }
    const expected = Math.floor((length - begin) / block);
    expect(Array.from(opened!.batches(), (one) => structuredClone(one))).toEqual(
      Array.from({ length: expected }, (_, k) => batch(k)),
    );
    opened!.close();
  }
  const damaged = Buffer.from(bytes);
  damaged[begin + 2 * block + 100]! ^= 1;
  writeFileSync(file, damaged);
  const opened = Journal.open(file)!;
  expect([...opened.batches()]).toHaveLength(2);
  opened.append(batch(9));
  expect([...opened.batches()].map(({ stage }) => stage)).toEqual([0, 1, 9]);
  opened.close();
});

test("what a kill left of results that were being written is removed", async () => {
  const at = mkdtempSync(join(folder, "left-"));
  const out = join(at, "o.csv");
  const uuid = "47cc0c0b-3ce1-4034-975e-0b6a29acc98e";
  for (const left of [`.${uuid}.tmp`, `.${uuid}.tmp.wal`, `.meta.json.${uuid}.tmp`, ".mine.tmp"])
    writeFileSync(out + left, "");
  writeFileSync(join(at, `other.csv.${uuid}.tmp`), "");
  const { code, err } = await swymc(
    ...["sweep", RULES, "--data", DAILY, "--param", "fast=2..3", "--threads", "1", "--out", out],
  );
  expect(code, err).toBe(0);
  expect(readdirSync(at).sort()).toEqual(
    ["o.csv", "o.csv.meta.json", "o.csv.mine.tmp", `other.csv.${uuid}.tmp`].sort(),
  );
});

const METRICS = 26;

test("a changed strategy, dataset, space or setting is refused, and named", async () => {
  const rules = join(folder, "rules.json");
  const bars = join(folder, "bars.csv");
  copyFileSync(RULES, rules);
  copyFileSync(DAILY, bars);
  const out = join(folder, "changed.csv");
  const sweep = (...more: string[]) => {
    const space = more.includes("--param") ? [] : ["--param", "fast=2..9"];
    return swymc("sweep", rules, "--data", bars, ...space, "--threads", "1", "--out", out, ...more);
  };
  const { compileRules } = await import("../../src/compile-rules.ts");
  const { planSweep } = await import("../../src/sweep/plan-sweep.ts");
  const plan = await planSweep({
    strategies: [
      { name: rules, program: compileRules(readFileSync(rules, "utf8"), { file: rules }).program! },
    ],
    ...{ sources: [bars], params: { fast: "2..9" } },
  });
  Journal.create(`${out}.part`, plan.manifest).close();

  expect((await sweep()).err).toMatch(/unfinished sweep[\s\S]*--resume/);
  const cases: [RegExp, () => Promise<{ err: string }>][] = [
    [
      /setting commission was not there and is 0.002/,
      () => sweep("--resume", "--commission", "0.2"),
    ],
    [
      /parameter fast of .* was .*"count":8.* and is .*"count":7/,
      () => sweep("--resume", "--param", "fast=2..8"),
    ],
    [
      /condition of .* was none and is fast < slow/,
      () => sweep("--resume", "--where", "fast < slow"),
    ],
    [
      /the search was grid and is random 5 0/,
      () => sweep("--resume", "--search", "random", "--samples", "5"),
    ],
  ];
  for (const [reason, run] of cases) expect((await run()).err).toMatch(reason);
  writeFileSync(rules, readFileSync(RULES, "utf8").replace('"below"', '"above"'));
  expect((await sweep("--resume")).err).toMatch(/the strategy .*rules.json was/);
  copyFileSync(RULES, rules);
  writeFileSync(bars, readFileSync(DAILY, "utf8").replace(/\n[^\n]+\n$/, "\n"));
  expect((await sweep("--resume")).err).toMatch(/the data of .*bars.csv/);
  copyFileSync(DAILY, bars);
  const { code, err } = await sweep("--resume");
  expect(code, err).toBe(0);
  expect(existsSync(`${out}.part`)).toBe(false);
});

test("Ctrl-C leaves the rows that were done, and --resume goes on", async () => {
  const { compileRules } = await import("../../src/compile-rules.ts");
  const { planSweep } = await import("../../src/sweep/plan-sweep.ts");
  const { runSweep } = await import("../../src/sweep/run-sweep.ts");
  const out = join(folder, "stopped.csv");
  const { program } = compileRules(readFileSync(RULES, "utf8"));
  const plan = await planSweep({
    strategies: [{ name: "rules", program: program! }],
    ...{ sources: [DAILY], params: { fast: "2..40" } },
  });
  const stop = new AbortController();
  const common = { threads: 1, out, top: 3, heat: null, command: null, batch: 4 } as const;
  const first = await runSweep(plan, {
    ...{ ...common, resume: false, signal: stop.signal },
    onProgress: ({ trials }) => trials >= 12 && stop.abort(),
  });
  expect(first).toMatchObject({ complete: false, trials: 12 });
  expect(readFileSync(out, "utf8").trimEnd().split("\n")).toHaveLength(13);
  expect(JSON.parse(readFileSync(`${out}.meta.json`, "utf8"))).toMatchObject({
    complete: false,
    trials: 12,
    planned: 39,
  });
  const second = await runSweep(plan, { ...common, resume: true });
  expect(second).toMatchObject({ complete: true, trials: 39, stored: 12 });
  const straight = await runSweep(plan, {
    ...common,
    out: join(folder, "straight.csv"),
    resume: false,
  });
  expect(second.top.map(({ trial, value }) => [trial, value])).toEqual(
    straight.top.map(({ trial, value }) => [trial, value]),
  );
  expect(readFileSync(out, "utf8")).toBe(readFileSync(join(folder, "straight.csv"), "utf8"));
});

test("two sweeps cannot write the same results at once", async () => {
  const out = join(folder, "claimed.csv");
  writeFileSync(`${out}.lock`, String(process.ppid));
  const args = [RULES, "--data", DAILY, "--param", "fast=2..4", "--threads", "1", "--out", out];
  expect((await swymc("sweep", ...args)).err).toMatch(/another sweep \(process \d+\) is writing/);
  // Of a process that is no more.
  writeFileSync(`${out}.lock`, "4194304");
  expect((await swymc("sweep", ...args)).code).toBe(0);
  expect(existsSync(`${out}.lock`)).toBe(false);
});
