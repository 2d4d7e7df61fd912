import { describe, expect, test } from "vitest";
import { compile } from "../../../src/index.ts";
import type { ScriptProgram } from "../../../src/program/script-program.ts";
import { KeptColumns } from "../../../src/sweep/engine/kept-columns.ts";
import { corpus } from "../../script/corpus/corpus.ts";
import { inputRows, ownRows, sharedRows } from "./script-trials.ts";

const SEED = Number(process.env["SWYMC_FC_SEED"] ?? Date.now() % 2_147_483_648);

/** The script with up to four of the lengths that it gives to `ta` as inputs, besides its own. */
function opened(text: string): string {
  const inputs: string[] = [];
  const body = text.replaceAll(/(\bta\.\w+\([^()"]*, )(\d+)\)/g, (whole, before, length) => {
    if (inputs.length === 4) return whole;
    inputs.push(`opened${inputs.length} = input.int(${length})`);
    return `${before}opened${inputs.length - 1})`;
  });
  return body.replace(/^strategy\(/m, `${inputs.join("\n")}\nstrategy(`);
}

function scriptOf(text: string): ScriptProgram | undefined {
  return compile(text).script;
}

describe("trials of scripts that share columns", () => {
  const programs = corpus().flatMap(({ name, text, market }, k) => {
    const script = scriptOf(opened(text)) ?? scriptOf(text)!;
    return script.inputs.length > 0 ? [{ name, script, market, seed: SEED + k }] : [];
  });

  test("are those of the corpus that have inputs, or take some in place of lengths", () => {
    expect(programs.length).toBeGreaterThan(100);
  });

  test.each(programs.map((each) => [each.name, each] as const))(
    "have the rows of runs by themselves: %s",
    (_, { script, market, seed }) => {
      const { bars, chart } = market;
      const rows = inputRows(script.inputs, seed, 6);
      const budget = [0, 40_000, 2 ** 27][seed % 3];
      const shared = sharedRows(script, bars, chart, rows, new KeptColumns(budget));
      expect(shared, `SWYMC_FC_SEED=${SEED}`).toEqual(ownRows(script, bars, chart, rows));
    },
  );
});

const MARKET = corpus()[0]!.market;

const CROSS = `//@version=5
strategy("cross")
f = input.int(12)
s = input.int(26)
level = input.float(0.5)
size = input.float(1)
fast = ta.ema(close, f)
slow = ta.ema(close, s)
far = math.abs(fast - slow) > level
if ta.crossover(fast, slow) and ta.sma(far ? 1 : 0, 3) > 0
    strategy.entry("L", strategy.long, size)
if ta.crossunder(fast, slow)
    strategy.close("L")
`;

/** Every combination of these values, the last fastest. */
function grid(...axes: readonly number[][]): number[][] {
  return axes.reduce<number[][]>(
    (rows, axis) => rows.flatMap((row) => axis.map((value) => [...row, value])),
    [[]],
  );
}

describe("columns of scripts", () => {
  test("are computed once per distinct tuple of what they are made of", () => {
    const script = scriptOf(CROSS)!;
    const kept = new KeptColumns();
    const rows = grid([5, 6, 7], [7, 20, 30, 40], [0.1, 0.2], [1, 2]);
    const shared = sharedRows(script, MARKET.bars, MARKET.chart, rows, kept);
    expect(shared).toEqual(ownRows(script, MARKET.bars, MARKET.chart, rows));
    // EMAs of 5, 6, 7, 20, 30 and 40; two crossings of 12 pairs; the mean and what it reads of 12 pairs and two levels.
    expect(kept.made).toBe(6 + 2 * 12 + 2 * 24);
  });

  test.each([
    ["a timeframe, and what is asked of it", "close > slow and higher > lower ? 1 : -1"],
    [
      "bars that close, here and on a longer timeframe",
      "time_close - time < span and close > slow ? 1 : -1",
    ],
    ["bars that close", "time_close % 7200000 == 0 and close > higher ? 1 : -1"],
    ["texts", 'label == "up" ? 1 : -1'],
    ["bars of another kind", "smooth > slow ? 1 : -1"],
    ["texts of a longer timeframe", 'word == "up" ? 1 : -1'],
  ])("are told apart by %s", (_, rule) => {
    const script = scriptOf(`//@version=5
strategy("many")
n = input.int(5, minval=1)
tf = input.timeframe("240")
mode = input.string("a", options=["a", "b"])
src = input.source(close)
on = input.bool(true)
slow = ta.sma(src, n)
[higher, lower] = request.security(syminfo.tickerid, tf, [ta.highest(src, n), ta.lowest(hl2, n)[1]])
same = request.security(syminfo.tickerid, timeframe.period, src)
smooth = request.security(ticker.heikinashi(syminfo.tickerid), tf, ta.ema(close, n))
word = request.security(syminfo.tickerid, tf, mode == "a" ? (close > open ? "up" : "down") : (close > ta.sma(close, n) ? "up" : "down"))
span = request.security(syminfo.tickerid, tf, time_close - time)
label = mode == "a" and on ? (same > slow ? "up" : "down") : (close > slow ? "up" : "down")
way = ${rule}
if way > 0 and way[1] <= 0
    strategy.entry("L", strategy.long)
if way < 0 and way[1] >= 0
    strategy.close("L")
`)!;
    const rows = grid([5, 9], [60, 120, 240, 720], [0, 1], [3, 5], [0, 1]);
    const own = ownRows(script, MARKET.bars, MARKET.chart, rows);
    for (const budget of [0, 60_000, 2 ** 27]) {
      const kept = new KeptColumns(budget);
      const shared = sharedRows(script, MARKET.bars, MARKET.chart, rows, kept);
      expect(shared).toEqual(own);
      expect(new Set(shared.map(String)).size).toBeGreaterThan(3);
    }
  });

  test("take no more memory than they may, however many trials there are", () => {
    const script = scriptOf(CROSS)!;
    const bytes = 8 * MARKET.bars.close.length;
    const kept = new KeptColumns(10 * bytes);
    let most = 0;
    for (let f = 2; f < 200; f++) {
      const rows = grid([f], [7, f + 1, f + 2], [0.1, f], [1]);
      sharedRows(script, MARKET.bars, MARKET.chart, rows, kept);
      most = Math.max(most, kept.bytes);
    }
    expect(kept.made).toBeGreaterThan(1000);
    expect(most).toBeGreaterThan(8 * bytes);
    expect(most).toBeLessThanOrEqual(10 * bytes);
  });
});
