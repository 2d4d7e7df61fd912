import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { HOURLY, rules, swymc, temporaryFile, temporaryFolder } from "./run.ts";

const CROSSING = `//@version=6
//@swymc exact
strategy("Crossing", initial_capital = 10000)
length = input.int(20, minval=2)
up = ta.crossover(close, ta.sma(close, length))
down = ta.crossunder(close, ta.sma(close, length))
if up and strategy.position_size == 0
    strategy.order("in", strategy.long, qty=2)
if down and strategy.position_size > 0
    strategy.close("in")
`;

describe("compile --emit", () => {
  test("text writes a rule document as a script with the same id, to a file or standard output", async () => {
    const file = join(temporaryFolder(), "sweep.pine");
    const ran = await swymc("compile", rules("liquidity_sweep"), "--emit", "text", "-o", file);
    expect(ran.code).toBe(0);
    expect(ran.err).toContain("warning[text_left_out]");
    const text = readFileSync(file, "utf8");
    expect(text).toContain(
      "if strategy.position_size == 0 and low < lowest_low_20[1] and close > high[1]",
    );
    const plain = await swymc("compile", rules("liquidity_sweep"), "--emit", "text");
    expect(plain.out).toBe(text);
    const idOf = async (path: string) => {
      const args = ["explain", path, "--data", HOURLY, "--bar", "last", "--json"];
      return JSON.parse((await swymc(...args)).out).strategy_id;
    };
    expect(await idOf(file)).toBe(await idOf(rules("liquidity_sweep")));
  });

  test("rules writes a script as a rule document, inputs as parameters", async () => {
    const ran = await swymc("compile", temporaryFile("x.pine", CROSSING), "--emit", "rules");
    expect([ran.code, ran.err]).toEqual([0, ""]);
    const document = JSON.parse(ran.out);
    expect(document.params).toEqual({ length: { default: 20, min: 2 } });
    expect(document.rules.map(({ then }: { then: object }) => then)).toEqual([
      { side: "buy", quantity: "2" },
      { side: "sell", close: true },
    ]);
  });

  test("rules names all that has no counterpart, with its line, and writes nothing", async () => {
    const script = CROSSING.replace("up and", "up and dayofweek == 2 and math.abs(close) > 1 and");
    const file = join(temporaryFolder(), "x.json");
    const ran = await swymc(
      "compile",
      temporaryFile("x.pine", script),
      "--emit",
      "rules",
      "-o",
      file,
    );
    expect([ran.code, ran.out]).toEqual([1, ""]);
    expect(ran.err).toContain("dayofweek() has no counterpart in rule documents");
    expect(ran.err).toContain("math.abs() has no counterpart in rule documents");
    expect(ran.err).toContain("x.pine:7:");
    expect(() => readFileSync(file)).toThrow();
  });
});

describe("explain", () => {
  const explained = (...args: string[]) =>
    swymc("explain", temporaryFile("x.pine", CROSSING), "--data", HOURLY, ...args);

  test("tells the values of a bar, and why an order was not placed", async () => {
    const { code, out } = await explained("--bar", "2024-01-05T03:20", "--param", "length=9");
    expect(code).toBe(0);
    expect(out).toContain("bar 99, 2024-01-05 03:00 UTC: open 37804.57");
    const closes = readFileSync(HOURLY, "utf8")
      .split("\n")
      .slice(92, 101)
      .map((line) => Number(line.split(",")[4]));
    const mean = closes.reduce((sum, close) => sum + close, 0) / 9;
    const shown = /ta\.sma\(close, length\) +([\d.]+)/.exec(out)?.[1];
    expect(Number(shown)).toBeCloseTo(mean, 6);
    expect(out).toMatch(/5 up = ta\.crossover\(.* +false\n/);
    expect(out).toMatch(/not called: up and .* \(line 7\) is false/);
  });

  test("gives the same as JSON, of the last bar too", async () => {
    const { out } = await explained("--bar", "last", "--json");
    const told = JSON.parse(out);
    expect(told).toMatchObject({
      state: "ok",
      language: "script",
      bar: { index: 2159, time: "2024-03-30T23:00:00Z" },
      params: { length: 20 },
    });
  });

  test("says which bars there are where one is named that is not", async () => {
    const { code, err } = await explained("--bar", "2031-01-01");
    expect(code).toBe(1);
    expect(err).toContain("2024-03-30");
  });
});
