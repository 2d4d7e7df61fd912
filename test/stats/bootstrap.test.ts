import { describe, expect, test } from "vitest";
import { optimalBlockLength } from "../../src/stats/validation/block-length.ts";
import { bootstrap } from "../../src/stats/validation/bootstrap.ts";
import { Random } from "../../src/stats/validation/random.ts";
import { deviationOf, meanOf, noise } from "./noise.ts";

const year = { barsPerYear: 252 };

/** An obvious path: returns one by one, each followed by its neighbour or by a new draw. */
function plainly(returns: Float64Array, blockLength: number, resamples: number, seed: number) {
  const random = new Random(seed);
  const n = returns.length;
  const rate = 1 / Math.log1p(-1 / blockLength);
  return Array.from({ length: resamples }, () => {
    const path: number[] = [];
    while (path.length < n) {
      const length = 1 + Math.floor(Math.log(random.uniform()) * rate);
      const capped = Math.min(length, n - path.length);
      const start = random.below(n);
      for (let k = 0; k < capped; k++) path.push(returns[(start + k) % n]);
    }
    let [equity, peak, depth] = [1, 1, 0];
    for (const r of path) {
      equity *= 1 + r;
      peak = Math.max(peak, equity);
      depth = Math.max(depth, 1 - equity / peak);
    }
    const sharpe = (meanOf(path) / deviationOf(path)) * Math.sqrt(252);
    return { total_return: equity - 1, sharpe, max_drawdown: depth };
  });
}

/** numpy's default quantile. */
function quantile(values: number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = q * (sorted.length - 1);
  const [low, high] = [Math.floor(at), Math.ceil(at)];
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}

describe("the stationary bootstrap", () => {
  test("equals paths that are put together one return at a time", () => {
    const returns = noise(1, 150, 0.001);
    const found = bootstrap(returns, { ...year, blockLength: 4.5, resamples: 400, seed: 9 })!;
    const plain = plainly(returns, 4.5, 400, 9);
    for (const name of ["total_return", "sharpe", "max_drawdown"] as const) {
      const values = plain.map((path) => path[name]);
      expect(found[name].low).toBeCloseTo(quantile(values, 0.025), 10);
      expect(found[name].median).toBeCloseTo(quantile(values, 0.5), 10);
      expect(found[name].high).toBeCloseTo(quantile(values, 0.975), 10);
    }
    const losses = plain.filter((path) => path.total_return < 0).length;
    expect(found.probability_of_loss).toBe(losses / 400);
  });

  test("estimates what the run itself came to", () => {
    const { total_return, max_drawdown, sharpe } = bootstrap(Float64Array.of(0.1, -0.5, 0.2), {
      ...year,
      resamples: 10,
    })!;
    expect(total_return.estimate).toBeCloseTo(1.1 * 0.5 * 1.2 - 1, 14);
    expect(max_drawdown.estimate).toBeCloseTo(0.5, 14);
    const r = [0.1, -0.5, 0.2];
    expect(sharpe.estimate).toBeCloseTo((meanOf(r) / deviationOf(r)) * Math.sqrt(252), 12);
  });

  test("has an interval of the Sharpe ratio that covers the true one about as often as it says", () => {
    const truth = 0.1 * Math.sqrt(252);
    const covered = Array.from({ length: 200 }, (_, k) => {
      const returns = noise(k, 200, 0.001, 0.01);
      const { low, high } = bootstrap(returns, { ...year, resamples: 300, seed: k })!.sharpe;
      return low <= truth && truth <= high;
    }).filter(Boolean).length;
    // Four standard errors of 200 tries below 0.95.
    expect(covered / 200).toBeGreaterThan(0.888);
  });

  test("keeps the dependence of a series, which independent draws lose", () => {
    // Each bar repeats four times: the mean is four times as uncertain in variance.
    const ratios = Array.from({ length: 12 }, (_, k) => {
      const base = noise(k, 250);
      const returns = Float64Array.from({ length: 1000 }, (_, i) => base[i >> 2]);
      expect(optimalBlockLength(returns).stationary).toBeGreaterThan(4);
      const width = (blockLength: number) => {
        const { low, high } = bootstrap(returns, { ...year, blockLength, resamples: 400 })!.sharpe;
        return high - low;
      };
      return width(40) / width(1);
    });
    expect(meanOf(ratios)).toBeGreaterThan(1.7);
    expect(meanOf(ratios)).toBeLessThan(2.1);
  });
});

test("blocks of one length come whole, around the end", () => {
  // With blocks as long as the series a path is a rotation: the return never changes.
  const returns = noise(2, 60);
  const { total_return } = bootstrap(returns, {
    ...year,
    scheme: "block",
    blockLength: 60,
    resamples: 200,
  })!;
  expect(total_return.high - total_return.low).toBeLessThan(1e-12);
  expect(total_return.low).toBeCloseTo(total_return.estimate, 12);
});

test("the same seed gives the same intervals, another seed others", () => {
  const run = (seed: number) => bootstrap(noise(3, 100), { ...year, resamples: 200, seed });
  expect(run(1)).toEqual(run(1));
  expect(run(1)!.sharpe).not.toEqual(run(2)!.sharpe);
});

test("a run that never moves has Sharpe ratio 0 and no drawdown", () => {
  const { sharpe, max_drawdown } = bootstrap(new Float64Array(50), { ...year, resamples: 20 })!;
  expect([sharpe.low, sharpe.high, max_drawdown.high]).toEqual([0, 0, 0]);
});

test("a series that was ruined, too short or na has no interval", () => {
  for (const series of [[0.1], [0.1, -1], [0.1, Number.NaN], [0.1, Number.POSITIVE_INFINITY]]) {
    expect(bootstrap(Float64Array.from(series), year)).toBeNull();
  }
});

test("options out of range are refused", () => {
  const returns = noise(1, 20);
  for (const options of [
    { resamples: 0 },
    { resamples: 1.5 },
    { resamples: 1e9 },
    { confidence: 1 },
    { confidence: Number.NaN },
    { blockLength: 0.5 },
    { blockLength: Number.POSITIVE_INFINITY },
    { scheme: "block" as const, blockLength: 1.5 },
    { seed: 0.5 },
  ]) {
    expect(() => bootstrap(returns, { ...year, ...options })).toThrow(RangeError);
  }
});

test("independent returns want blocks of hardly more than one bar", () => {
  const lengths = Array.from(
    { length: 20 },
    (_, k) => optimalBlockLength(noise(k, 1000)).stationary,
  );
  expect(meanOf(lengths)).toBeLessThan(4);
  expect(optimalBlockLength(new Float64Array(100))).toEqual({ stationary: 1, circular: 1 });
  expect(optimalBlockLength(noise(1, 5))).toEqual({ stationary: 1, circular: 1 });
});
