/**
 * Compile time, CPU time per bar and memory of scripts beside pinets, and whether both enter on the same bars:
 * `tsx bench/scripts/main.ts [--bars 1000000] [--rounds 5] [--turns 3] [--rival-bars 20000] [--json]`. The two take turns, each
 * run in a process of its own; told are the medians of the turns.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildSync } from "esbuild";
import { CASES } from "./cases.ts";
import type { Measured } from "./measured.ts";

const { values: flags } = parseArgs({
  options: {
    bars: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "5" },
    turns: { type: "string", default: "3" },
    "rival-bars": { type: "string", default: "20000" },
    json: { type: "boolean", default: false },
  },
});
const root = fileURLToPath(new URL("../..", import.meta.url));
const hasRival = existsSync(`${root}/node_modules/pinets`);
const ours = bundled("worker.ts");
const rivals = bundled("pinets-worker.ts");

const rows = Object.entries(CASES).map(([name, text]) => {
  const few = flags["rival-bars"];
  const turns = Array.from({ length: Number(flags.turns) }, () => ({
    swymc: run(ours, text, flags.bars, flags.rounds),
    pinets: hasRival ? run(rivals, text, few) : null,
  }));
  const swymc = medians(turns.map((turn) => turn.swymc));
  const pinets = hasRival ? medians(turns.map((turn) => turn.pinets!)) : null;
  const signals = pinets && parity(run(ours, text, few, "0").entries, pinets.entries);
  return { name, swymc, pinets, signals };
});

if (flags.json) {
  const told = rows.map(({ swymc, pinets, ...row }) => ({
    ...row,
    swymc: { ...swymc, entries: swymc.entries.length },
    pinets: pinets && { ...pinets, entries: pinets.entries.length },
  }));
  console.log(JSON.stringify({ ...flags, node: process.version, rows: told }, null, 2));
} else {
  console.log(
    `compile ms, µs of CPU per bar (first run, median of ${flags.rounds}), peak MB, medians of ${flags.turns} turns; swymc over ${flags.bars} bars, pinets over ${flags["rival-bars"]}`,
  );
  for (const { name, swymc, pinets, signals } of rows) {
    console.log(`${name.padEnd(20)}swymc   ${line(swymc)}  ${swymc.entries.length} trades`);
    if (pinets === null) console.log(`${"".padEnd(20)}pinets is not installed`);
    else console.log(`${"".padEnd(20)}pinets  ${line(pinets)}  ${signals}`);
  }
}

/** Of each figure; the trades are those of any turn. */
function medians(turns: readonly Measured[]): Measured {
  const middle = (of: (turn: Measured) => number) =>
    turns.map(of).sort((a, b) => a - b)[turns.length >> 1]!;
  return {
    compileMs: middle((turn) => turn.compileMs),
    firstUs: middle((turn) => turn.firstUs),
    laterUs: middle((turn) => turn.laterUs),
    peakMb: middle((turn) => turn.peakMb),
    entries: turns[0]!.entries,
  };
}

function line({ compileMs, firstUs, laterUs, peakMb }: Measured): string {
  const columns = [compileMs.toFixed(1), firstUs.toFixed(3), laterUs.toFixed(3), peakMb.toFixed(0)];
  return columns.map((column) => column.padStart(9)).join("");
}

function parity(mine: readonly number[], theirs: readonly number[]): string {
  const others = new Set(theirs);
  const same = mine.filter((bar) => others.has(bar)).length;
  return `${same} of ${mine.length} entries on the same bars (${theirs.length} there)`;
}

function run(worker: string, ...args: string[]): Measured {
  const options = { encoding: "utf8", maxBuffer: 1 << 28 } as const;
  const out = execFileSync(process.execPath, [worker, ...args], options);
  return JSON.parse(out.slice(out.lastIndexOf('{"compileMs"')));
}

/** As plain JavaScript, so that no compiler of ours is in the memory. */
function bundled(file: string): string {
  const folder = `${root}/node_modules/.cache/swymc-bench`;
  mkdirSync(folder, { recursive: true });
  const outfile = `${folder}/${file.replace(".ts", ".mjs")}`;
  buildSync({
    entryPoints: [fileURLToPath(new URL(file, import.meta.url))],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    external: ["pinets"],
    logLevel: "error",
  });
  return outfile;
}
