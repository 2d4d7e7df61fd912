import { describe, expect, test } from "vitest";
import { compile } from "../../../src/compile.ts";
import { checkText } from "../../../src/dsl/text/check-text.ts";

const found = (text: string) =>
  checkText(text).map(({ span, code, message }) => `${span?.line} ${code}: ${message}`);

describe("a script with errors of syntax and of meaning", () => {
  test("hears of both, in the order of its lines", () => {
    const text = `//@version=5
strategy("x")
fast = ta.ema(close, 5
slow = ta.emaa(close, 20)
if ta.crossover(fast, slow)
    strategy.entry("L", strategy.lng)
z = slo + 1
`;
    expect(found(text)).toEqual([
      '3 text_syntax: expected ")", found the end of the line',
      '4 script_unknown_function: there is no function "ta.emaa"',
      '6 script_unknown_name: "strategy.lng" is not declared',
      '7 script_unknown_name: "slo" is not declared',
    ]);
    expect(compile(text, { file: "x.pine" }).diagnostics.map(({ span }) => span?.line)).toEqual([
      3, 4, 6, 7,
    ]);
  });

  test("does not hear of names that unreadable lines may have declared", () => {
    const text = `//@version=4
strategy("x")
inside = time >= 1 and time <= to
[a, b] = f(
for i in [1 2]
    y = i
if inside and a > b
    strategy.entry("L", true)
`;
    expect(found(text).filter((line) => !line.includes("text_syntax"))).toEqual([]);
  });

  test("does not hear that it places no orders", () => {
    expect(found('//@version=5\nstrategy("x")\nif close > \n    strategy.entry("L",)\n')).toEqual([
      "3 text_syntax: expected a value, found the end of the line",
      '4 text_syntax: expected a value, found ")"',
    ]);
  });
});

describe("calc_on_order_fills", () => {
  const script = (on: boolean) =>
    `//@version=5\nstrategy("x", calc_on_order_fills=${on})\nstrategy.entry("L", strategy.long)\n`;

  test("is warned of, and the script runs", () => {
    const { script: program, diagnostics } = compile(script(true), { file: "x.pine" });
    expect(program).toBeDefined();
    expect(diagnostics).toMatchObject([
      { code: "script_order_fills", severity: "warning", span: { line: 2 } },
    ]);
    expect(program?.warnings).toEqual(diagnostics);
    expect(compile(script(false), { file: "x.pine" }).diagnostics).toEqual([]);
  });
});
