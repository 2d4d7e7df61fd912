/** Times one library's streams, in a process of their own: `worker.mjs LIBRARY BARS ROUNDS`, times as JSON. */
import { indicator } from "../../src/indicators/registry.ts";
import { inChunks } from "../../src/vector/rolling/index.ts";
import { walk } from "../kernels/ours.ts";
import { ours, type Runner, rivals } from "./rivals.ts";

export interface Times {
  /** Per bar of history. */
  readonly update: number;
  /** Per value of an open bar. */
  readonly replace: number;
}

const REPLACES = 4;
const [library, bars, rounds] = process.argv.slice(2);
const prices = walk(Number(bars));
const names = process.argv.slice(5);
const times = Object.fromEntries(names.map((name) => [name, measure(() => create(name))]));
console.log(JSON.stringify(times));

function create(name: string): Runner {
  const rival = rivals.find((each) => each.indicator === name);
  return library === "swymc" ? ours(indicator(name)!, rival?.dialect ?? "tv") : rival!.create();
}

function measure(make: () => Runner): Times {
  const all = Array.from({ length: 3 + Number(rounds) }, () => ({
    update: timed(make(), history),
    replace: timed(make(), live) / REPLACES,
  })).slice(3);
  return { update: median(all.map((t) => t.update)), replace: median(all.map((t) => t.replace)) };
}

function timed(stream: Runner, run: (stream: Runner) => void): number {
  const before = process.cpuUsage();
  run(stream);
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * 1000) / prices.length;
}

function history(stream: Runner): void {
  inChunks(0, prices.length, (from, to) => {
    for (let i = from; i < to; i++) stream.update(prices[i]);
  });
}

/** Each bar is opened and then given three other values. */
function live(stream: Runner): void {
  inChunks(0, prices.length, (from, to) => {
    for (let i = from; i < to; i++) {
      stream.update(prices[i]);
      for (let k = 1; k < REPLACES; k++) stream.replace(prices[i] + 0.01 * k);
    }
  });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
