import { describe, expect, it } from "vitest";
import { backtest, compile } from "../../src/index.ts";

const document = (func: object) =>
  JSON.stringify({
    type: "rule_based",
    rules: [
      {
        when: { kind: "compare", left: func, op: ">", right: { kind: "literal", value: 1 } },
        then: { side: "buy", quantity: "1" },
      },
    ],
  });

const indicatorOf = (func: object) => {
  const { program, diagnostics } = compile(document(func));
  expect(diagnostics).toEqual([]);
  const node = program!.ir.nodes.find((one) => one.kind === "indicator");
  return {
    program: program!,
    sources: node!.sources.map((one) => (one.kind === "field" ? one.field : one.kind)),
  };
};

describe("functions that read columns by themselves", () => {
  it("read those of their definition, and take no field", () => {
    const { program, sources } = indicatorOf({ kind: "func", name: "atr", period: 5 });
    expect(sources).toEqual(["high", "low", "close"]);
    expect(program.ir.nodes.filter((one) => one.kind === "field")).toHaveLength(3);
    expect(program.warmup()).toBe(4);
  });

  it("read a chosen series beside them", () => {
    const vwma = { kind: "func", name: "vwma", period: 3 };
    expect(indicatorOf({ ...vwma, field: "open" }).sources).toEqual(["open", "volume"]);
    const range = { kind: "func", name: "tr" };
    expect(indicatorOf({ ...vwma, source: range }).program.ir.nodes.map((n) => n.kind)).toContain(
      "indicator",
    );
  });

  it("have their outputs by name, and the defaults of their numbers", () => {
    const { program } = indicatorOf({ kind: "func", name: "dmi", output: "adx" });
    expect(program.warmup()).toBe(27);
  });

  it("refuse a field, and say what they take", () => {
    const { diagnostics } = compile(document({ kind: "func", name: "atr", field: "close" }));
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({ code: "unknown_property" });
    expect(diagnostics[0]!.message).toContain("field");
  });

  it("suggest the nearest function", () => {
    const { diagnostics } = compile(document({ kind: "func", name: "supertrand" }));
    expect(JSON.stringify(diagnostics)).toContain("supertrend");
  });

  it("run in a backtest: a true range above 1 buys at the next open", () => {
    const close = Float64Array.of(10, 10, 10, 12, 12, 12);
    const time = close.map((_, i) => i * 3_600_000);
    const bars = { time, open: close, high: close, low: close, close, volume: close };
    const { program } = indicatorOf({ kind: "func", name: "tr" });
    const { result } = backtest(program, bars);
    expect(result.trades).toHaveLength(1);
    expect(result.trades[0]).toMatchObject({ side: "long", quantity: 1, entry_price: 12 });
  });
});
