import { GCProfiler, getHeapStatistics } from "node:v8";
import { describe, expect, test } from "vitest";
import { indicators } from "../../src/indicators/registry.ts";
import { generator } from "./cases.ts";
import { paramsFor, sourcesFor } from "./inputs.ts";

const BARS = 500_000;
const RUNS = 4;
/** A number boxed at every bar takes 12 bytes or more: 24 MB in all the runs. */
const LIMIT = 8_000_000;
const random = generator(11);
const source = Float64Array.from({ length: BARS }, () => 100 + random());
const outputs = [0, 1, 2, 3].map(() => new Float64Array(BARS));

/** Bytes taken on V8's heap, collected again or not; the elements of large typed arrays are not there. */
function bytesTaken(work: () => void): number {
  const profiler = new GCProfiler();
  profiler.start();
  let used = getHeapStatistics().used_heap_size;
  let taken = 0;
  work();
  const end = getHeapStatistics().used_heap_size;
  for (const { beforeGC, afterGC } of profiler.stop()?.statistics ?? []) {
    taken += beforeGC.heapStatistics.usedHeapSize - used;
    used = afterGC.heapStatistics.usedHeapSize;
  }
  return taken + end - used;
}

/** The least of several attempts: the test runner and the compiler take memory too, when they like. */
function leastBytesTaken(work: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 4 && least > LIMIT; attempt++) {
    least = Math.min(least, bytesTaken(work));
  }
  return least;
}

describe("kernels allocate nothing per bar", () => {
  for (const definition of indicators) {
    test(definition.name, () => {
      const kernel = definition.kernel("tv");
      const params = paramsFor(definition, 20);
      const sources = sourcesFor(definition, source);
      const run = () => kernel(sources, params, outputs.slice(0, definition.outputs.length));
      for (let i = 0; i < 2; i++) run();
      const bytes = leastBytesTaken(() => {
        for (let i = 0; i < RUNS; i++) run();
      });
      expect(bytes).toBeLessThan(LIMIT);
    });
  }

  test("one object per bar would be found out", () => {
    const kept: { value: number }[] = new Array(BARS);
    const bytes = leastBytesTaken(() => {
      for (let k = 0; k < RUNS; k++) {
        for (let i = 0; i < BARS; i++) kept[i] = { value: source[i] + k };
      }
    });
    expect(bytes).toBeGreaterThan(LIMIT);
  });
});
