import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CLI } from "../package/dist.ts";
import { ROOT } from "../source-tree.ts";

const RULES = join(ROOT, "fixtures/rules/ema_crossover.json");
const LIGHT = [["--help"], ["--version"], ["check", RULES], ["backtest", "--help"]];

/** Addresses of all scripts that a run loads, as V8's coverage lists them. */
function loadedScripts(args: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), "swymc-coverage-"));
  execFileSync(process.execPath, [CLI, ...args], {
    stdio: "ignore",
    env: { ...process.env, NODE_V8_COVERAGE: folder },
  });
  return readdirSync(folder).flatMap((name) =>
    JSON.parse(readFileSync(join(folder, name), "utf8")).result.map(
      ({ url }: { url: string }) => url,
    ),
  );
}

const REPORT = `process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  process._rawDebug("ms:" + (user + system) / 1000);
});`;

/** Milliseconds from start to end; unlike the clock it hardly depends on what else the machine does. */
function processorTime(args: readonly string[]): number {
  const report = `data:text/javascript,${encodeURIComponent(REPORT)}`;
  const { stderr } = spawnSync(process.execPath, ["--import", report, CLI, ...args], {
    encoding: "utf8",
  });
  return Number(/ms:([\d.]+)/.exec(stderr)?.[1]);
}

describe.each(LIGHT.map((args) => [args.join(" ").replace(ROOT, ""), args] as const))(
  "swymc %s",
  (_, args) => {
    test("loads neither Arrow nor DuckDB", () => {
      const scripts = loadedScripts(args);
      expect(scripts.filter((url) => url.includes("commander"))).not.toEqual([]);
      expect(scripts.filter((url) => /apache-arrow|duckdb|flatbuffers/.test(url))).toEqual([]);
    });

    test("takes well under 300 ms of processor time", () => {
      const times = Array.from({ length: 5 }, () => processorTime(args));
      expect(Math.min(...times)).toBeLessThan(300);
    });
  },
);
