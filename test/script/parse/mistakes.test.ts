import { describe, expect, test } from "vitest";
import { checkText } from "../../../src/dsl/text/check-text.ts";
import { parseScript } from "../../../src/dsl/text/parse/parse-script.ts";

const hints = (source: string) => parseScript(source).diagnostics.map(({ hint }) => hint);

describe("what was most likely meant", () => {
  test.each([
    [
      "if a\n   b()",
      "indented by 3, the line goes on with the one above; blocks are indented by 4 spaces or a tab each",
    ],
    [
      "if a\n    b()\n\t c()",
      "indented by 5, the line goes on with the one above; blocks are indented by 4 spaces or a tab each",
    ],
    ["if a\nb()", "indent what belongs to it by 4 spaces or a tab"],
    [
      "x = 1\n    y = 2",
      "only if, else, for, while, switch, type, enum and => begin a block; a line that goes on is indented by other than a multiple of 4",
    ],
    [
      "x = a and\n    b",
      "indent the line that goes on by other than a multiple of 4, or put the expression into brackets",
    ],
    ["if f(a,\n     b\n    g()\n", "a bracket of line 1 is not closed"],
    ['f("L" b)', "a comma is missing between two arguments"],
    ["if a = b\n     c()", "== compares, = declares, := assigns"],
    ["if a:\n    b()", "no colon: what belongs to it stands in the next lines, indented"],
    ["a++", "write a += 1 or a -= 1"],
    ["a--\nb = 1", "write a += 1 or a -= 1"],
    ["if a\n    b\nelif c", "write else if"],
    ["return a", "the last value of a function is what it gives"],
    ["x = a && b", "write and"],
    ["x = a || b", "write or"],
    ["x = !a", "write not"],
    ["a();", "a statement ends with its line; a comma stands between two in one line"],
    ["x = “a”", "quotes are \" or '"],
    ["x = (1 2", undefined],
  ])("%j: %s", (source, hint) => {
    expect(hints(source)[0]).toBe(hint);
  });

  test("a block that nothing begins is told once, not at its end again", () => {
    expect(hints("x = 1\n    y = 2\n    z = 3\nw = 1")).toHaveLength(1);
  });

  test.each([
    [
      "//@version=6",
      'strategy.entry("L", strategy.long, when=true)',
      "version 6 has no when=: put the call into an if",
    ],
    ["//@version=6", 'strategy.entry("L", "long")', "write strategy.long or strategy.short"],
    [
      "//@version=6",
      "let x = 1",
      "declare without a word in front: x = 1, and change it with x := 2",
    ],
    ["//@version=6", "double x = 1", "write float"],
    [
      "//@version=5",
      'strategy.exit("X", "L", takeprofit=1)',
      "prices are limit and stop, distances in ticks are profit and loss",
    ],
    [
      "//@version=5",
      "x = ta.ema(close, close > open ? 5 : 9)",
      "compute it for each value and choose: c ? ta.ema(…, 5) : ta.ema(…, 10)",
    ],
  ])("%s, %s", (version, line, hint) => {
    expect(checkText(`${version}\nstrategy("x")\n${line}`).map((one) => one.hint)).toEqual([hint]);
  });
});

describe("a variable inside of a block that has the name of one outside", () => {
  const shadowed = (source: string) =>
    checkText(`//@version=5\nstrategy("x")\n${source}`).map(
      ({ code, severity, span }) => `${severity} ${code} ${span?.line}:${span?.column}`,
    );

  test("is a warning: := was meant", () => {
    expect(shadowed("x = 0\nif close > open\n    x = 1\nplot(x)")).toEqual([
      "warning script_shadowed 5:5",
    ]);
    expect(
      shadowed("f() =>\n    y = 1\n    if close > open\n        y = 2\n    y\nz = f()"),
    ).toEqual(["warning script_shadowed 6:9"]);
  });

  test("is none for names of a function, of parameters and of blocks side by side", () => {
    expect(shadowed("x = 0\nf(x) => x + 1\ng() =>\n    x = 2\n    x\ny = f(g()) + x")).toEqual([]);
    expect(shadowed("if close > open\n    x = 1\n    x\nelse\n    x = 2\n    x")).toEqual([]);
  });
});
