import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile } from "../../src/index.ts";
import { CLI } from "../../test/package/dist.ts";
import { runPublic, startThreads } from "./public.ts";
import { walk } from "./series.ts";
import { ALL_IN, pairs } from "./strategies.ts";
import type { Workload } from "./workloads.ts";

const MINUTE = 60_000;
const RULES = "fixtures/rules/ema_crossover_params.json";

/** `sweep()` of two averages against bars, combinations and threads, then peak memory of the command against trials. */
export async function scaling(short: boolean): Promise<void> {
  const program = compile(pairs("sma", ALL_IN)).program!;
  const run = async (bars: number, combinations: number, threads: number) => {
    const work: Workload = {
      title: "scaling",
      program,
      series: [walk(bars, 9, 0, 5e-4, MINUTE)],
      trials: square(combinations),
      execution: { cash: 10_000, commission: 0.001, fill: "close" },
      engine: "wasm",
      vectorbt: null,
    };
    const { took } = await runPublic(work, work.series, { threads });
    const ns = (1e9 * took.cpu) / bars / work.trials.length;
    return { bars, combinations: work.trials.length, threads, ...took, "ns per bar·combo": ns };
  };
  const powers = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, k) => 10 ** (from + k));
  await run(10_000, 100, 1);
  console.log("bars, 100 combinations");
  console.table(await each(powers(3, short ? 4 : 7), (bars) => run(bars, 100, 1)));
  console.log("combinations");
  console.table(
    await each(powers(2, short ? 3 : 6), (many) => run(short ? 1_000 : 10_000, many, 1)),
  );
  console.log("threads");
  const [bars, many] = short ? [10_000, 5_000] : [100_000, 10_000];
  console.table(await each([1, 2], (threads) => run(bars, many, threads)));
  console.log("of which starting two threads, s", await startThreads(2));
  console.log("peak memory of the whole process, 500 bars, rows into a file");
  const trials = short ? [2_000, 20_000] : [20_000, 200_000, 1_000_000];
  console.table([".csv", ".parquet"].flatMap((ending) => trials.map((n) => memory(n, ending))));
}

async function each<T>(values: readonly number[], of: (value: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (const value of values) results.push(await of(value));
  return results;
}

/** So many pairs of periods, none of which is the other's. */
function square(count: number): number[][] {
  const side = Math.round(Math.sqrt(count));
  const fast = Array.from({ length: side }, (_, k) => 2 + k);
  return fast.flatMap((one) => fast.map((other) => [one, side + 2 + other]));
}

/** The built command writing a row per trial. */
function memory(trials: number, ending: string) {
  const folder = mkdtempSync(join(tmpdir(), "swymc-sweep-"));
  try {
    const space = ["--param", "fast=2..21", "--param", "slow=30..79"];
    const sizes = ["--param", `/rules/0/then/size/percent_of_equity=1..100:${100_000 / trials}`];
    const data = ["--data", "fixtures/ohlcv/synthetic_1d.csv", "--from", "2023-01-01"];
    const out = ["--out", join(folder, `rows${ending}`), "--threads", "2", "--top", "1"];
    const script = `process.on("exit", () => console.log("peak", process.resourceUsage().maxRSS / 1024));`;
    const preload = `data:text/javascript,${encodeURIComponent(script)}`;
    const args = ["--import", preload, CLI, "sweep", RULES, ...data, ...space, ...sizes, ...out];
    const said = execFileSync(process.execPath, args, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return { trials, ending, peak_mb: Number(/peak ([\d.]+)/.exec(said)![1]) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
