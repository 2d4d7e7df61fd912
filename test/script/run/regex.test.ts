import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseRegex } from "../../../src/script/runtime/parse-regex.ts";
import { RegexProblem } from "../../../src/script/runtime/regex.ts";
import { check } from "../../properties/check.ts";
import { barsOf, coreOf, record } from "./recording.ts";

const found = (pattern: string, text: string) => parseRegex(pattern).find(text);

describe("str.match", () => {
  test.each([
    ["[\\w]+:[\\w]+", "It's time to sell some NASDAQ:AAPL!", "NASDAQ:AAPL"],
    ["[0-9]+", "a12b345", "12"],
    ["x", "abc", ""],
    ["a*", "baa", ""],
    ["(ab|a)(c|bcd)", "abcd", "abc"],
    ["a+?b?", "aab", "a"],
    ["^\\d{2,3}$", "123", "123"],
    ["^\\d{2,3}$", "1234", ""],
    ["a{2}", "aaa", "aa"],
    ["[^-a\\]]", "-]a!", "!"],
    ["[a-c-]+", "x-ab", "-ab"],
    ["\\bUSD\\b", "BUSD USD", "USD"],
    ["(?:BTC|ETH)(?<rest>\\w*)", "1 ETHUSDT", "ETHUSDT"],
    ["(?i)btc", "xBtC", "BtC"],
    ["a.c", "a\nc abc", "abc"],
    ["\\.\\(", "x.(", ".("],
    ["(a|b|)*c", "ababc", "ababc"],
    ["", "abc", ""],
  ])("%s in %s", (pattern, text, expected) => {
    expect(found(pattern, text)).toBe(expected);
  });

  test.each([
    ["(a", "a ( has no )"],
    ["a)", "a ) has no ("],
    ["[a", "it ends too early"],
    ["*a", "* has nothing to repeat"],
    ["a**", "a repeat is repeated"],
    ["a++", "possessive repeats are not supported"],
    ["(?=a)", "groups that look around are not supported"],
    ["(a)\\1", "\\1 is not supported"],
    ["a{3,2}", "{3,2} counts backwards"],
    ["[b-a]", "b-a goes backwards"],
    ["(a{1000}){1000}", "it is too large"],
    ["((){9999}){9999}", "it is too large"],
    ["(".repeat(200), "its groups nest too deep"],
  ])("%s is refused", (pattern, problem) => {
    expect(() => parseRegex(pattern)).toThrow(new RegexProblem(problem));
  });

  test("no text keeps it busy", () => {
    const started = performance.now();
    expect(found("(a+)+b", "a".repeat(10_000))).toBe("");
    expect(found("(a|a)*(a|a)*c", "a".repeat(10_000))).toBe("");
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test("in a script, with the place of what is wrong", () => {
    const script = (pattern: string) =>
      `//@version=6\nstrategy("t")\nx = str.match("n" + str.tostring(bar_index), "${pattern}")\nstrategy.order(x, strategy.long)\n`;
    const ids = (pattern: string) =>
      record(coreOf(script(pattern)), barsOf([1, 1, 1])).map(({ args }) => args[0]);
    expect(ids("[1-9]")).toEqual(["", "1", "2"]);
    expect(ids("\\\\w\\\\d")).toEqual(["n0", "n1", "n2"]);
    expect(() => ids("(")).toThrow(
      'script_regex: "(" is no regular expression for str.match: a ( has no )',
    );
  });

  // What is repeated takes at least one character: a repeat of nothing ends otherwise in Java than in JavaScript.
  const atom = fc.constantFrom(
    "a",
    "b",
    "c",
    ".",
    "[ab]",
    "[^b]",
    "\\w",
    "\\b",
    "^",
    "$",
    "a|b",
    "",
  );
  const pattern = fc.letrec<{ whole: string }>((tie) => ({
    whole: fc.oneof(
      { depthSize: "small" },
      atom,
      fc.tuple(tie("whole"), tie("whole")).map(([x, y]) => x + y),
      fc.tuple(tie("whole"), tie("whole")).map(([x, y]) => `${x}|${y}`),
      fc
        .tuple(
          tie("whole"),
          fc.constantFrom("*", "+", "?", "{2}", "{1,2}", "{1,}", "*?", "+?", "??"),
        )
        .map(([x, sign]) => `(?:(?:${x})[abc])${sign}`),
    ),
  })).whole;

  check(
    "finds what the regular expressions of JavaScript find",
    0.5,
    fc.property(
      pattern,
      fc.string({ unit: fc.constantFrom("a", "b", "c", " "), maxLength: 8 }),
      (one, text) => {
        expect(found(one, text)).toBe(new RegExp(one).exec(text)?.[0] ?? "");
      },
    ),
  );
});
