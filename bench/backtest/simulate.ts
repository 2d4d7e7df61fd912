import { computeMetrics, NEVER, type Signals, simulate } from "../../src/backtest/index.ts";
import { barsPerYear } from "../../src/stats/index.ts";
import { modalStep } from "../../src/vector/modal-step.ts";
import { randomWalk } from "./random-walk.ts";

/**
 * ns per bar of simulate and computeMetrics on bars with masks as dense as a liquidity sweep's (0.8 % of bars
 * per side on real hourly bars), and of market making, which has two limit orders on every bar.
 *
 *     npx tsx bench/backtest/simulate.ts [bars] [rounds]
 */
const bars = randomWalk(Number(process.argv[2] ?? 1_000_000));
const rounds = Number(process.argv[3] ?? 15);
const length = bars.time.length;
const settings = {
  cash: 1e6,
  commission: 0.001,
  slippage: 0,
  fill: "next_open",
  delay: 0,
  start: 0,
} as const;
const annual = {
  barsPerYear: barsPerYear(bars.time, { interval: modalStep(bars.time)! }),
  riskFreeReturn: 0,
};

for (const [name, signals] of [
  ["liquidity sweep", sweep()],
  ["simple spread", spread()],
] as const) {
  const simulation = simulate(bars, signals, settings);
  const { metrics } = computeMetrics(bars, simulation, settings, annual);
  console.log(`${name}: ${length} bars, ${metrics.trades} trades`);
  report("simulate", () => simulate(bars, signals, settings));
  report("metrics", () => computeMetrics(bars, simulation, settings, annual));
}

/** Best of the rounds, by CPU time: other work on the machine counts less. */
function report(name: string, work: () => unknown): void {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const from = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(from);
    best = Math.min(best, user + system);
  }
  console.log(`  ${name.padEnd(10)}${((best * 1e3) / length).toFixed(2).padStart(8)} ns/bar`);
}

function sweep(): Signals {
  const order = (side: "buy" | "sell", state: "flat" | "long" | "short", index: number) => ({
    side,
    sizing: { kind: "quantity" as const, quantity: "0.001" },
    when: { flat: NEVER, long: NEVER, short: NEVER, [state]: index },
  });
  return {
    length,
    conditions: [randomMask(0.008, 7), randomMask(0.008, 8)],
    rules: [
      order("buy", "flat", 0),
      order("sell", "long", 1),
      order("sell", "flat", 1),
      order("buy", "short", 0),
    ],
    replaceOrders: false,
    cooldown: 0,
  };
}

function spread(): Signals {
  const quote = (side: "buy" | "sell", factor: number) => ({
    side,
    sizing: { kind: "quantity" as const, quantity: "0.001" },
    when: { flat: 0, long: 0, short: 0 },
    limit: bars.close.map((close) => close * factor),
  });
  return {
    length,
    conditions: [randomMask(1, 7)],
    rules: [quote("buy", 1 - 0.0005), quote("sell", 1 + 0.0005)],
    replaceOrders: true,
    cooldown: 5000,
  };
}

function randomMask(density: number, seed: number): Uint32Array {
  const mask = new Uint32Array((length + 31) >>> 5);
  const random = generator(seed);
  for (let i = 0; i < length; i++) if (random() < density) mask[i >>> 5] |= 1 << (i & 31);
  return mask;
}

/** Numerical Recipes' linear congruential generator: reproducible, good enough here. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
