import { describe, expect, test } from "vitest";
import {
  deflatedSharpe,
  expectedMaximumSharpe,
  minimumTrackRecord,
  normalSharpeVariance,
  probabilisticSharpe,
  sharpeError,
  sharpeEstimate,
  varianceOfTrials,
} from "../../src/stats/validation/sharpe-inference.ts";
import { meanOf, noise } from "./noise.ts";

const normal = { skewness: 0, kurtosis: 3 };

describe("the worked example of SEMANTICS §6", () => {
  const estimate = { count: 60, sharpe: 0.51, ...normal };
  const variance = normalSharpeVariance(0.51, 60);
  const deflated = deflatedSharpe(estimate, 20, variance);

  test("expects a maximum of 0.2630 and deflates to 0.9628", () => {
    expect(deflated.expected_maximum.toFixed(4)).toBe("0.2630");
    expect(deflated.probability!.toFixed(4)).toBe("0.9628");
  });

  test("would come to 0.9751 with excess kurtosis in the place of the raw one", () => {
    const excess = { ...estimate, kurtosis: 0 };
    expect(probabilisticSharpe(excess, deflated.expected_maximum)!.toFixed(4)).toBe("0.9751");
  });
});

describe("the numerical example of Bailey and López de Prado (2014), page 102", () => {
  // Annualised Sharpe 2.5 over 1,250 days, 250 a year; variance of the trials' annualised Sharpe ½.
  const estimate = { count: 1250, sharpe: 2.5 / Math.sqrt(250), skewness: -3, kurtosis: 10 };
  const variance = 0.5 / 250;

  test("is 0.1132 and 0.9004 for 100 trials, and 0.9505 for 46", () => {
    const { expected_maximum, probability } = deflatedSharpe(estimate, 100, variance);
    expect([expected_maximum.toFixed(4), probability!.toFixed(4)]).toEqual(["0.1132", "0.9004"]);
    expect(deflatedSharpe(estimate, 46, variance).probability!.toFixed(4)).toBe("0.9505");
  });

  test("is 0.9505 for 88 trials if returns were normal", () => {
    const { probability } = deflatedSharpe({ ...estimate, ...normal }, 88, variance);
    expect(probability!.toFixed(4)).toBe("0.9505");
  });
});

test.each([
  [250, 2.73],
  [52, 2.83],
  [12, 3.24],
])(
  "with %i bars a year it takes %f years to tell Sharpe 2 from 1 (Bailey and López de Prado 2012)",
  (year, years) => {
    const estimate = { count: 2, sharpe: 2 / Math.sqrt(year), ...normal };
    const bars = minimumTrackRecord(estimate, 1 / Math.sqrt(year))!;
    expect((bars / year).toFixed(2)).toBe(years.toFixed(2));
  },
);

test("a track record of the minimum length has just the confidence asked for", () => {
  const estimate = { count: 2, sharpe: 0.1, skewness: -0.7, kurtosis: 6 };
  const count = minimumTrackRecord(estimate, 0.02, 0.99)!;
  expect(probabilisticSharpe({ ...estimate, count }, 0.02)).toBeCloseTo(0.99, 12);
});

// Harter, Expected Values of Normal Order Statistics, Biometrika 48 (1961). The formula is asymptotic.
test.each([
  [20, 1.86748],
  [50, 2.24907],
  [100, 2.50759],
])(
  "the expected maximum of %i trials is that of as many normal numbers, %f, to 2 %%",
  (trials, mean) => {
    expect(Math.abs(expectedMaximumSharpe(trials, 1) / mean - 1)).toBeLessThan(0.02);
    expect(expectedMaximumSharpe(trials, 4)).toBe(2 * expectedMaximumSharpe(trials, 1));
  },
);

test("one trial has nothing to deflate", () => {
  expect(expectedMaximumSharpe(1, 1)).toBe(0);
});

test("the standard error is the spread of estimates from skewed returns", () => {
  // Squares of a normal number: skewness and kurtosis far from normal.
  const samples = Array.from(
    { length: 2000 },
    (_, k) => sharpeEstimate(noise(k, 400, 0, 1).map((x) => 1.2 - x * x))!,
  );
  const sharpes = samples.map(({ sharpe }) => sharpe);
  const spread = Math.sqrt(varianceOfTrials(Float64Array.from(sharpes))!);
  const errors = meanOf(samples.map((sample) => sharpeError(sample)!));
  expect(errors / spread).toBeGreaterThan(0.92);
  expect(errors / spread).toBeLessThan(1.08);
});

test("an estimate has literal moments", () => {
  // Deviations -1, -1, -1, 3: sums of powers 12, 24, 84.
  const estimate = sharpeEstimate(Float64Array.of(0, 0, 0, 4), 0.5)!;
  expect(estimate.count).toBe(4);
  expect(estimate.sharpe).toBeCloseTo(0.5 / 2, 15);
  expect(estimate.skewness).toBeCloseTo(6 / 3 ** 1.5, 14);
  expect(estimate.kurtosis).toBeCloseTo(21 / 9, 14);
});

test("what is undefined is null", () => {
  expect(sharpeEstimate(Float64Array.of(0.1))).toBeNull();
  expect(sharpeEstimate(Float64Array.of(0.1, 0.1, 0.1))).toBeNull();
  expect(sharpeEstimate(Float64Array.of(0.1, Number.NaN))).toBeNull();
  expect(varianceOfTrials(Float64Array.of(0.1, Number.NaN))).toBeNull();
  expect(varianceOfTrials(Float64Array.of(1, Number.NaN, 3))).toBe(2);
  expect(minimumTrackRecord({ count: 9, sharpe: 0.1, ...normal }, 0.1)).toBeNull();
  const impossible = { count: 9, sharpe: 1, skewness: 3, kurtosis: 1 };
  expect(probabilisticSharpe(impossible)).toBeNull();
  expect(sharpeError(impossible)).toBeNull();
  expect(deflatedSharpe(impossible, 3, 1).probability).toBeNull();
});

test("no trials and no variance are refused", () => {
  expect(() => expectedMaximumSharpe(0, 1)).toThrow(RangeError);
  expect(() => expectedMaximumSharpe(3, -1)).toThrow(RangeError);
  expect(() => expectedMaximumSharpe(3, Number.NaN)).toThrow(RangeError);
});
