import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { DAILY, rules } from "../cli/run.ts";
import { CLI } from "../package/dist.ts";

const MB = 2 ** 20;
const folder = mkdtempSync(join(tmpdir(), "swymc-memory-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What `peak-memory.mjs` says of a process, in bytes. */
interface Memory {
  /** What was alive in V8 at the most, and near the end of writing the rows. */
  readonly most: number;
  readonly last: number;
  /** Peak of what was resident, DuckDB's included. */
  readonly peak: number;
  readonly looks: number;
}

/** Memory of the whole process, its garbage collected often, for so many trials of 30 bars. */
function memoryOf(trials: number, ending: string): Memory {
  const space = ["--param", "fast=2..21", "--param", `slow=30..${29 + 100}`];
  const sizes = ["--param", `/rules/0/then/size/percent_of_equity=1..${trials / 2000}`];
  const span = ["--from", "2023-01-01", "--to", "2023-01-30", "--threads", "1", "--top", "1"];
  const strategy = ["sweep", rules("ema_crossover_params"), "--data", DAILY];
  const out = ["--out", join(folder, `${trials}${ending}`)];
  const preload = new URL("./peak-memory.mjs", import.meta.url).href;
  const command = `"${process.execPath}" --expose-gc --import "${preload}" "$@" 2>&1 >/dev/null`;
  const args = ["-c", command, "sh", CLI, ...strategy, ...space, ...sizes, ...span, ...out];
  const said = execFileSync("/bin/sh", args, { encoding: "utf8" });
  expect(said).toContain(`${trials.toLocaleString("en-US")} trials in`);
  return JSON.parse(/^memory (.*)$/m.exec(said)![1]!) as Memory;
}

/** Beyond these, every batch has the most trials that it may have, and the graphs of as many as are kept are there. */
const FEW = 40_000;
const MANY = 200_000;

/**
 * A trial has 34 numbers and some 350 bytes of text: if they were kept in any form, MANY would have 43 MB of numbers or
 * 56 MB of text more than FEW. 20 bytes alive per trial are seen. What is resident also depends on when threads of DuckDB
 * and the collector of garbage run (by 20 MB on busy machines), so each count runs twice and the lesser peak is compared.
 */
test.each([".csv", ".parquet"])(
  "memory of a sweep into %s does not grow with its trials",
  (ending) => {
    const [few, again] = [memoryOf(FEW, ending), memoryOf(FEW, ending)];
    const [many, more] = [memoryOf(MANY, ending), memoryOf(MANY, ending)];
    expect(few.looks).toBeGreaterThan(4);
    expect(many.looks).toBeGreaterThan(2 * few.looks);
    expect(many.most - few.most).toBeLessThan(3 * MB);
    expect(many.last - few.last).toBeLessThan(3 * MB);
    const [least, peak] = [Math.min(few.peak, again.peak), Math.min(many.peak, more.peak)];
    expect(peak - least).toBeLessThan(32 * MB);
    expect(peak).toBeLessThan(256 * MB);
  },
  240_000,
);
