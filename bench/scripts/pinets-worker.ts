/** Times pinets (AGPL: only here, in a process of its own): `pinets-worker.mjs TEXT BARS`. */
import { randomWalk } from "../backtest/random-walk.ts";
import type { Measured } from "./measured.ts";

interface PineTs {
  run(text: string): Promise<{
    readonly strategy: {
      readonly closedtrades: readonly { readonly entry_bar_index: number }[];
      readonly opentrades: readonly { readonly entry_bar_index: number }[];
    };
  }>;
}

const name = "pinets";
const { PineTS } = (await import(name)) as { PineTS: new (candles: readonly object[]) => PineTs };
const [text, count] = process.argv.slice(2);
const bars = randomWalk(Number(count));
const candles = Array.from(bars.time, (openTime, i) => ({
  openTime,
  closeTime: openTime + 59_999,
  open: bars.open[i],
  high: bars.high[i],
  low: bars.low[i],
  close: bars.close[i],
  volume: bars.volume[i],
}));

// It compiles as it runs: a run of few bars tells what that takes.
const began = performance.now();
await new PineTS(candles.slice(0, 2)).run(text!);
const compileMs = performance.now() - began;
const before = process.cpuUsage();
const { strategy } = await new PineTS(candles).run(text!);
const { user, system } = process.cpuUsage(before);
const us = (user + system) / candles.length;
const entries = [...strategy.closedtrades, ...strategy.opentrades].map((t) => t.entry_bar_index);
const peakMb = process.resourceUsage().maxRSS / 1024;
const measured: Measured = { compileMs, firstUs: us, laterUs: us, peakMb, entries };
console.log(JSON.stringify(measured));
