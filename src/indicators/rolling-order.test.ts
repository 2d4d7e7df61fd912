import { describe, expect, test } from "vitest";
import { generator, runSeed } from "../../test/kernels/cases.ts";
import { rollingMode } from "./rolling-mode.ts";
import { rollingOrder } from "./rolling-order.ts";
import { rollingRank } from "./rolling-rank.ts";

const random = generator(runSeed("order of windows"));

/** As long as several stretches that are ranked together. */
const BARS = 9000;

const SERIES: Record<string, () => number> = {
  "any size and sign": () => (random() - 0.5) * 10 ** Math.round(600 * random() - 300),
  "few values": () => [-1, -0, 0, 0.5, 1][Math.floor(5 * random())],
  "one value": () => 0.1,
  "crowded beside an outlier": () => (random() < 0.001 ? 1e300 : 1 + 1e-9 * random()),
  "beyond the largest difference": () => (random() - 0.5) * 1.9 * Number.MAX_VALUE,
  "a rise of the least there is": (
    (x) => () =>
      (x += Number.MIN_VALUE)
  )(0),
};

describe("windows of every length", () => {
  for (const [name, next] of Object.entries(SERIES)) {
    test(`are in order over ${name}`, () => {
      const source = Float64Array.from({ length: BARS }, next);
      for (const period of [1, 2, 7, 24, 25, 48, 300, 5000]) {
        const k = Math.floor(random() * Math.max(1, period - 1));
        const [order, behind, rank, mode] = [0, 0, 0, 0].map(() => new Float64Array(BARS));
        rollingOrder(source, 0, period, k, order, period > 1 ? behind : undefined);
        rollingRank(source, 0, period, rank);
        rollingMode(source, 0, period, mode);
        for (let i = period; i < BARS; i += period > 1000 ? 397 : 61) {
          const window = source.slice(i - period + 1, i + 1).map((x) => x + 0);
          const sorted = window.slice().sort();
          expect(order[i]).toBe(sorted[k]);
          if (period > 1) expect(behind[i]).toBe(sorted[k + 1]);
          const earlier = source.subarray(i - period, i);
          expect(rank[i]).toBe(earlier.reduce((n, x) => n + Number(x <= source[i]), 0));
          expect(mode[i]).toBe(modeOf(sorted));
        }
      }
    });
  }
});

function modeOf(sorted: Float64Array): number {
  const counts = new Map<number, number>();
  for (const value of sorted) counts.set(value, (counts.get(value) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return sorted.find((value) => counts.get(value) === most)!;
}
