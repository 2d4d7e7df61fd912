import { availableParallelism } from "node:os";
import { expect, test } from "vitest";
import { compile } from "../../index.ts";
import { planSweep } from "../plan-sweep.ts";
import { defaultThreads } from "./default-threads.ts";

const { program } = compile({
  type: "ema_crossover",
  order_quantity: "1",
  fast_period: { param: "fast" },
  slow_period: 50,
  params: { fast: { default: 10, min: 2, max: 49 } },
});

function barsOf(count: number) {
  const column = new Float64Array(count).fill(100);
  const time = column.map((_, i) => i * 60_000);
  return { time, open: column, high: column, low: column, close: column, volume: column };
}

test.each([
  [1000, 1],
  [3_000_000, availableParallelism()],
])("48 trials over %d bars run on %d threads", async (count, threads) => {
  const plan = await planSweep({
    strategies: [{ program: program!, name: "0" }],
    sources: [barsOf(count)],
    options: {},
  });
  expect(plan.total.trials).toBe(48);
  expect(defaultThreads(plan)).toBe(threads);
});
