import { describe, expect, test } from "vitest";
import { indicators } from "../../src/indicators/registry.ts";
import { HOURLY, swymc, temporaryFile } from "./run.ts";

describe("swymc indicators", () => {
  test("lists every indicator of the registry", async () => {
    const { code, out } = await swymc("indicators");
    expect(code).toBe(0);
    const names = out
      .trimEnd()
      .split("\n")
      .map((line) => line.split(" ")[0]);
    expect(names).toEqual(indicators.map((each) => each.name));
  });

  test("shows one with its formula and numbers", async () => {
    const { out } = await swymc("indicators", "rsi");
    expect(out).toContain("rsi: ");
    expect(out).toContain("dialects    tv, talib, backtrader, pandas, vectorbt");
    expect(out).toContain("(whole number 1 to 100000, default 14)");
  });

  test("gives the definitions as JSON", async () => {
    const all = JSON.parse((await swymc("indicators", "--json")).out);
    expect(all).toHaveLength(indicators.length);
    const one = JSON.parse((await swymc("indicators", "bollinger", "--json")).out);
    expect(one).toMatchObject({ name: "bollinger", default_warmup: 19 });
  });

  test("knows what a misspelt name may have meant", async () => {
    const { code, err } = await swymc("indicators", "bolinger");
    expect(code).toBe(1);
    expect(err).toContain('there is no indicator "bolinger"');
    expect(err).toContain('did you mean "bollinger"?');
  });
});

describe("swymc indicators diff", () => {
  const csv = ["time,open,high,low,close,volume"];
  [10, 11, 12, 11, 13].forEach((close, day) => {
    csv.push(`2024-01-0${day + 1},${close},${close},${close},${close},1`);
  });
  const data = temporaryFile("five.csv", csv.join("\n"));

  test("says first difference, largest difference and how many bars", async () => {
    const { code, out } = await swymc(
      "indicators",
      "diff",
      "ema",
      "--data",
      data,
      "--param",
      "period=5",
    );
    expect(code).toBe(0);
    expect(out).toBe(`ema (period 5) of close, 5 bars
  talib               equal
  backtrader          equal
  pandas              differs on 1 bar from bar 0 (2024-01-01T00:00:00Z), most 0.217284 at bar 4 (2024-01-05T00:00:00Z), na in one only on 4 bars
  vectorbt            differs on 1 bar from bar 4 (2024-01-05T00:00:00Z), most 0.217284 at bar 4 (2024-01-05T00:00:00Z)
`);
  });

  test("gives the same as JSON", async () => {
    const { out } = await swymc(
      ...["indicators", "diff", "ema", "--data", data, "--param", "period=5", "--json"],
    );
    const { diffs, ...head } = JSON.parse(out);
    expect(head).toEqual({ indicator: "ema", params: { period: 5 }, sources: ["close"], bars: 5 });
    expect(diffs[0]).toEqual({
      dialect: "talib",
      output: "value",
      bars: 0,
      na_bars: 0,
      first: null,
      first_time: null,
      largest: 0,
      largest_bar: null,
      largest_time: null,
    });
    expect(diffs[2]).toMatchObject({ dialect: "pandas", first: 0, na_bars: 4, largest_bar: 4 });
  });

  test("reads another column, and names every output", async () => {
    const { out } = await swymc(
      "indicators",
      "diff",
      "bollinger",
      "--data",
      HOURLY,
      "--source",
      "high",
    );
    expect(out).toContain("bollinger (period 20, num_std_dev 2) of high");
    expect(out).toMatch(/pandas\.upper {2,}differs on [\d,]+ bars/);
    expect(out).toMatch(/pandas\.middle {2,}equal/);
  });

  test("reads two chosen columns, and the time", async () => {
    const crosses = ["indicators", "diff", "crossover", "--data", HOURLY, "--other", "high"];
    const { out } = await swymc(...crosses);
    expect(out).toContain("crossover () of close, high");
    const sessions = await swymc("indicators", "diff", "vwap", "--data", HOURLY);
    expect(sessions.out).toMatch(/of close, volume, time[\s\S]*pandas\.upper {2,}equal/);
    const condition = await swymc("indicators", "diff", "barssince", "--data", HOURLY);
    expect(condition.err).toContain('there is no column "condition"');
  });

  test("refuses numbers that do not fit, all of them, and unknown columns", async () => {
    const wrong = ["--param", "period=0", "--param", "length=3"];
    const { code, err } = await swymc("indicators", "diff", "ema", "--data", data, ...wrong);
    expect(code).toBe(1);
    expect(err).toContain("period (0): expected a whole number from 1 to 100000");
    expect(err).toContain('the indicator takes no number "length"');
    const missing = await swymc("indicators", "diff", "ema", "--data", data);
    expect(missing.err).toContain("period (not given): expected a whole number from 1 to 100000");
    const column = await swymc(
      ...["indicators", "diff", "rsi", "--data", data, "--source", "clos"],
    );
    expect(column.err).toContain('there is no column "clos"');
  });
});
