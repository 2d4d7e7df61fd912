import { expect, test } from "vitest";
import { functionsOf } from "../../../src/dsl/text/builtins/table.ts";
import { barsOf, coreOf, record, values } from "./recording.ts";

const bars = barsOf(Array.from({ length: 60 }, (_, i) => 100 + 9 * Math.sin(i / 5) + (i % 4)));

const SIGNATURES = functionsOf(6).filter(
  ({ name, means }) => name.startsWith("ta.") && means.to !== "unsupported",
);

/** Lengths as constants, by an input, and changing from bar to bar where that is allowed. */
const LENGTHS = ["4", "input.int(4)", "bar_index > 30 ? 3 : 4"];

function argument(
  { name, type, qualifier }: (typeof SIGNATURES)[number]["params"][number],
  length: string,
): string {
  if (type === "bool") return qualifier === "series" ? "close > open" : "false";
  if (type === "text") return '"Classic"';
  if (type === "int") return qualifier === "series" ? length : "4";
  return qualifier === "series" && !/mult|factor/i.test(name) ? "close" : "0.5";
}

/** Every function with lengths of every kind: what only names a core that no run can compute is found here. */
test.each(SIGNATURES.flatMap((signature) => LENGTHS.map((length) => ({ signature, length }))))(
  "$signature.name of $length",
  ({ signature: { name, params, returns }, length }) => {
    const call = `${name}(${params.map((param) => argument(param, length)).join(", ")})`;
    const several = typeof returns !== "string";
    const names = several ? returns.map((_, i) => `r${i}`) : ["r"];
    const read = (one: string) =>
      `str.length(str.tostring(${returns === "array<float>" ? `${one}.get(0)` : one}))`;
    const lines = [
      "//@version=6",
      'strategy("t")',
      `${several ? `[${names.join(", ")}]` : "r"} = ${call}`,
      `strategy.order("o", strategy.long, ${names.map(read).join(" + ")})`,
    ];
    expect(record(coreOf(`${lines.join("\n")}\n`), bars)).toHaveLength(60);
  },
);

test("what is made of a length and an indicator of that length", () => {
  const last = (call: string) => values(`x = ${call}`, barsOf([9, 1, 2, 3, 4, 5])).at(-1);
  // 1 to 5: squares of the distances from 3 are 10, of 4 in the place of 5.
  expect(last("ta.variance(close, 5, false)")).toBeCloseTo(2.5, 12);
  expect(last("ta.stdev(close, 5, false)")).toBeCloseTo(Math.sqrt(2.5), 12);
  expect(last("ta.stdev(close, 5)")).toBeCloseTo(Math.sqrt(2), 12);
  // 1 · 5 + 2 · 4 + 3 · 3 of 12.
  expect(last("ta.cog(close, 3)")).toBeCloseTo(-22 / 12, 12);
});
