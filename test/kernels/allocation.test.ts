import { constants, PerformanceObserver } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { indicators } from "../../src/indicators/registry.ts";
import { generator } from "./cases.ts";
import { paramsFor, sourcesFor } from "./inputs.ts";

const BARS = 500_000;
const random = generator(11);
const source = Float64Array.from({ length: BARS }, () => 100 + random());
const outputs = [0, 1, 2].map(() => new Float64Array(BARS));

/** Collections of the young generation, where numbers would be boxed; columns for a kernel's own use are not there. */
async function collectionsDuring(work: () => void): Promise<number> {
  let count = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { detail } = entry as unknown as { detail: { kind: number } };
      if (detail.kind === constants.NODE_PERFORMANCE_GC_MINOR) count++;
    }
  });
  observer.observe({ entryTypes: ["gc"] });
  work();
  await wait(20);
  observer.disconnect();
  return count;
}

/** Without columns for their own use. */
const ONE_PASS = ["bollinger", "cum", "ema", "highest", "lowest", "rma", "rsi", "sma", "std_dev"];

describe("kernels allocate nothing per bar", () => {
  for (const definition of indicators) {
    test(definition.name, async () => {
      const kernel = definition.kernel("tv");
      const params = paramsFor(definition, 20);
      const sources = sourcesFor(definition, source);
      const run = () => kernel(sources, params, outputs.slice(0, definition.outputs.length));
      for (let i = 0; i < 3; i++) run();
      const before = process.memoryUsage().heapUsed;
      // 5 boxed numbers per bar would be 200 MB: the young generation would be collected several times.
      const collections = await collectionsDuring(() => {
        for (let i = 0; i < 5; i++) run();
      });
      // Columns for the kernel's own use are not on the heap, but they bring its collection forward.
      expect(collections).toBeLessThanOrEqual(ONE_PASS.includes(definition.name) ? 1 : 3);
      expect(process.memoryUsage().heapUsed - before).toBeLessThan(4_000_000);
    });
  }
});
