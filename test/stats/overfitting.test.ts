import { describe, expect, test } from "vitest";
import { overfittingProbability } from "../../src/stats/validation/overfitting.ts";
import { deviationOf, meanOf, noise } from "./noise.ts";

/** CSCV as the paper lists its steps, with whole matrices and no sums kept. */
function plainly(returns: readonly Float64Array[], splits: number) {
  const size = Math.floor(returns[0].length / splits);
  const skip = returns[0].length - size * splits;
  const logits: number[] = [];
  for (const chosen of choices(splits, splits / 2)) {
    const part = (inside: boolean) =>
      returns.map((r) => {
        const taken = [...r.subarray(skip)].filter(
          (_, i) => chosen.includes(Math.floor(i / size)) === inside,
        );
        return meanOf(taken) / deviationOf(taken);
      });
    const [train, judge] = [part(true), part(false)];
    const best = train.indexOf(Math.max(...train));
    const rank = judge.filter((score) => score <= judge[best]).length / (returns.length + 1);
    logits.push(Math.log(rank / (1 - rank)));
  }
  return logits;
}

function choices(n: number, k: number, from = 0): number[][] {
  if (k === 0) return [[]];
  return Array.from({ length: n - from }, (_, i) => from + i).flatMap((first) =>
    choices(n, k - 1, first + 1).map((rest) => [first, ...rest]),
  );
}

describe("the probability of backtest overfitting", () => {
  test("equals the steps of the paper", () => {
    for (const [trials, bars, splits] of [
      [5, 103, 6],
      [12, 80, 8],
      [2, 20, 2],
    ]) {
      const returns = Array.from({ length: trials }, (_, k) => noise(k, bars));
      const found = overfittingProbability(returns, { splits })!;
      const plain = plainly(returns, splits).sort((a, b) => a - b);
      const sorted = [...found.logits].sort((a, b) => a - b);
      expect(found.combinations).toBe(plain.length);
      for (const [k, logit] of plain.entries()) expect(sorted[k]).toBeCloseTo(logit, 9);
      expect(found.probability).toBe(plain.filter((logit) => logit <= 1e-12).length / plain.length);
    }
  });

  test("is a half on average where no trial has skill", () => {
    const found = Array.from({ length: 60 }, (_, seed) => {
      const returns = Array.from({ length: 20 }, (_, k) => noise(100 * seed + k, 160));
      return overfittingProbability(returns, { splits: 8 })!.probability;
    });
    const error = deviationOf(found) / Math.sqrt(found.length);
    expect(Math.abs(meanOf(found) - 0.5)).toBeLessThan(4 * error);
    expect(error).toBeLessThan(0.05);
  });

  test("is near 0 where one trial is better for good, and near 1 where every gain is paid back", () => {
    const idle = Array.from({ length: 19 }, (_, k) => noise(k, 480));
    const skilled = overfittingProbability([...idle, noise(99, 480, 0.005)])!;
    expect(skilled.combinations).toBe(12_870);
    expect(skilled.probability).toBeLessThan(0.001);
    expect(skilled.probability_of_loss).toBeLessThan(0.01);
    // Taken off its mean, what is above it in one half is below it in the other.
    const paidBack = idle.map((r) => r.map((x) => x - meanOf(r)));
    const overfitted = overfittingProbability(paidBack)!;
    expect(overfitted.probability).toBeGreaterThan(0.9);
    expect(overfitted.degradation!.slope).toBeLessThan(-0.8);
    expect(overfitted.probability_of_loss).toBe(1);
  });

  test("shares ranks among equal trials", () => {
    const same = noise(1, 64);
    const found = overfittingProbability([same, same, same], { splits: 4 })!;
    expect([...found.logits].every((logit) => logit === 0)).toBe(true);
  });
});

test("trials that never move score 0", () => {
  const found = overfittingProbability([new Float64Array(64), new Float64Array(64)], {
    splits: 4,
  })!;
  expect([...found.in_sample, ...found.out_of_sample].every((score) => score === 0)).toBe(true);
  expect(found.degradation).toBeNull();
});

test("too little to split is null, and what cannot be split is refused", () => {
  expect(overfittingProbability([])).toBeNull();
  expect(overfittingProbability([noise(1, 100)])).toBeNull();
  expect(overfittingProbability([noise(1, 31), noise(2, 31)])).toBeNull();
  const gap = noise(1, 64);
  gap[40] = Number.NaN;
  expect(overfittingProbability([gap, noise(2, 64)], { splits: 4 })).toBeNull();
  for (const splits of [0, 3, 22, 2.5, Number.NaN]) {
    expect(() => overfittingProbability([noise(1, 64), noise(2, 64)], { splits })).toThrow(
      RangeError,
    );
  }
  expect(() => overfittingProbability([noise(1, 64), noise(2, 63)])).toThrow(RangeError);
});
