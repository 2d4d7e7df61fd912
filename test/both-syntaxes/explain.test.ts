import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RuleBasedStrategy } from "../../src/dsl/document.ts";
import { compile, datasetFrom, explain, signals } from "../../src/index.ts";
import type { ExplainedStatement, ExplainedValue, Explanation } from "../../src/report/index.ts";
import { toText } from "../../src/to-text.ts";
import type { Bars } from "../../src/vector/columns.ts";
import { check } from "../properties/check.ts";
import { compiled } from "../properties/product.ts";
import { barsIn, markets } from "../reference/generate-bars.ts";
import { ruleBased } from "../reference/generate-documents.ts";

const CASH = 1e12;

function fixed(document: RuleBasedStrategy): RuleBasedStrategy {
  const rules = document.rules.map(({ when, then }) => ({
    when,
    then: { side: then.side, quantity: then.quantity ?? "0.5" },
  }));
  return { type: "rule_based", rules };
}

function ordersIn(statements: readonly ExplainedStatement[]): boolean[] {
  return statements.flatMap((one) => [
    ...(one.kind === "order" ? [one.reached] : []),
    ...ordersIn(one.inside),
  ]);
}

const at = (bars: Bars, share: number) => Math.floor(share * bars.time.length);

describe("what is explained of a bar", () => {
  check(
    "is what the rules signal, and what the script of the same rules orders",
    0.06,
    fc.property(
      ruleBased(100),
      markets(100, 120),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (document, market, share) => {
        fc.pre(market.length > 0);
        const rules = fixed(document as RuleBasedStrategy);
        const bars = barsIn(market);
        const bar = at(bars, share);
        const options = { bar: bars.time[bar]!, cash: CASH };
        const program = compiled(rules);
        const told = explain(program, bars, options);
        const table = signals(program, bars);
        const fired = told.rules!.map((rule) => rule.fired);
        const signalled = rules.rules.map((_, k) =>
          Boolean(table.getChild(`rule_${k + 1}_${told.position.state}`)!.get(bar)),
        );
        expect(fired).toEqual(signalled);
        expect(told.rules!.every((rule) => rule.fired === (rule.because.length === 0))).toBe(true);

        const { script } = compile(toText(rules).text!, { file: "x.pine" });
        const asScript = explain(script!, bars, options);
        expect(asScript.position).toEqual(told.position);
        expect(ordersIn(asScript.statements!)).toEqual(fired);
      },
    ),
  );
});

/** Bars whose close is 1, 2, 3, … */
const rising: Bars = (() => {
  const close = Float64Array.from({ length: 40 }, (_, i) => i + 1);
  const time = close.map((_, i) => Date.UTC(2024, 0, 1, i));
  return { time, open: close, high: close, low: close, close, volume: close };
})();

const cross = {
  type: "rule_based",
  params: { n: { default: 10 } },
  rules: [
    {
      comment: "above the average",
      when: {
        kind: "all_of",
        conditions: [
          { kind: "position", state: "flat" },
          {
            kind: "compare",
            left: { kind: "field", field: "close" },
            op: ">",
            right: { kind: "func", name: "sma", field: "close", period: { param: "n" }, offset: 1 },
          },
        ],
      },
      then: { side: "buy", quantity: "2" },
    },
  ],
};

describe("a rule", () => {
  const told = (bar: string, params = {}) => explain(compiled(cross), rising, { bar, params });

  test("that fires: every value of its condition, and what came of the order", () => {
    const { rules, position, outcomes, bar } = told("2024-01-01T10:00Z");
    expect(bar).toMatchObject({ index: 10, time: "2024-01-01T10:00:00Z", close: 11 });
    expect(position).toEqual({ state: "flat", quantity: 0 });
    expect(rules![0]).toMatchObject({ rule: 1, comment: "above the average", action: "buy 2" });
    expect(rules![0]!.fired).toBe(true);
    expect(rules![0]!.when).toEqual({
      text: "all of",
      value: true,
      parts: [
        { text: "position is flat", value: true, parts: [] },
        {
          text: "close > sma(close, n)[1]",
          value: true,
          parts: [
            { text: "close", value: 11, parts: [] },
            {
              text: "sma(close, n)[1]",
              value: 5.5,
              parts: [
                {
                  text: "sma(close, n)",
                  value: 6.5,
                  parts: [
                    { text: "close", value: 11, parts: [] },
                    { text: "n", value: 10, parts: [] },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
    expect(outcomes).toEqual(["bought 2 at 12 on 2024-01-01T11:00:00Z"]);
  });

  test("that cannot fire yet: until when its values warm up", () => {
    const { rules } = told("2024-01-01T09:00Z");
    const reason = "warming up until bar 10, 2024-01-01T10:00:00Z";
    expect(rules![0]!.because).toEqual([{ text: "close > sma(close, n)[1]", value: null, reason }]);
    const [, compare] = rules![0]!.when.parts;
    expect(compare).toMatchObject({ value: null, parts: [{ value: 10 }, { value: null, reason }] });
  });

  test("that does not fire: the conditions that are in its way", () => {
    const { rules, position } = told("2024-01-01T12:00Z");
    expect(position).toEqual({ state: "long", quantity: 2 });
    expect(rules![0]!.because).toEqual([{ text: "position is flat", value: false }]);
  });

  test("with other parameters", () => {
    const { params, rules } = told("2024-01-01T05:00Z", { n: 3 });
    expect(params).toEqual({ n: 3 });
    expect(rules![0]!.when.parts[1]!.parts[1]!.value).toBe(4);
  });
});

describe("a script", () => {
  const source = `//@version=6
strategy("x")
length = input.int(3, minval = 1)
mean(src) =>
    total = math.sum(src, length)
    total / length
average = mean(close)
var count = 0
if close > average and ta.rising(close, 2)
    count += 1
name = str.tostring(count)
if count > 4
    if dayofweek == dayofweek.tuesday
        strategy.entry(name, strategy.long, qty = 2)
    else
        strategy.entry("other", strategy.long, qty = 3)
`;
  const { script } = compile(source, { file: "x.pine" });
  const told = (bar: string): Explanation => explain(script!, rising, { bar });
  const all = (statements: readonly ExplainedStatement[]): ExplainedStatement[] =>
    statements.flatMap((one) => [one, ...all(one.inside)]);
  const at = (line: number, { statements }: Explanation) =>
    all(statements!).filter((one) => one.line === line);

  test("has its values as they are on that bar, state included", () => {
    const found = told("2024-01-01T06:00Z");
    expect(at(7, found).at(-1)).toMatchObject({
      kind: "set",
      text: "average = mean(close)",
      value: 6,
    });
    expect(at(5, found).at(-1)).toMatchObject({
      text: "total: total = math.sum(src, length)",
      value: 18,
    });
    const [condition] = at(9, found).filter((one) => one.kind === "if");
    expect(condition).toMatchObject({ value: true });
    // ta.rising is met from bar 2 on, where the average is known, and so is true from bar 4 on.
    expect(at(10, found)[0]).toMatchObject({ reached: true, value: 3 });
    expect(at(11, found)[0]).toMatchObject({ value: "3" });
  });

  test("says which condition an order failed by", () => {
    const early = told("2024-01-01T05:00Z");
    expect(at(14, early)[0]).toMatchObject({
      kind: "order",
      reached: false,
      because: [{ text: "count > 4", value: false, line: 12 }],
    });
    const monday = told("2024-01-01T08:00Z");
    expect(at(14, monday)[0]!.because).toEqual([
      { text: "dayofweek == dayofweek.tuesday", value: false, line: 13 },
    ]);
    expect(at(16, monday)[0]).toMatchObject({ reached: true, because: [] });
    expect(monday.outcomes).toEqual(["bought 3 at 10 on 2024-01-01T09:00:00Z (other)"]);
  });

  test("says what is warming up", () => {
    const found = told("2024-01-01T01:00Z");
    const total: ExplainedValue | ExplainedStatement = at(5, found).at(-1)!;
    expect(total).toMatchObject({
      value: null,
      reason: "warming up until bar 2, 2024-01-01T02:00:00Z",
    });
  });

  test("tells of a library's function what it gives, and not what happens within", () => {
    const lines = [
      "//@version=5",
      'strategy("library")',
      "import TradingView/ta/7 as lib",
      "average = lib.ema2(close, 3)",
      "if close > average",
      '    strategy.entry("in", strategy.long)',
      "",
    ];
    const { script: using } = compile(lines.join("\n"), { file: "x.pine" });
    const { statements } = explain(using!, rising, { bar: "2024-01-01T01:00Z" });
    expect(all(statements!).map(({ line }) => line)).toEqual([4, 5, 6]);
    // Closes 1 and 2: half of each.
    expect(all(statements!)[0]).toMatchObject({ text: "average = lib.ema2(close, 3)", value: 1.5 });
  });

  test("tells of a built-in function that is written in the language what it gives", () => {
    const lines = [
      "//@version=6",
      'strategy("built in")',
      "rank = ta.rci(hl2 + 1, 2)",
      'levels = ta.pivot_point_levels("DM", close == 2)',
      "if rank > levels.get(0)",
      '    strategy.entry("in", strategy.long)',
      "",
    ];
    const { script: using } = compile(lines.join("\n"), { file: "x.pine" });
    const { statements } = explain(using!, rising, { bar: "2024-01-01T01:00Z" });
    const found = all(statements!).filter(({ text }) => !/^(source|anchor): /.test(text));
    expect(found.map(({ line }) => line)).toEqual([3, 4, 5, 6]);
    expect(found[0]).toMatchObject({ text: lines[2], value: 100 });
  });

  test("writes lines to their last bracket, and of a loop what the script says of it", () => {
    const lines = [
      "//@version=5",
      'strategy("lines")',
      'half = (close + (open - math.abs(low) + str.length(")")))',
      "total = 0.0",
      "for i = 0 to 2",
      "    total := total + (half * (i + 1))",
      "if total > (half)",
      '    strategy.entry("in", strategy.long)',
      "",
    ];
    const { script: using } = compile(lines.join("\n"), { file: "x.pine" });
    const { statements } = explain(using!, rising, { bar: "2024-01-01T01:00Z" });
    const found = all(statements!);
    expect(found.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7, 8]);
    expect(found.map(({ text }) => text)).toEqual([
      lines[2],
      lines[3],
      lines[4],
      lines[5]!.trim(),
      "if total > (half)",
      lines[7]!.trim(),
    ]);
    const parts = (values: readonly ExplainedValue[]): string[] =>
      values.flatMap((one) => [one.text, ...parts(one.parts)]);
    expect(found.flatMap((one) => parts(one.parts)).filter((text) => /^for/.test(text))).toEqual(
      [],
    );
  });

  test("names the type of what holds several values, and no value of what only acts on it", () => {
    const lines = [
      "//@version=5",
      'strategy("x")',
      "table_ = matrix.new<float>(2, 2, close)",
      "list = table_.row(0)",
      "array.push(list, 3)",
      'strategy.entry("L", strategy.long, qty = list.last())',
    ];
    const { script: holding } = compile(lines.join("\n"), { file: "x.pine" });
    const found = explain(holding!, rising, { bar: "2024-01-01T06:00Z" });
    expect(at(3, found)[0]).toMatchObject({ kind: "set", value: "matrix<float>" });
    expect(at(4, found)[0]).toMatchObject({ kind: "set", value: "array<float>" });
    expect(at(5, found)[0]).toMatchObject({ value: null, parts: [] });
  });

  test("trades as it does without being asked", () => {
    const before = JSON.stringify(told("2024-01-01T20:00Z").position);
    expect(before).toBe(JSON.stringify({ state: "long", quantity: 3 }));
  });
});

describe("a time without a bar", () => {
  const gap = datasetFrom(
    Object.fromEntries(
      Object.entries(rising).map(([name, column]) => [
        name,
        Float64Array.from([...column.subarray(0, 5), ...column.subarray(9)]),
      ]),
    ) as unknown as Bars,
    {},
  );
  test.each([
    ["before the data", "2023-12-31", ["2024-01-01T00:00:00Z"]],
    ["after the data", "2024-01-03", ["2024-01-02T15:00:00Z"]],
    ["in a gap", "2024-01-01T06:30Z", ["2024-01-01T04:00:00Z", "2024-01-01T09:00:00Z"]],
  ])("%s names the nearest bars", (_, bar, nearest) => {
    expect(() => explain(compiled(cross), gap, { bar })).toThrow(
      expect.objectContaining({
        diagnostics: [
          expect.objectContaining({
            code: "explain_bar",
            hint: `nearest: ${nearest.join(" and ")}`,
          }),
        ],
      }),
    );
  });

  test("a moment within a bar names it, and last the last one", () => {
    expect(explain(compiled(cross), gap, { bar: "2024-01-01T04:59:59Z" }).bar.index).toBe(4);
    expect(explain(compiled(cross), gap, { bar: "last" }).bar.time).toBe("2024-01-02T15:00:00Z");
  });

  test("is an error where there are no bars at all", () => {
    const none = { time: [], open: [], high: [], low: [], close: [], volume: [] };
    const empty = Object.fromEntries(Object.keys(none).map((k) => [k, new Float64Array(0)]));
    const call = () => explain(compiled(cross), empty as unknown as Bars, { bar: "last" });
    expect(call).toThrow(/no bar to explain/);
  });
});
