/** Times our run of a script, in a process of its own: `worker.mjs TEXT BARS ROUNDS`. */
import { checkScript } from "../../src/dsl/text/check/index.ts";
import { parseScript } from "../../src/dsl/text/parse/parse-script.ts";
import { compileScript } from "../../src/script/compile-script.ts";
import { runScript } from "../../src/script/run-script.ts";
import { randomWalk } from "../backtest/random-walk.ts";
import type { Measured } from "./measured.ts";

const [text, count, rounds] = process.argv.slice(2);
const bars = randomWalk(Number(count));
const began = performance.now();
const { script, text: source } = parseScript(text!);
const program = compileScript(checkScript(script, source).core!);
const compileMs = performance.now() - began;

const times: number[] = [];
let entries: number[] = [];
for (let round = 0; round <= Number(rounds); round++) {
  const before = process.cpuUsage();
  const { simulation } = runScript(program, bars);
  const { user, system } = process.cpuUsage(before);
  times.push((user + system) / bars.close.length);
  entries = Array.from(simulation.trades.entryBar);
}
const [firstUs, ...later] = times;
const measured: Measured = {
  compileMs,
  firstUs: firstUs!,
  laterUs: later.sort((a, b) => a - b)[later.length >> 1] ?? firstUs!,
  peakMb: process.resourceUsage().maxRSS / 1024,
  entries,
};
console.log(JSON.stringify(measured));
