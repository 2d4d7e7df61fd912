import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { compile } from "../../src/index.ts";
import { BatchSize } from "../../src/sweep/run/batch-size.ts";
import { sweep } from "../../src/sweep/sweep.ts";
import { ONE_FILE } from "../bundle.ts";
import { ROOT } from "../source-tree.ts";

const DOCUMENT = {
  type: "ema_crossover",
  order_quantity: "1",
  fast_period: { param: "fast" },
  slow_period: 50,
  params: { fast: { default: 10 } },
};
const { program } = compile(DOCUMENT);

function bars(count: number) {
  const time = Float64Array.from({ length: count }, (_, i) => i * 60_000);
  const close = time.map((_, i) => 100 + Math.sin(i / 9) + Math.sin(i / 70));
  return { time, open: close, high: close, low: close, close, volume: close };
}

const SPACE = { params: { fast: "2..45" } };
const DATA = bars(700_000);

async function returns(threads: number): Promise<(number | null)[]> {
  const found = [];
  for await (const { metrics } of sweep(program!, DATA, SPACE, { threads, batch: 4 })) {
    found.push(metrics.total_return);
  }
  return found;
}

test("threads serve one sweep after the other, also after one that was broken off, and two at once", async () => {
  const one = await returns(1);
  expect(await returns(2)).toEqual(one);
  expect(await returns(2)).toEqual(one);
  for await (const { trial } of sweep(program!, DATA, SPACE, { threads: 2, batch: 4 })) {
    if (trial === 3) break;
  }
  expect(await Promise.all([returns(2), returns(2)])).toEqual([one, one]);
}, 60_000);

test.each([1, 2])(
  "on %d threads the event loop turns while trials run",
  async (threads) => {
    let turns = 0;
    const count = () => {
      turns++;
      turning = setImmediate(count);
    };
    let turning = setImmediate(count);
    const options = { threads, engine: "reference" } as const;
    for await (const { metrics } of sweep(program!, DATA, SPACE, options))
      expect(metrics.trades).toBeGreaterThan(0);
    clearImmediate(turning);
    expect(turns).toBeGreaterThan(10);
  },
  60_000,
);

test.each([1, 2])(
  "on %d threads a sweep is stopped within a batch",
  async (threads) => {
    const controller = new AbortController();
    const options = { threads, engine: "reference", signal: controller.signal } as const;
    const stopped = setTimeout(() => controller.abort(), 20);
    const rows = [];
    for await (const row of sweep(program!, DATA, SPACE, options)) rows.push(row);
    clearTimeout(stopped);
    expect(rows).toEqual([]);
  },
  60_000,
);

test("threads that wait for another sweep hold no process open", async () => {
  const source = pathToFileURL(join(ROOT, "src/index.ts")).href;
  const script = `
    const { compile, sweep } = await import(${JSON.stringify(source)});
    const { program } = compile(${JSON.stringify(DOCUMENT)});
    const bars = (${bars})(700_000);
    let rows = 0;
    for await (const _ of sweep(program, bars, ${JSON.stringify(SPACE)}, { threads: 2 })) rows++;
    console.log("rows", rows);
    process.on("exit", () => console.log("over"));
  `;
  const args = ["--import", "tsx", "--input-type=module", "--eval", script];
  const said = execFileSync(process.execPath, args, {
    cwd: ROOT,
    encoding: "utf8",
    timeout: 60_000,
  });
  expect(said).toBe("rows 44\nover\n");
}, 90_000);

test("a thread loads what scripts need when it gets one: its start is half as long without", async () => {
  const worker = "src/sweep/run/worker.ts";
  const { metafile } = await build({
    ...ONE_FILE,
    ...{ entryPoints: { worker }, splitting: true, outdir: "out", write: false, metafile: true },
    absWorkingDir: ROOT,
  });
  const { outputs } = metafile;
  const loaded = new Set(
    Object.keys(outputs).filter((file) => outputs[file]!.entryPoint === worker),
  );
  for (const file of loaded) {
    for (const { path, kind } of outputs[file]!.imports)
      if (kind === "import-statement" && path in outputs) loaded.add(path);
  }
  const sources = [...loaded].flatMap((file) => Object.keys(outputs[file]!.inputs));
  expect(sources).toContain("src/sweep/engine/lean-engine.ts");
  expect(
    sources.filter((path) => /^src\/(script|dsl\/text|data|sweep\/rows)\//.test(path)),
  ).toEqual([]);
});

/** Batches of a sweep whose trials take as long as the guess says. */
function sizes(rate: number, threads: number, count: number): number[] {
  const size = new BatchSize(rate, threads, count);
  const found = [];
  for (let left = count; left > 0; left -= found.at(-1)!) {
    found.push(Math.min(left, size.next()));
    size.handOut(found.at(-1)!);
    size.done(found.at(-1)!, found.at(-1)! / rate);
  }
  return found;
}

test("one thread gets even batches of at most four seconds and 8,192 trials", () => {
  expect(sizes(1e6, 1, 9001)).toEqual([4501, 4500]);
  expect(sizes(100, 1, 1000)).toEqual([334, 333, 333]);
  expect(sizes(0.01, 1, 3)).toEqual([1, 1, 1]);
});

test("several threads get even batches of as many trials for each", () => {
  expect(sizes(1e6, 2, 20_000)).toEqual([10_000, 10_000]);
  expect(sizes(1e6, 2, 3)).toEqual([3]);
  expect(sizes(1, 2, 12)).toEqual([6, 6]);
});

test("batches become smaller where trials take longer than was guessed", () => {
  const size = new BatchSize(1e6, 2, 40_000);
  expect(size.next()).toBe(13_334);
  size.handOut(13_334);
  size.done(6667, 66.67);
  expect(size.next()).toBe(785);
});
