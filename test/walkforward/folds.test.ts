import fc from "fast-check";
import { expect, test } from "vitest";
import { SwymcError } from "../../src/diagnostics/index.ts";
import { type FoldOptions, foldsOf } from "../../src/walkforward/folds.ts";

test("five rolling windows of 70/30 over 2,200 bars", () => {
  // A window is 2200 / (0.7 + 5 · 0.3) = 1000 bars: 700 to train on, 300 to test on.
  const folds = foldsOf(2200, { windows: 5, anchored: false, trainShare: 0.7, embargo: 20 });
  expect(folds).toEqual([
    { train: { from: 0, to: 680 }, test: { from: 700, to: 1000 } },
    { train: { from: 300, to: 980 }, test: { from: 1000, to: 1300 } },
    { train: { from: 600, to: 1280 }, test: { from: 1300, to: 1600 } },
    { train: { from: 900, to: 1580 }, test: { from: 1600, to: 1900 } },
    { train: { from: 1200, to: 1880 }, test: { from: 1900, to: 2200 } },
  ]);
});

test("anchored windows train from the first bar on, before the same tests", () => {
  const folds = foldsOf(2200, { windows: 5, anchored: true, trainShare: 0.7, embargo: 0 });
  expect(folds.map(({ train }) => [train.from, train.to])).toEqual([
    [0, 700],
    [0, 1000],
    [0, 1300],
    [0, 1600],
    [0, 1900],
  ]);
});

const shapes: fc.Arbitrary<[number, FoldOptions]> = fc.tuple(
  fc.integer({ min: 1, max: 5000 }),
  fc.record({
    windows: fc.integer({ min: 1, max: 40 }),
    anchored: fc.boolean(),
    trainShare: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
    embargo: fc.integer({ min: 0, max: 200 }),
  }),
);

test("tests follow each other to the last bar, each after its training and the embargo", () => {
  let known = 0;
  fc.assert(
    fc.property(shapes, ([bars, options]) => {
      const folds = foldsOrNull(bars, options);
      if (folds === null) return;
      known++;
      expect(folds).toHaveLength(options.windows);
      folds.forEach(({ train, test }, k) => {
        expect(train.from).toBeGreaterThanOrEqual(0);
        expect(train.to - train.from).toBeGreaterThanOrEqual(2);
        expect(test.from - train.to).toBe(options.embargo);
        expect(test.to - test.from).toBeGreaterThanOrEqual(2);
        expect(test.to).toBe(folds[k + 1]?.test.from ?? bars);
      });
    }),
    { numRuns: 300, seed: Number(process.env["SWYMC_FC_SEED"] ?? 7) },
  );
  expect(known).toBeGreaterThan(30);
});

test("too few bars are an error that says how many there would be", () => {
  const options = { windows: 5, anchored: false, trainShare: 0.7, embargo: 90 };
  expect(() => foldsOf(250, options)).toThrow(
    "250 bars are too few for 5 windows: each would train on 80 bars, less an embargo of 90, and test on 34",
  );
});

function foldsOrNull(bars: number, options: FoldOptions) {
  try {
    return foldsOf(bars, options);
  } catch (error) {
    if (error instanceof SwymcError) return null;
    throw error;
  }
}
