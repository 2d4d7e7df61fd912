import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distance, suggest } from "./suggest.ts";

const functions = ["highest", "lowest", "sma", "ema", "rsi", "std_dev", "bollinger"];
const kinds = ["all_of", "any_of", "not", "compare", "cross_over", "cross_under", "ema_crossover"];

describe("suggest", () => {
  it.each([
    ["smaa", functions, "sma"],
    ["higest", functions, "highest"],
    ["stddev", functions, "std_dev"],
    ["StdDev", functions, "std_dev"],
    ["SMA", functions, "sma"],
    ["std-dev", functions, "std_dev"],
    ["bolinger", functions, "bollinger"],
    ["crossover", kinds, "cross_over"],
    ["ema_cross", kinds, "ema_crossover"],
    ["allof", kinds, "all_of"],
    ["comapre", kinds, "compare"],
  ])("%s stands for %3$s", (word, candidates, expected) => {
    expect(suggest(word, candidates)).toBe(expected);
  });

  it.each(["", "x", "vwap", "macd", "xyz", "highest_low_of_day", "a".repeat(100_000)])(
    "%.20s stands for nothing known",
    (word) => expect(suggest(word, functions)).toBeUndefined(),
  );

  it("does not take one short word for another", () => {
    expect(suggest("7m", ["1m", "3m"])).toBeUndefined();
    expect(suggest("or", ["of"])).toBeUndefined();
  });

  it("takes the nearest, the first of equals", () => {
    expect(suggest("abcd", ["abcx", "abcd", "abcy"])).toBe("abcd");
    expect(suggest("abcz", ["abcx", "abcy"])).toBe("abcx");
  });
});

describe("distance", () => {
  it.each([
    ["", "", 0],
    ["", "abc", 3],
    ["kitten", "sitting", 3],
    ["ab", "ba", 1],
    ["sma", "ema", 1],
  ])("%j to %j is %i", (a, b, steps) => {
    expect(distance(a, b)).toBe(steps);
  });

  it("is symmetric and zero only for equal words", () => {
    const word = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(distance(a, b)).toBe(distance(b, a));
        expect(distance(a, b) === 0).toBe(a === b);
      }),
    );
  });
});
