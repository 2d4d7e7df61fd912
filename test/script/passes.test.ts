import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkScript } from "../../src/dsl/text/check/index.ts";
import { parseScript } from "../../src/dsl/text/parse/parse-script.ts";
import { type CompiledScript, compileScript } from "../../src/script/compile-script.ts";
import { runScript } from "../../src/script/run-script.ts";
import type { Environment } from "../../src/script/unit.ts";
import type { Bars } from "../../src/vector/columns.ts";
import { runSeed } from "../kernels/cases.ts";
import { marketOf } from "./random-market.ts";

const seed = runSeed("indicators that go over the bars together");

/** The script's columns that a pass fills and the bits of its tests, as text; `together` with its passes, or each indicator by itself. */
function columnsOf(text: string, bars: Bars, together: boolean): readonly string[] {
  const { script, text: source } = parseScript(text);
  const program = compileScript(checkScript(script, source).core!);
  const { passes } = program.unit;
  const seen: string[] = [];
  const loop = (from: number, _to: number, { C, t }: Environment) => {
    if (from > 0) return;
    seen.push(`tests: ${t.join("")}`);
    for (const { column } of passes.flatMap((pass) => pass.outputs))
      seen.push(`${column}: ${Array.from(C[column], textOf).join(" ")}`);
  };
  const unit = { ...program.unit, loop, passes: together ? passes : [] };
  runScript({ ...program, unit } as CompiledScript, bars);
  return seen;
}

/** -0 and 0 are told apart. */
function textOf(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

const source = fc.constantFrom("close", "high", "hl2", "a0", "close - open", "volume");
const period = fc.integer({ min: 1, max: 12 });
const calls = fc.oneof(
  fc.tuple(source, period).map(([x, n]) => `ta.ema(${x}, ${n})`),
  fc.tuple(source, period).map(([x, n]) => `ta.rma(${x}, ${n})`),
  fc.tuple(source, period).map(([x, n]) => `ta.rsi(${x}, ${n})`),
  period.map((n) => `ta.atr(${n})`),
  fc
    .tuple(fc.constantFrom("over", "under"), source, source, period)
    .map(([way, x, y, n]) => `ta.cross${way}(${x}, ta.ema(${y}, ${n})) ? 1.0 : 0.0`),
  fc
    .tuple(source, period, period, period, fc.constantFrom("a", "b", "c"))
    .map(([x, n, m, k, out]) => `MACD ${out} ta.macd(${x}, ${n}, ${m}, ${k})`),
);

/** Names a0, a1, … of what is computed; every one is read by a test, and some or all by more. */
const readers = fc.constantFrom("by tests alone", "by the loop", "by earlier bars");
const lists = fc.array(calls, { minLength: 2, maxLength: 6 });
const programs = fc.tuple(lists, readers).map(([list, kept]) => {
  const lines = ['//@version=5\nstrategy("t")', "a0 = ta.ema(volume, 3)"];
  list.forEach((call, k) => {
    const macd = /^MACD (.) (.*)$/.exec(call);
    if (macd === null) lines.push(`a${k + 1} = ${call}`);
    else {
      const names = ["a", "b", "c"].map((out) => (out === macd[1] ? `a${k + 1}` : `_${out}${k}`));
      lines.push(`[${names}] = ${macd[2]}`);
    }
  });
  const tests = list.map((_, k) => `a${k + 1} > a${k}`).join(" or ");
  const sum = list.map((_, k) => `a${k + 1}`).join(" + ");
  const limit = kept === "by the loop" ? `, limit=${sum}` : "";
  const past =
    kept === "by earlier bars" ? "\nif a1[1] < a1 and a2[2] < a1[1]\n    strategy.close_all()" : "";
  return `${lines.join("\n")}\nif ${tests}\n    strategy.entry("L", strategy.long${limit})${past}\n`;
});

type Fault = "none" | "gap" | "late" | "inverted" | "still" | "huge";
const faults = fc.constantFrom<Fault>("none", "none", "gap", "late", "inverted", "still", "huge");

function marketWith(fault: Fault, from: number, length: number, at: number): Bars {
  const bars = marketOf(from, length, 0.01);
  const bar = at % length;
  if (fault === "gap") bars.close[bar] = Number.NaN;
  if (fault === "late") for (const name of ["high", "close"] as const) bars[name].fill(NaN, 0, bar);
  if (fault === "inverted") bars.high[bar] = bars.low[bar]! - 1;
  if (fault === "still") {
    for (const name of ["open", "high", "low", "close"] as const) bars[name].fill(7, bar);
  }
  if (fault === "huge") bars.close[bar] = 1.7e308;
  return bars;
}

describe("indicators that go over the bars together", () => {
  test("give each column the bits that it has by itself", () => {
    const property = fc.property(
      ...[programs, fc.integer(), fc.integer({ min: 1, max: 160 }), faults],
      fc.nat({ max: 159 }),
      (text, from, length, fault, at) => {
        const bars = marketWith(fault, from, length, at);
        expect(columnsOf(text, bars, true)).toEqual(columnsOf(text, bars, false));
      },
    );
    fc.assert(property, { seed, numRuns: Number(process.env["SWYMC_RUNS"] ?? 150) });
  });

  test("do so over more bars than one call of their loop takes", () => {
    const text = `//@version=5
strategy("t")
[m, s, h] = ta.macd(close, 12, 26, 9)
r = ta.rsi(close, 14)
a = ta.atr(14)
e = ta.ema(close, 12)
if r > 50 and h > 0 and a > 0.1 and e > 99
    strategy.entry("L", strategy.long, limit=r + h + a + e)
`;
    for (const gap of [null, 9000]) {
      const bars = marketOf(5, 10_000, 0.01);
      if (gap !== null) bars.close[gap] = Number.NaN;
      const together = columnsOf(text, bars, true);
      expect(together).toHaveLength(5);
      expect(together[0]).toContain("3");
      expect(together).toEqual(columnsOf(text, bars, false));
    }
  });

  test("are those that read what is there before, and one average is shared", () => {
    const { script, text } = parseScript(`//@version=5
strategy("t")
fast = ta.ema(close, 12)
[line, signal, histogram] = ta.macd(close, 12, 26, 9)
smooth = ta.ema(fast, 5)
later = ta.rma(math.abs(fast), 5)
other = ta.rsi(math.abs(fast), 5)
if histogram > 0 and smooth > 0 and later > 0 and other > 50
    strategy.entry("L", strategy.long)
`);
    const { passes, steps } = compileScript(checkScript(script, text).core!).unit;
    const named = passes.map(({ members }) =>
      members.map((at) => (steps[at] as { name: string }).name),
    );
    expect(named).toEqual([
      ["macd", "ema", "ema"],
      ["rma", "rsi"],
    ]);
    expect(passes[0]!.nodes.filter(({ op }) => op === "ema")).toHaveLength(4);
    // Neither line nor signal is read.
    expect(passes[0]!.outputs).toHaveLength(3);
  });

  test("see a column that misses a value, whatever reads it", () => {
    const text = `//@version=5
strategy("t")
over = ta.crossover(close, ta.ema(high, 3))
under = ta.crossunder(close, ta.ema(low, 5))
if over or under
    strategy.entry("L", strategy.long, limit=over ? high : under ? low : close)
`;
    const bars = marketOf(9, 60, 0.01);
    bars.close[40] = Number.NaN;
    const alone = columnsOf(text, bars, false);
    expect(alone.join()).toContain("NaN");
    expect(columnsOf(text, bars, true)).toEqual(alone);
  });

  test("keep no average that crossings alone read", () => {
    const { script, text } = parseScript(`//@version=5
strategy("t")
fast = ta.ema(close, 3)
slow = ta.ema(close, 5)
if ta.crossover(fast, slow)
    strategy.entry("L", strategy.long)
if ta.crossunder(fast, slow)
    strategy.close("L")
`);
    const { nodes, outputs, tested } = compileScript(checkScript(script, text).core!).unit
      .passes[0]!;
    expect(tested!.map(({ node }) => nodes[node]!.op)).toEqual(["cross_above", "cross_above"]);
    expect(outputs).toEqual([]);
  });

  test("leave a length that an indicator does not take to be told as ever", () => {
    const { script, text } = parseScript(`//@version=5
strategy("t")
n = input.int(0)
if ta.ema(close, 5) > ta.ema(close, n)
    strategy.entry("L", strategy.long)
`);
    const program = compileScript(checkScript(script, text).core!);
    expect(program.unit.passes).toHaveLength(1);
    expect(() => runScript(program, marketOf(1, 50, 0.01))).toThrow(/period/);
  });
});
