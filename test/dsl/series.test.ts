import { describe, expect, it } from "vitest";
import { backtest, compile } from "../../src/index.ts";
import { printProgram } from "../../src/ir/index.ts";
import { barsOf } from "../reference/bars.ts";

const document = (func: object, op: string, value: number) =>
  JSON.stringify({
    type: "rule_based",
    rules: [
      {
        when: { kind: "compare", left: func, op, right: { kind: "literal", value } },
        then: { side: "buy", quantity: "1" },
      },
    ],
  });

const compiled = (func: object, op = ">", value = 0) => {
  const { program, diagnostics } = compile(document(func, op, value));
  expect(diagnostics).toEqual([]);
  return program!;
};

const codes = (func: object) =>
  compile(document(func, ">", 0)).diagnostics.map((one) => `${one.code} ${one.pointer}`);

/** Bars at whose close the rule fired: it buys at the next open. */
const fired = (program: ReturnType<typeof compiled>, closes: readonly number[]) => {
  const { trades } = backtest(program, barsOf(closes));
  const signals = trades.getChild("entry_signal_time")!;
  return Array.from(signals, (time) => Number(time) / 60_000);
};

const low = { kind: "price_level", price: 10, direction: "below" };
const at = "/rules/0/when/left";

describe("a function of two series", () => {
  const correlation = { kind: "func", name: "correlation", field: "close", period: 3 };

  it("reads the second as an expression", () => {
    const program = compiled({ ...correlation, other: { kind: "field", field: "high" } });
    expect(printProgram(program.ir)).toContain("correlation %0 %1 (3)");
    expect(program.warmup()).toBe(2);
    expect(fired(program, [1, 2, 3, 4, 5])).toEqual([2, 3]);
  });

  it("cannot do without it, and takes no column's name for it", () => {
    expect(codes(correlation)).toEqual([`missing_property ${at}`]);
    expect(codes({ ...correlation, other: "high" })).toEqual([`wrong_type ${at}/other`]);
    expect(codes({ kind: "func", name: "sma", field: "close", period: 3, other: low })).toEqual([
      `unknown_property ${at}/other`,
    ]);
  });
});

describe("a function of a condition", () => {
  it("counts the bars since it was true, na before", () => {
    const program = compiled({ kind: "func", name: "barssince", condition: low }, ">=", 0);
    expect(fired(program, [11, 12, 9, 11, 11, 11])).toEqual([2, 3, 4]);
    const two = compiled({ kind: "func", name: "barssince", condition: low }, "==", 2);
    expect(fired(two, [9, 11, 11, 9, 11, 11, 11])).toEqual([2, 5]);
  });

  it("takes a value from when it was true", () => {
    const when = { kind: "func", name: "valuewhen", condition: low, field: "close" };
    expect(fired(compiled(when, "==", 8), [11, 8, 12, 9, 12, 12])).toEqual([1, 2]);
    const before = compiled({ ...when, occurrence: 1 }, "==", 8);
    expect(fired(before, [11, 8, 12, 9, 12, 12])).toEqual([3, 4]);
  });

  it("takes crosses, named conditions, parameters and functions of conditions", () => {
    const cross = {
      kind: "cross_over",
      left: { kind: "field", field: "close" },
      right: { kind: "literal", value: 10 },
    };
    const since = { kind: "func", name: "barssince", condition: cross };
    expect(fired(compiled(since, "==", 1), [9, 11, 12, 9, 11, 12, 13])).toEqual([2, 5]);
    const deep = { kind: "compare", left: since, op: "==", right: { kind: "literal", value: 1 } };
    const nested = compiled({ kind: "func", name: "barssince", condition: deep }, "==", 1);
    expect(fired(nested, [9, 11, 12, 13, 9, 11, 12, 13])).toEqual([3]);
  });

  it("takes unknown for false, also under not, and empty lists", () => {
    const known = {
      kind: "compare",
      left: { kind: "func", name: "sma", field: "close", period: 3 },
    };
    const high = { ...known, op: ">", right: { kind: "literal", value: 10 } };
    const not = { kind: "not", condition: high };
    const since = compiled({ kind: "func", name: "barssince", condition: not }, "==", 0);
    // The average is unknown on bars 0 and 1.
    expect(fired(since, [1, 1, 1, 1, 99, 99])).toEqual([2, 3]);
    const all = { kind: "all_of", conditions: [] };
    const { program } = compile(
      document({ kind: "func", name: "barssince", condition: all }, "==", 0),
    );
    expect(fired(program!, [5, 6, 7])).toEqual([0, 1]);
  });

  it("is refused where it asks for the position, however deep", () => {
    const flat = { kind: "position", state: "flat" };
    const asked = { kind: "any_of", conditions: [low, { kind: "not", condition: flat }] };
    const inner = { kind: "func", name: "barssince", condition: asked };
    const place = `${at}/condition/conditions/1/condition`;
    expect(codes(inner)).toEqual([`position_in_function ${place}`]);
    const compare = { kind: "compare", left: inner, op: ">", right: { kind: "literal", value: 1 } };
    expect(codes({ kind: "func", name: "barssince", condition: compare })).toEqual([
      `position_in_function ${at}/condition/left/condition/conditions/1/condition`,
    ]);
  });
});

describe("a function of the time", () => {
  it("reads the bars' own, which no document can name", () => {
    const vwap = { kind: "func", name: "vwap", field: "close", output: "value" };
    const program = compiled(vwap, ">", 10);
    expect(printProgram(program.ir)).toContain("= time");
    // Midnight is between the third bar and the fourth: the average begins anew.
    const bars = barsOf([8, 8, 8, 11, 11, 11]);
    const time = bars.time.map((_, i) => (i - 3) * 3_600_000);
    const { trades } = backtest(program, { ...bars, time });
    expect(trades.getChild("entry_signal_time")!.get(0)).toBe(0);
    expect(codes({ kind: "func", name: "sma", field: "time", period: 3 })).toEqual([
      `unknown_field ${at}/field`,
    ]);
  });
});

describe("lines and bars made of bars", () => {
  it("are functions of several outputs", () => {
    const ichimoku = { kind: "func", name: "ichimoku", output: "lead_b" };
    expect(compiled({ ...ichimoku, span_period: 4, displacement: 3 }).warmup()).toBe(27);
    expect(compiled({ kind: "func", name: "heikin_ashi", output: "open" }).warmup()).toBe(0);
  });

  it("leave crosses to the conditions", () => {
    const cross = { kind: "func", name: "crossover", field: "close" };
    expect(codes(cross)).toEqual([`unknown_function ${at}/name`]);
  });
});
