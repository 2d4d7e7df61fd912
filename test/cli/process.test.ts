import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { CLI, manifest } from "../package/dist.ts";
import { HOURLY, rules, temporaryFolder } from "./run.ts";

/** The built command in a process of its own. */
function node(args: readonly string[], env: Record<string, string> = {}, input = "") {
  const { FORCE_COLOR: _, NO_COLOR: __, ...rest } = process.env;
  return spawnSync(process.execPath, [CLI, ...args], {
    encoding: "utf8",
    env: { ...rest, ...env },
    input,
  });
}

test("--version prints the package's version", () => {
  expect(node(["--version"])).toMatchObject({ status: 0, stdout: `${manifest.version}\n` });
});

test("--help goes to standard output, with examples, for the program and for every command", () => {
  for (const command of [[], ["check"], ["compile"], ["backtest"], ["completion"]]) {
    const { status, stdout, stderr } = node([...command, "--help"]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("Usage: swymc");
    expect(stdout).toContain("Examples:");
  }
});

test("without a command, help goes to standard error with exit code 1", () => {
  const { status, stdout, stderr } = node([]);
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("Usage: swymc");
});

describe("colours", () => {
  const args = ["backtest", rules("ema_crossover"), "--data", HOURLY];

  test("are off in a pipe, on by FORCE_COLOR, off again by NO_COLOR", () => {
    expect(node(args).stdout).not.toContain("\u001b[");
    expect(node(args, { FORCE_COLOR: "1" }).stdout).toContain("\u001b[");
    expect(node(args, { FORCE_COLOR: "1", NO_COLOR: "1" }).stdout).not.toContain("\u001b[");
  });

  test("never reach --json", () => {
    expect(node([...args, "--json"], { FORCE_COLOR: "1" }).stdout).not.toContain("\u001b[");
  });
});

test("reads a document from standard input", () => {
  const text = readFileSync(rules("rsi_reversal"), "utf8");
  const { status, stderr } = node(["check", "-"], {}, text);
  expect([status, stderr]).toEqual([0, "1 file checked, no errors\n"]);
});

test("a reader that leaves early is no failure", async () => {
  const child = spawn(process.execPath, [CLI, "compile", rules("ema_crossover")], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.destroy();
  let err = "";
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect([code, err]).toEqual([0, ""]);
});

describe("compile", () => {
  test("writes a module that runs alone, and its declarations beside it", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "strategy.mjs");
    const { status, stdout, stderr } = node(["compile", rules("ema_crossover"), "-o", path]);
    expect([status, stdout]).toEqual([0, ""]);
    expect(stderr).toBe(`wrote ${path} and ${join(folder, "strategy.d.mts")}\n`);
    const module = await import(pathToFileURL(path).href);
    expect(Object.keys(module).sort()).toEqual([
      "params",
      "run",
      "signals",
      "strategyId",
      "warmup",
    ]);
    expect(readFileSync(join(folder, "strategy.d.mts"), "utf8")).toContain(
      "export declare function run",
    );
  });

  test("prints to standard output without -o", () => {
    expect(node(["compile", rules("ema_crossover")]).stdout).toContain("export const strategyId");
    expect(node(["compile", rules("ema_crossover"), "--emit", "ir"]).stdout).toContain("ema");
    const ir = JSON.parse(node(["compile", rules("ema_crossover"), "--emit", "json"]).stdout);
    expect(ir.nodes.length).toBeGreaterThan(0);
    expect(ir.rules).toHaveLength(2);
  });

  test("a document with errors writes nothing", () => {
    const path = join(temporaryFolder(), "strategy.mjs");
    const { status, stdout } = node(["compile", "-", "-o", path], {}, "{}");
    expect([status, stdout]).toEqual([1, ""]);
    expect(() => readFileSync(path)).toThrow("ENOENT");
  });
});

/** Ends the process with code 99 when it opens a connection, looks a name up or makes a socket. */
const NO_NETWORK = `
import dgram from "node:dgram"; import dns from "node:dns"; import net from "node:net";
const caught = () => process.exit(99);
net.Socket.prototype.connect = caught; dns.lookup = caught; dns.promises.lookup = caught;
dgram.createSocket = caught; globalThis.fetch = caught;`;

test("sends nothing and looks for no update", () => {
  const guard = `data:text/javascript,${encodeURIComponent(NO_NETWORK)}`;
  const guarded = (script: readonly string[]) =>
    spawnSync(process.execPath, ["--import", guard, ...script], { encoding: "utf8" }).status;
  expect(guarded(["-e", "fetch('http://localhost')"])).toBe(99);
  expect(guarded([CLI, "--version"])).toBe(0);
  expect(guarded([CLI, "check", rules("ema_crossover")])).toBe(0);
  expect(guarded([CLI, "backtest", rules("ema_crossover"), "--data", HOURLY])).toBe(0);
});
