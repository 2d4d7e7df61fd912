import { PerformanceObserver } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { indicators } from "../../src/indicators/registry.ts";
import { generator } from "./cases.ts";

const BARS = 1_000_000;
const random = generator(11);
const source = Float64Array.from({ length: BARS }, () => 100 + random());
const outputs = [0, 1, 2].map(() => new Float64Array(BARS));

async function collectionsDuring(work: () => void): Promise<number> {
  let count = 0;
  const observer = new PerformanceObserver((list) => {
    count += list.getEntries().length;
  });
  observer.observe({ entryTypes: ["gc"] });
  work();
  await wait(20);
  observer.disconnect();
  return count;
}

describe("kernels allocate nothing per bar", () => {
  for (const definition of indicators) {
    test(definition.name, async () => {
      const kernel = definition.kernel("tv");
      const params = definition.params.map((p) => p.default ?? 20);
      const run = () => kernel([source], params, outputs.slice(0, definition.outputs.length));
      for (let i = 0; i < 3; i++) run();
      const before = process.memoryUsage().heapUsed;
      // 5 boxed numbers per bar would be 80 MB: the young generation would be collected several times.
      const collections = await collectionsDuring(() => {
        for (let i = 0; i < 5; i++) run();
      });
      expect(collections).toBeLessThanOrEqual(1);
      expect(process.memoryUsage().heapUsed - before).toBeLessThan(4_000_000);
    });
  }
});
