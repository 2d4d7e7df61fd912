import { describe, expect, it } from "vitest";
import type { Condition, Expression } from "../../src/dsl/document.ts";
import { barsOf } from "./bars.ts";
import { Interpreter } from "./interpreter.ts";
import { and, FALSE, not, or, TRUE, type Truth, UNKNOWN } from "./truth.ts";

const na = Number.NaN;
const names: Record<Truth, string> = { [TRUE]: "true", [FALSE]: "false", [UNKNOWN]: "unknown" };
const close: Expression = { kind: "field", field: "close" };
const literal = (value: number): Expression => ({ kind: "literal", value });

function truths(condition: Condition, closes: readonly number[]): string[] {
  const interpreter = new Interpreter(barsOf(closes));
  return closes.map((_, bar) => names[interpreter.truth(condition, bar, "flat")]);
}

describe("Kleene's three values", () => {
  it("keep unknown where it matters", () => {
    expect(not(UNKNOWN)).toBe(UNKNOWN);
    expect(not(TRUE)).toBe(FALSE);
    expect(and([TRUE, UNKNOWN])).toBe(UNKNOWN);
    expect(and([FALSE, UNKNOWN])).toBe(FALSE);
    expect(or([TRUE, UNKNOWN])).toBe(TRUE);
    expect(or([FALSE, UNKNOWN])).toBe(UNKNOWN);
    expect(and([TRUE | FALSE, UNKNOWN])).toBe(FALSE | UNKNOWN);
  });

  it("come from comparisons with na", () => {
    const above: Condition = { kind: "compare", left: close, op: ">", right: literal(1) };
    expect(truths(above, [2, 1, na])).toEqual(["true", "false", "unknown"]);
    expect(truths({ kind: "not", condition: above }, [2, 1, na])).toEqual([
      "false",
      "true",
      "unknown",
    ]);
  });
});

describe("a cross over 2 (SEMANTICS §3, column tv)", () => {
  const cross: Condition = { kind: "cross_over", left: close, right: literal(2) };
  it.each([
    ["touch from above", [3, 2, 3], ["unknown", "false", "true"]],
    ["touch from below", [1, 2, 2, 3], ["unknown", "false", "false", "true"]],
    ["a second time", [1, 3, 2, 3], ["unknown", "true", "false", "true"]],
    ["over a gap", [1, na, 3], ["unknown", "unknown", "true"]],
    ["na in front", [na, 3, 1], ["unknown", "unknown", "false"]],
  ])("%s", (_, closes, expected) => {
    expect(truths(cross, closes)).toEqual(expected);
  });

  it("is mirrored downwards", () => {
    const under: Condition = { kind: "cross_under", left: close, right: literal(2) };
    expect(truths(under, [1, 2, 1])).toEqual(["unknown", "false", "true"]);
  });
});

describe("named conditions", () => {
  it("read the position", () => {
    expect(truths({ kind: "position", state: "flat" }, [1])).toEqual(["true"]);
    expect(truths({ kind: "position", state: "long" }, [1])).toEqual(["false"]);
  });

  it("compare the close with its average", () => {
    const trend: Condition = { kind: "ema_trend", period: 2, direction: "below" };
    expect(truths(trend, [1, 3, 2, 1])).toEqual(["unknown", "false", "false", "true"]);
  });

  it("compare the close with its bands", () => {
    const band: Condition = { kind: "bollinger", period: 3, num_std_dev: 1, band: "above_upper" };
    expect(truths(band, [1, 1, 4, 1])).toEqual(["unknown", "unknown", "true", "false"]);
  });

  it("are in doubt where a band is nearer than its last digits", () => {
    // Mean 2, deviation 1 of {1, 3}: the close lies on the band.
    const band: Condition = { kind: "bollinger", period: 2, num_std_dev: 1, band: "above_upper" };
    const truth = new Interpreter(barsOf([1, 3])).truth(band, 1, "flat");
    expect(truth).toBe(TRUE | FALSE);
  });
});
