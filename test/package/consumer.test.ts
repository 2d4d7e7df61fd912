import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROOT } from "../source-tree.ts";
import { manifest } from "./dist.ts";

/** A project that has the packed tarball in its node_modules, and the dependencies of this one. */
let consumer: string;

beforeAll(() => {
  consumer = mkdtempSync(join(tmpdir(), "swymc-consumer-"));
  const home = join(consumer, "node_modules/swymc");
  mkdirSync(home, { recursive: true });
  run("npm", ["pack", "--ignore-scripts", "--pack-destination", consumer], ROOT);
  const tarball = readdirSync(consumer).find((name) => name.endsWith(".tgz"))!;
  run("tar", ["-xzf", tarball, "-C", home, "--strip-components=1"]);
  for (const name of readdirSync(join(ROOT, "node_modules"))) {
    if (name.startsWith(".") || name === "swymc") continue;
    symlinkSync(join(ROOT, "node_modules", name), join(consumer, "node_modules", name));
  }
});

afterAll(() => rmSync(consumer, { recursive: true, force: true }));

function run(command: string, args: readonly string[], cwd = consumer): string {
  return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

function write(name: string, text: string): void {
  writeFileSync(join(consumer, name), text);
}

const DOCUMENT = `{ type: "ema_crossover", order_quantity: "1", fast_period: 2, slow_period: 3 }`;
const USE = `
const time = Float64Array.from({ length: 12 }, (_, i) => i * 3600000);
const close = Float64Array.of(5, 4, 3, 2, 3, 4, 5, 6, 5, 4, 3, 2);
const bars = { time, open: close, high: close, low: close, close, volume: close };
const { program } = compile(${DOCUMENT});
const { result } = backtest(program, bars);
console.log(result.state, result.trades.length, typeof indicators, typeof dsl, typeof vector, schema.title);
`;
const PRINTED = "ok 1 object object object swymc rule document\n";

test("an ES module imports the library and every subpath", () => {
  write(
    "use.mjs",
    `import { backtest, compile } from "swymc";
import * as indicators from "swymc/indicators";
import * as dsl from "swymc/dsl";
import * as vector from "swymc/vector";
import schema from "swymc/schemas/rules.json" with { type: "json" };
${USE}`,
  );
  expect(run(process.execPath, ["--no-warnings", "use.mjs"])).toBe(PRINTED);
});

test("a CommonJS module requires them", () => {
  write(
    "use.cjs",
    `const { backtest, compile } = require("swymc");
const indicators = require("swymc/indicators");
const dsl = require("swymc/dsl");
const vector = require("swymc/vector");
const schema = require("swymc/schemas/rules.json");
${USE}`,
  );
  expect(run(process.execPath, ["use.cjs"])).toBe(PRINTED);
});

test("errors thrown by one subpath are those of another", () => {
  write(
    "errors.mjs",
    `import { compile, SwymcError } from "swymc";
const { program } = compile(${DOCUMENT});
try { program.strategyId({ nope: 1 }); } catch (error) { console.log(error instanceof SwymcError); }`,
  );
  expect(run(process.execPath, ["errors.mjs"])).toBe("true\n");
});

test.each(["use.mts", "use.cts"])("TypeScript understands %s", (name) => {
  write("tsconfig.json", JSON.stringify({ compilerOptions: OPTIONS, files: [name] }));
  write(
    name,
    `import { type BacktestResult, backtest, compile, loadDataset } from "swymc";
export async function use(text: string): Promise<BacktestResult["state"]> {
  const { program, diagnostics } = compile(text);
  if (!program) throw new Error(diagnostics[0]?.message);
  const { result } = backtest(program, await loadDataset("bars.csv"), { commission: 0.001 });
  const equity: number | null | undefined = result.metrics?.final_equity;
  return equity ? result.state : "no_trades";
}`,
  );
  expect(run(join(ROOT, "node_modules/.bin/tsc"), ["-p", "."])).toBe("");
});

const OPTIONS = {
  module: "nodenext",
  target: "es2022",
  lib: ["es2023"],
  types: ["node"],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
};

test("the command answers with its version", () => {
  const bin = join(consumer, "node_modules/swymc", manifest.bin["swymc"]);
  expect(run(process.execPath, [bin, "--version"])).toBe(`${manifest.version}\n`);
});
