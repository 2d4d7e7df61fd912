import { describe, expect, test } from "vitest";
import { printCore, verifyCore } from "../../../src/dsl/text/check/index.ts";
import { findings } from "./support.ts";

const head = '//@version=5\nstrategy("t")\n';
const order = (value: string) => `strategy.entry("L", strategy.long, ${value})\n`;
const codes = (source: string) => findings(head + source).diagnostics.map(({ code }) => code);

describe("limits", () => {
  test("functions that double at each level end in an error, quickly", () => {
    const levels = Array.from({ length: 40 }, (_, i) => `f${i + 1}(x) => f${i}(x) + f${i}(x + 1)`);
    expect(codes(`f0(x) => x * 2\n${levels.join("\n")}\n${order("f40(close)")}`)).toEqual([
      "script_too_large",
    ]);
  });

  test("values that double at each level are counted as often as they stand there", () => {
    const levels = Array.from({ length: 40 }, (_, i) => `a${i + 1} = a${i} + a${i}`);
    expect(codes(`a0 = input.int(1)\n${levels.join("\n")}\n${order("a40")}`)).toEqual([
      "script_too_large",
    ]);
  });

  test("series that double at each level are slots", () => {
    const levels = Array.from({ length: 40 }, (_, i) => `a${i + 1} = a${i} + a${i}`);
    const { core } = findings(`${head}a0 = close\n${levels.join("\n")}\n${order("a40")}`);
    expect(core?.slots).toHaveLength(41);
    expect(verifyCore(core!)).toEqual([]);
  });

  test("functions that call functions 64 deep", () => {
    const chain = (n: number) =>
      `f0(x) => x * 2\n${Array.from({ length: n }, (_, i) => `f${i + 1}(x) => f${i}(x) + 1`).join("\n")}\n${order(`f${n}(close)`)}`;
    expect(codes(chain(63))).toEqual([]);
    expect(codes(chain(64))).toEqual(["script_too_deep"]);
    expect(codes(chain(1000))).toEqual(["script_too_deep"]);
  });

  test("functions that call each other are found out", () => {
    expect(codes(`f(x) => f(x)\ny = f(1)\n`)).toEqual(["script_recursion"]);
  });

  test("sums and blocks as deep as the parser allows", () => {
    const sum = Array.from({ length: 900 }, () => "close").join(" + ");
    expect(codes(order(sum))).toEqual([]);
    const blocks = Array.from({ length: 200 }, (_, i) => `${"    ".repeat(i)}if close > ${i}`);
    expect(codes(`${blocks.join("\n")}\n${"    ".repeat(200)}${order("1")}`)).toEqual([]);
    const elses = Array.from({ length: 300 }, (_, i) => `else if close > ${i}\n    ${order("1")}`);
    expect(codes(`if close > open\n    ${order("2")}${elses.join("")}`)).toEqual([]);
  });

  test("deep functions in deep expressions end in an error, not in a full stack", () => {
    const sum = Array.from({ length: 600 }, () => "x").join(" + ");
    const levels = Array.from({ length: 30 }, (_, i) => `f${i + 1}(x) => f${i}(x) + ${sum}`);
    expect(codes(`f0(x) => ${sum}\n${levels.join("\n")}\n${order("f30(close)")}`)).toEqual([
      "script_too_deep",
    ]);
  });

  test("a switch of 256 cases, and not of more", () => {
    const cases = (n: number) =>
      `x = switch bar_index\n${Array.from({ length: n }, (_, i) => `    ${i} => ${i}`).join("\n")}\n${order("x")}`;
    expect(codes(cases(256))).toEqual([]);
    expect(codes(cases(257))).toEqual(["script_too_deep"]);
  });

  test("time grows with the size of the script", () => {
    const script = (n: number) =>
      `x0 = close\n${Array.from({ length: n }, (_, i) => `x${i + 1} = ta.sma(x${i}, 3) + x${i}[1]`).join("\n")}\n${order(`x${n}`)}`;
    const used = (n: number) => {
      const before = process.cpuUsage();
      expect(findings(head + script(n)).core?.slots).toHaveLength(n + 1);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    };
    used(100);
    // Eight times the lines: a quadratic checker would take 64 times as long.
    expect(used(4000)).toBeLessThan(30 * Math.max(used(500), 20));
  });

  test("a hundred errors at most", () => {
    const lines = Array.from({ length: 500 }, (_, i) => `x${i} = nothing${i}`);
    expect(codes(lines.join("\n"))).toHaveLength(100);
  });

  test("one script twice gives one core", () => {
    const source = `${head}f(x) => ta.sma(x, 3)\n${order("f(close) + f(open)")}`;
    expect(printCore(findings(source).core!)).toBe(printCore(findings(source).core!));
  });
});
