import { describe, expect, test } from "vitest";
import { kernelOf } from "../../src/indicators/registry.ts";
import type { Dialect, Kernel } from "../../src/vector/kernel.ts";
import { runSeed } from "./cases.ts";
import { type Claim, claims, tryClaim } from "./claims.ts";
import { pandasEwm, pandasStd, vectorbtRsi } from "./transcriptions.ts";

const seed = runSeed("planted errors");

/** A kernel from a plain formula. */
const wrong =
  (f: (x: readonly number[], period: number, k: number) => readonly number[][]): Kernel =>
  ([source], [period, k], outputs) => {
    f(Array.from(source), period, k).forEach((column, i) => {
      outputs[i].set(column);
    });
  };

/** The real kernel with a period that is off by `shift`, in front of it na where the right one has na. */
const shifted =
  (indicator: string, dialect: Dialect, shift: number): Kernel =>
  (sources, [period, ...more], outputs) => {
    kernelOf(indicator, dialect)(sources, [Math.max(1, period + shift), ...more], outputs);
    for (const out of outputs) out.fill(Number.NaN, 0, period - 1);
  };

const band =
  (ddof: number): Kernel =>
  ([source], [period, k], outputs) => {
    kernelOf("bollinger", "tv")([source], [period, k], outputs);
    const std = pandasStd(Array.from(source), period, ddof);
    outputs[1].set(std.map((s, i) => outputs[0][i] + k * s));
    outputs[2].set(std.map((s, i) => outputs[0][i] - k * s));
  };

const planted: readonly [error: string, indicator: string, kernel: (d: Dialect) => Kernel][] = [
  [
    "a seed that is the first value",
    "ema",
    (d) => (d === "pandas" ? shiftedSeed : wrong((x, n) => [afterWarmup(pandasEwm(x, n), n - 1)])),
  ],
  [
    "Cutler's average",
    "rsi",
    (d) => (d === "vectorbt" ? wilder : wrong((x, n) => [vectorbtRsi(x, n)])),
  ],
  ["the other ddof", "std_dev", (d) => wrong((x, n) => [pandasStd(x, n, d === "pandas" ? 0 : 1)])],
  ["the sample's deviation", "bollinger", () => band(1)],
  ...["ema", "sma", "rsi", "std_dev", "bollinger", "highest", "lowest"].flatMap(
    (indicator) =>
      [
        ["a window one too long", indicator, (d: Dialect) => shifted(indicator, d, 1)],
        ["a window one too short", indicator, (d: Dialect) => shifted(indicator, d, -1)],
      ] as [string, string, (d: Dialect) => Kernel][],
  ),
];

const shiftedSeed: Kernel = (sources, params, outputs) =>
  kernelOf("ema", "tv")(sources, params, outputs);
const wilder: Kernel = (sources, params, outputs) =>
  kernelOf("rsi", "tv")(sources, params, outputs);

function afterWarmup(column: number[], warmup: number): number[] {
  return column.map((v, i) => (i < warmup ? Number.NaN : v));
}

/** vectorbt's ema is itself seeded with the first value, so that is no error there. */
const isRightThere = (error: string, { indicator, dialect }: Claim) =>
  error === "a seed that is the first value" && indicator === "ema" && dialect === "vectorbt";

describe("the checks of the kernels find planted errors", () => {
  for (const [error, indicator, kernel] of planted) {
    for (const claim of claims.filter(
      (c) => c.indicator === indicator && !isRightThere(error, c),
    )) {
      test(`${error} in ${indicator} ${claim.dialect} (${claim.formula})`, () => {
        expect(tryClaim(claim, kernel(claim.dialect), { seed, numRuns: 1000 }).failed).toBe(true);
      });
    }
  }
});
