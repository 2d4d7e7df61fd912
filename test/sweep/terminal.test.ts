import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { HOURLY, rules } from "../cli/run.ts";
import { CLI } from "../package/dist.ts";

const folder = mkdtempSync(join(tmpdir(), "swymc-terminal-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Eighteen windows of five days: as many batches. The slowest engine gives time to press a key. */
const SPACE = ["--param", "fast=2..21", "--param", "slow=30..49", "--engine", "reference"];
const SWEEP = ["sweep", rules("ema_crossover_params"), "--data", HOURLY, ...SPACE];
const WINDOWS = ["--windows", "2024-01-01..2024-03-30/5d", "--threads", "1"];
const TRIALS = 18 * 20 * 20;

/** The command under a pseudo terminal of util-linux's `script`; `keys` are pressed once its output matches `after`. */
function underTerminal(
  args: readonly string[],
  { keys, after }: { readonly keys: string; readonly after: RegExp },
): Promise<{ readonly code: number | null; readonly shown: string }> {
  const words = [process.execPath, CLI, ...args].map(
    (word) => `'${word.replaceAll("'", `'\\''`)}'`,
  );
  const terminal = spawn("script", ["-qec", `exec ${words.join(" ")}`, "/dev/null"], {
    env: { ...process.env, SHELL: "/bin/sh", NO_COLOR: "1" },
  });
  let shown = "";
  let pressed = false;
  terminal.stdout.on("data", (text) => {
    shown += text;
    if (pressed || !after.test(shown)) return;
    pressed = true;
    terminal.stdin.write(keys);
  });
  return new Promise((done, failed) => {
    terminal.on("error", failed);
    terminal.on("close", (code) => done({ code, shown }));
  });
}

test("on a terminal a bar tells rate and time left, Ctrl-C keeps what was done, --resume the rest", async () => {
  const out = join(folder, "stopped.csv");
  const args = [...SWEEP, ...WINDOWS, "--out", out];
  const bar = /\[#*\.*\] \d+ % [\d,]+ of 7,200 trials, [\d,]+ trials\/s, \d+ s left/;
  const stopped = await underTerminal(args, { keys: "\x03", after: bar });
  expect(stopped.shown).toMatch(bar);
  expect(stopped.code, stopped.shown).toBe(130);
  expect(stopped.shown).toMatch(/[\d,]+ trials of 7,200, stopped/);
  expect(stopped.shown).toContain("stopped: --resume goes on");

  const partial = readFileSync(out, "utf8").trimEnd().split("\n");
  expect(partial.length).toBeGreaterThan(400);
  expect(partial.length).toBeLessThan(1 + TRIALS);
  const meta = JSON.parse(readFileSync(`${out}.meta.json`, "utf8"));
  expect(meta).toMatchObject({ complete: false, trials: partial.length - 1, planned: TRIALS });

  const rest = await underTerminal([...args, "--resume"], { keys: "", after: /$/ });
  expect(rest.code, rest.shown).toBe(0);
  expect(rest.shown).toContain(
    `${(partial.length - 1).toLocaleString("en-US")} trials from before`,
  );
  expect(existsSync(`${out}.part`)).toBe(false);

  const straight = join(folder, "straight.csv");
  const whole = await underTerminal([...SWEEP, ...WINDOWS, "--out", straight], {
    ...{ keys: "", after: /$/ },
  });
  expect(whole.code, whole.shown).toBe(0);
  const rows = readFileSync(straight, "utf8");
  expect(readFileSync(out, "utf8")).toBe(rows);
  expect(rows.startsWith(partial.join("\n"))).toBe(true);
}, 180_000);
