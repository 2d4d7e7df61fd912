/**
 * ns of CPU time per bar of our streams beside trading-signals', which is the one that has `update` and `replace`:
 * `tsx bench/streams/main.ts [--bars 200000] [--rounds 9] [--json]`. It is timed only where its values are ours.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildSync } from "esbuild";
import { indicators } from "../../src/indicators/registry.ts";
import { walk } from "../kernels/ours.ts";
import { difference } from "./parity.ts";
import { rivals } from "./rivals.ts";
import type { Times } from "./worker.ts";

const { values: flags } = parseArgs({
  options: {
    bars: { type: "string", default: "200000" },
    rounds: { type: "string", default: "9" },
    json: { type: "boolean", default: false },
  },
});
const sample = walk(5000);
const streamed = indicators.filter((d) => d.sources.length === 1);
const mismatches = new Map(
  rivals.map((rival) => {
    const definition = indicators.find((d) => d.name === rival.indicator)!;
    return [rival.indicator, difference(definition, rival, sample)];
  }),
);
const equal = rivals.map((r) => r.indicator).filter((name) => mismatches.get(name) === null);
const worker = bundledWorker();
const mine = timesOf(
  "swymc",
  streamed.map((d) => d.name),
);
const theirs = timesOf("trading-signals", equal);
const rows = streamed.map(({ name }) => ({
  indicator: name,
  swymc: mine[name],
  trading_signals: theirs[name] ?? null,
  note: mismatches.get(name) ?? null,
}));

if (flags.json) {
  console.log(JSON.stringify({ ...flags, node: process.version, rows }, null, 2));
} else {
  const ns = (time: number | undefined) => (time === undefined ? "–" : time.toFixed(1)).padStart(9);
  console.log(`ns per call over ${flags.bars} bars, median of ${flags.rounds}: update, replace`);
  console.log(`${" ".repeat(28)}swymc${" ".repeat(13)}trading-signals`);
  for (const { indicator, swymc, trading_signals: rival, note } of rows) {
    const cells = [swymc.update, swymc.replace, rival?.update, rival?.replace].map(ns).join("");
    console.log(
      `${indicator.padEnd(24)}${cells}${note === null ? "" : `  values differ: ${note}`}`,
    );
  }
}

function timesOf(library: string, names: readonly string[]): Record<string, Times> {
  const args = [worker, library, flags.bars, flags.rounds, ...names];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
}

/** Our code is timed as it is shipped, in one bundle; the other as its package comes. */
function bundledWorker(): string {
  const outfile = fileURLToPath(
    new URL("../../node_modules/.cache/swymc-bench/streams.mjs", import.meta.url),
  );
  buildSync({
    entryPoints: [fileURLToPath(new URL("./worker.ts", import.meta.url))],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
  });
  return outfile;
}
