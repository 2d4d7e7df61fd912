import { describe, expect, test } from "vitest";
import { Random } from "../../stats/validation/index.ts";
import { axisCells } from "./axis-cells.ts";
import { chooseTrials, type JobTrials, MOST_TRIALS } from "./choose-trials.ts";

const SIDE = 40;
const random = new Random(7);

/** Every combination of three parameters with `SIDE` values each: more than a page holds. */
function cube(): { job: JobTrials; score: Float64Array } {
  const count = SIDE ** 3;
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  const distinct = Array.from({ length: SIDE }, (_, k) => 10 * k);
  const axis = (place: number) => ({
    distinct,
    real: null,
    values: Float64Array.from(rows, (row) => 10 * (Math.floor(row / SIDE ** place) % SIDE)),
  });
  return {
    job: { rows, axes: [axis(0), axis(1), axis(2)] },
    score: Float64Array.from(rows, () => random.uniform()),
  };
}

describe("of more trials than a page holds", () => {
  const { job, score } = cube();
  const chosen = chooseTrials([job], score);
  const held = new Set(chosen.rows);

  test("few enough are kept, ascending, and some of them drawn at random", () => {
    expect(chosen.whole).toBe(false);
    expect(chosen.rows.length).toBeLessThanOrEqual(MOST_TRIALS);
    expect([...chosen.rows].every((row, k) => k === 0 || row > chosen.rows[k - 1]!)).toBe(true);
    expect(chosen.drawn.reduce((a, b) => a + b, 0)).toBe(5000);
    // As many of the lower half of the trials as of the upper, within five deviations.
    const low = [...chosen.rows].filter((row, k) => chosen.drawn[k] && row < score.length / 2);
    expect(Math.abs(low.length - 2500)).toBeLessThan(5 * Math.sqrt(5000 / 4));
  });

  test("the best of every cell of every pair is among them", () => {
    for (const [x, y] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      const best = new Map<string, number>();
      for (const row of job.rows) {
        const key = [x, y]
          .map((k) => {
            const value = job.axes[k]!.values[row]!;
            return chosen.axes[0]![k]!.cells.findLastIndex((from) => from <= value);
          })
          .join();
        const before = best.get(key);
        if (before === undefined || score[row]! > score[before]!) best.set(key, row);
      }
      expect(best.size).toBe(chosen.axes[0]![x]!.cells.length ** 2);
      expect([...best.values()].every((row) => held.has(row))).toBe(true);
    }
  });

  test("so are the thousand best of all", () => {
    const order = [...job.rows].sort((a, b) => score[b]! - score[a]!);
    expect(order.slice(0, 1000).every((row) => held.has(row))).toBe(true);
  });
});

test("a page holds all of few trials, undefined ones too", () => {
  const values = Float64Array.of(1, 2, 3);
  const rows = Int32Array.of(0, 1, 2);
  const score = Float64Array.of(1, Number.NaN, 2);
  const found = chooseTrials(
    [{ rows, axes: [{ distinct: [1, 2, 3], real: null, values }] }],
    score,
  );
  expect([found.whole, [...found.rows], [...found.drawn]]).toEqual([true, [0, 1, 2], [1, 1, 1]]);
});

test("cells hold as many values each; any number of a range falls into even parts", () => {
  expect(axisCells({ distinct: [1, 2, 5, 8], real: null }, 100)).toEqual([1, 2, 5, 8]);
  expect(axisCells({ distinct: [1, 2, 5, 8, 9], real: null }, 2)).toEqual([1, 8]);
  const distinct = Array.from({ length: 500 }, (_, k) => 1 + 99 * (k / 499));
  expect(axisCells({ distinct, real: { logarithmic: false } }, 4)).toEqual([1, 25.75, 50.5, 75.25]);
  const logs = axisCells({ distinct, real: { logarithmic: true } }, 2);
  expect(logs.map((value) => Number(value.toFixed(9)))).toEqual([1, 10]);
});
