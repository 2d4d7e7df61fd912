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

/** Writes the peak of the process's resident memory to standard error when it ends. */
const PEAK = `process.on("exit", () => {
  process.stderr.write("peak " + process.resourceUsage().maxRSS * 1024 + "\\n");
});`;

/** Peak bytes of the whole process, for so many trials of 30 bars. */
function peak(trials: number, ending: string): number {
  const space = ["--param", "fast=2..21", "--param", `slow=30..${29 + 100}`];
  const sizes = ["--param", `/rules/0/then/size/percent_of_equity=1..${trials / 2000}`];
  const span = ["--from", "2023-01-01", "--to", "2023-01-30", "--threads", "1", "--top", "1"];
  const out = join(folder, `${trials}${ending}`);
  const args = [
    "sweep",
    rules("ema_crossover_params"),
    "--data",
    DAILY,
    ...space,
    ...sizes,
    ...span,
  ];
  const preload = `data:text/javascript,${encodeURIComponent(PEAK)}`;
  const command = `"${process.execPath}" --import "${preload}" "$@" 2>&1 >/dev/null`;
  const said = execFileSync("/bin/sh", ["-c", command, "sh", CLI, ...args, "--out", out], {
    encoding: "utf8",
  });
  expect(said).toContain(`${trials.toLocaleString("en-US")} trials in`);
  return Number(/peak (\d+)/.exec(said)![1]);
}

/**
 * A trial has 34 numbers and some 350 bytes of text: 100,000 more of them would be 27 MB of numbers or 35 MB of text, if
 * they were kept in any form. What the garbage collector may leave is far below.
 */
test.each([".csv", ".parquet"])(
  "peak memory of a sweep into %s does not grow with its trials",
  (ending) => {
    const [few, many] = [peak(20_000, ending), peak(120_000, ending)];
    expect(many - few).toBeLessThan(16 * MB);
    expect(many).toBeLessThan(256 * MB);
  },
  240_000,
);
