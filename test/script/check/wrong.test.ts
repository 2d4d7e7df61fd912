import { describe, expect, test } from "vitest";
import { checkScript, printCore } from "../../../src/dsl/text/check/index.ts";
import { parseScript } from "../../../src/dsl/text/parse/parse-script.ts";
import { findings, marked } from "./support.ts";
import { NEEDED, WRONG } from "./wrong-scripts.ts";

describe("wrong scripts", () => {
  test.each(WRONG)("%s", (_, codes, source) => {
    const whole = marked(source);
    const { diagnostics, core } = findings(whole.source);
    expect(diagnostics.map(({ code, span }) => [code, span?.offset])).toEqual(
      codes.split(" ").map((code, i) => [code, whole.offsets[i]]),
    );
    expect(core).toBeUndefined();
  });

  const use = 'if x > 0\n    strategy.entry("L", strategy.long)';
  test.each(NEEDED)("%s, where an order needs it", (_, code, source) => {
    const whole = marked(source, use);
    const { diagnostics } = findings(whole.source);
    expect(diagnostics.map((one) => [one.code, one.span?.offset])).toEqual([
      [code, whole.offsets[0]],
    ]);
  });

  test.each(NEEDED)("%s is left out where only a plot needs it", (_, _code, source) => {
    const whole = marked(source, 'plot(x)\nstrategy.entry("L", strategy.long)');
    const { diagnostics, core } = findings(whole.source);
    expect(diagnostics).toEqual([]);
    expect(core?.body).toHaveLength(1);
  });

  test("all errors at once, in the order of the text", () => {
    const { diagnostics } = findings(
      '//@version=5\nstrategy("t")\nx = foo\ny = "a" + 1\nz = ta.sma(x, y)\nif "a"\n    bar()\n',
    );
    expect(diagnostics.map(({ code, span }) => [code, span?.line])).toEqual([
      ["script_unknown_name", 3],
      ["script_operator", 4],
      ["script_type", 6],
      ["script_unknown_function", 7],
    ]);
  });

  test("all that orders need and nothing can compute, at once", () => {
    const { diagnostics } = findings(
      '//@version=6\nstrategy("t")\na = request.financial("X", "Y", "FQ")\nb = math.random(0, 1)\nc = strategy.default_entry_qty(close)\nd = math.max(a, b)\nif (d > 0 ? a : b) > 1 and c > 0\n    strategy.entry("L", strategy.long)\n',
    );
    expect(diagnostics.map(({ code, span }) => [code, span?.line])).toEqual([
      ["script_unsupported", 3],
      ["script_unsupported", 4],
      ["script_unsupported", 5],
    ]);
  });

  test("what cannot be computed does not grow with what is made of it", () => {
    const doubled = Array.from({ length: 60 }, (_, i) => `x${i + 1} = x${i} + x${i}`);
    const { diagnostics } = findings(
      [
        "//@version=6",
        'strategy("t")',
        'x0 = request.financial(syminfo.tickerid, "EPS", "FQ") + math.random(0, 1)',
        ...doubled,
        "if x60 > 0",
        '    strategy.entry("L", strategy.long)',
        "",
      ].join("\n"),
    );
    expect(diagnostics.map(({ code, span }) => [code, span?.line])).toEqual([
      ["script_unsupported", 3],
      ["script_unsupported", 3],
    ]);
  });

  test("calls types as the script does", () => {
    const { diagnostics } = findings(
      '//@version=5\nstrategy("t")\ntype Zone\n    float top\nx = array.new<Zone>() + 1\n',
    );
    expect(diagnostics.map(({ message }) => message)).toEqual([
      "+ cannot be applied to array<Zone> and int",
    ]);
  });

  test("names what is meant", () => {
    const { diagnostics } = findings(
      '//@version=5\nstrategy("t")\nlength = 3\nx = ta.smaa(closs, lenght)\ny = sma(close, 3)',
    );
    expect(diagnostics.map(({ hint }) => hint)).toEqual([
      'did you mean "ta.sma"?',
      'did you mean "close"?',
      'did you mean "length"?',
      'did you mean "ta.sma"?',
    ]);
  });

  test("says why a length is not known early enough", () => {
    const { diagnostics } = findings(
      '//@version=5\nstrategy("t")\nn = 3\nn := n + 1\nx = ta.ema(close, n)',
    );
    expect(diagnostics[0].message).toBe(
      "length of ta.ema must be simple, not series: it is series because n may change from bar to bar",
    );
  });

  test("a negative pyramiding", () => {
    const { diagnostics } = findings('//@version=5\nstrategy("t", pyramiding=-1)');
    expect(diagnostics.map(({ code, span }) => [code, span?.column])).toEqual([
      ["script_settings", 26],
    ]);
  });

  test("an order in an indicator", () => {
    const { diagnostics } = findings('//@version=5\nindicator("t")\nstrategy.close_all()');
    expect(diagnostics.map(({ code, span }) => [code, span?.line])).toEqual([
      ["script_indicator_order", 3],
    ]);
  });

  test("a backtest needs orders, a check does not", () => {
    const { script, text } = parseScript('//@version=5\nindicator("t")\nplot(close)');
    expect(checkScript(script, text).diagnostics).toEqual([]);
    const { diagnostics } = checkScript(script, text, { purpose: "backtest" });
    expect(diagnostics.map(({ code, span }) => [code, span?.line])).toEqual([
      ["script_no_orders", 2],
    ]);
  });
});

test("version 2 is told that closed bars are read where it would look ahead", () => {
  const asked = (version: number, rest: string) =>
    findings(
      `//@version=${version}\nstrategy("t")\nx = security(tickerid, ${rest})\nif x > 0\n    strategy.entry("L", strategy.long)\n`,
    );
  const { core, diagnostics } = asked(2, '"D", close');
  expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
    ["script_security_closed", "warning"],
  ]);
  expect(printCore(core!)).toContain('security("D": close)');
  expect(asked(2, '"D", close[1]').diagnostics).toEqual([]);
  expect(asked(2, "period, close").diagnostics).toEqual([]);
  expect(asked(3, '"D", close').diagnostics).toEqual([]);
});

test("an argument given again is told of up to version 5 where it says something else", () => {
  const asked = (input: string) =>
    findings(
      `//@version=5\nstrategy("t")\nn = ${input}\nif close > n\n    strategy.entry("L", strategy.long)\n`,
    );
  const { core, diagnostics } = asked("input.int(3, defval=4)");
  expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
    ["script_argument_repeated", "warning"],
  ]);
  expect(core?.inputs).toMatchObject([{ name: "n", standard: 3 }]);
  expect(asked("input.int(3, defval=3)").diagnostics).toEqual([]);
});
