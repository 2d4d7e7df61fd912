import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BestRows } from "../../src/sweep/online/best-rows.ts";
import { TDigest } from "../../src/sweep/online/t-digest.ts";
import { strategyIds } from "../../src/sweep/rows/strategy-ids.ts";
import { check } from "../properties/check.ts";
import { compiled } from "../properties/product.ts";
import { documents } from "../reference/generate-documents.ts";
import { parametrise } from "../reference/parametrise.ts";
import { random } from "../reference/random.ts";

describe("a t-digest", () => {
  test("of few numbers is exact", () => {
    const digest = new TDigest();
    for (const value of [5, 1, Number.NaN, 3, 2, 4]) digest.add(value);
    expect([0, 0.25, 0.5, 0.9, 1].map((q) => digest.quantile(q))).toEqual([1, 2, 3, 4.6, 5]);
    expect(digest.count).toBe(5);
    expect(new TDigest().quantile(0.5)).toBeNaN();
  });

  test.each([
    ["even", (u: number) => u],
    ["skewed", (u: number) => -Math.log(1 - u)],
    ["sorted", (_: number, k: number) => k],
    ["of three values", (u: number) => Math.floor(3 * u)],
  ])("of 200,000 %s numbers is right to a thousandth of their ranks", (_, make) => {
    const next = random(5);
    const digest = new TDigest();
    const values = Float64Array.from({ length: 200_000 }, (_, k) => make(next(), k));
    for (const value of values) digest.add(value);
    const sorted = values.slice().sort();
    for (const q of [0, 0.001, 0.01, 0.25, 0.5, 0.75, 0.99, 0.999, 1]) {
      const found = digest.quantile(q);
      const around = (share: number) =>
        sorted[Math.max(0, Math.min(199_999, Math.round(share * 199_999)))]!;
      expect(found).toBeGreaterThanOrEqual(around(q - 0.001) - 1e-9);
      expect(found).toBeLessThanOrEqual(around(q + 0.001) + 1e-9);
    }
    expect([digest.quantile(0), digest.quantile(1)]).toEqual([sorted[0], sorted.at(-1)]);
  });
});

check(
  "the best rows are those of sorting, in the order in which they came",
  0.2,
  fc.property(
    fc.array(fc.constantFrom(1, 2, 3, 4, 5, Number.NaN)),
    fc.integer({ min: 1, max: 8 }),
    (scores, kept) => {
      const best = new BestRows(kept, 1);
      for (const [k, score] of scores.entries()) best.offer(score, Float64Array.of(k), 0);
      const order = scores.map((score, k) => ({
        score: Number.isNaN(score) ? -Infinity : score,
        k,
      }));
      const sorted = order.sort((a, b) => (a.score === b.score ? a.k - b.k : b.score - a.score));
      const expected = sorted
        .slice(0, kept)
        .map(({ k }) => k)
        .sort((a, b) => a - b);
      expect(Array.from(best.rows(kept))).toEqual(expected);
    },
  ),
);

check(
  "identities of many rows are those of the program",
  0.1,
  fc.property(documents(100), fc.nat(), (document, seed) => {
    const { document: open, params } = parametrise(document, seed, 0.5);
    const program = compiled(open);
    const defaults = program.bind(params);
    const ids = strategyIds(program);
    const width = program.params.length;
    for (let row = 0; row < 4; row++) {
      const values = defaults.map((value, k) => {
        const spec = program.params[k]!;
        const tried = row === 0 ? value : value + (spec.integer ? row * (k + 1) : row * 0.75);
        try {
          program.bind({ ...params, [spec.name]: tried });
          return tried;
        } catch {
          return value;
        }
      });
      const named = Object.fromEntries(program.params.map(({ name }, k) => [name, values[k]!]));
      const matrix = new Float64Array(3 * width);
      matrix.set(values, 2 * width);
      expect(ids(matrix, 2)).toBe(program.strategyId(named));
    }
  }),
);
