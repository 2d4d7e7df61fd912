import { describe, expect, it } from "vitest";
import { indicator } from "../indicators/registry.ts";
import { dialectDiff } from "./dialect-diff.ts";

describe("dialectDiff", () => {
  it("finds the other seed of EMA 5 in pandas: SEMANTICS' row, 11.617284 against 11.4 at bar 4", () => {
    const source = Float64Array.of(10, 11, 12, 11, 13);
    const rows = dialectDiff(indicator("ema")!, [source], [5]);
    const pandas = rows.find((row) => row.dialect === "pandas")!;
    expect(pandas).toMatchObject({ output: "value", bars: 1, naBars: 4, first: 0, largestBar: 4 });
    expect(pandas.largest).toBeCloseTo(0.217284, 6);
    expect(rows.find((row) => row.dialect === "talib")).toMatchObject({
      bars: 0,
      naBars: 0,
      first: -1,
      largest: 0,
      largestBar: -1,
    });
  });

  it("gives a row per output", () => {
    const source = Float64Array.from({ length: 30 }, (_, i) => (i * 7) % 11);
    const rows = dialectDiff(indicator("bollinger")!, [source], [20, 2]);
    const pandas = rows.filter((row) => row.dialect === "pandas");
    expect(pandas.map((row) => [row.output, row.bars > 0])).toEqual([
      ["middle", false],
      ["upper", true],
      ["lower", true],
    ]);
  });
});
