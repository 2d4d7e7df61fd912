import { backtest, compile } from "../../src/index.ts";
import { setUpRun } from "../../src/program/run-setup.ts";
import type { ScriptProgram } from "../../src/program/script-program.ts";
import { createEngine } from "../../src/sweep/engine/create-engine.ts";
import { SWEEP_METRICS } from "../../src/sweep/engine/sweep-metrics.ts";
import type { Bars } from "../../src/vector/columns.ts";
import { median } from "./median.ts";
import { walk } from "./series.ts";

const MINUTE = 60_000;

interface ScriptCase {
  readonly title: string;
  readonly text: string;
  /** Two axes, over the script's inputs in order. */
  readonly axes: readonly [readonly number[], readonly number[]];
}

const CASES: readonly ScriptCase[] = [
  {
    title: "S1: EMA cross, two lengths",
    text: `//@version=5
strategy("EMA cross")
f = input.int(12)
s = input.int(26)
fast = ta.ema(close, f)
slow = ta.ema(close, s)
if ta.crossover(fast, slow)
    strategy.entry("L", strategy.long)
if ta.crossunder(fast, slow)
    strategy.close("L")
`,
    axes: [range(5, 10, 1), range(20, 10, 4)],
  },
  {
    title: "S2: five indicators, length of one and a threshold",
    text: `//@version=5
strategy("five indicators")
n = input.int(14)
level = input.float(45)
fast = ta.ema(close, 12)
r = ta.rsi(close, n)
a = ta.atr(14)
[middle, upper, lower] = ta.bb(close, 20, 2)
[line, signal, histogram] = ta.macd(close, 12, 26, 9)
if close > fast and r > 50 and histogram > 0 and close < upper - 0.1 * a
    strategy.entry("L", strategy.long)
if r < level or close > upper
    strategy.close("L")
`,
    axes: [range(7, 10, 2), range(35, 10, 1)],
  },
  {
    title: "S3: hourly trend by request.security, pullback and bracket",
    text: `//@version=5
strategy("trend and pullback")
n = input.int(20)
k = input.float(2)
up = request.security(ticker.heikinashi(syminfo.tickerid), "60", close > ta.ema(close, n))
a = ta.atr(14)
if up and ta.crossover(close, ta.sma(close, 50)) and strategy.position_size == 0
    strategy.entry("L", strategy.long)
strategy.exit("X", "L", stop=strategy.position_avg_price - k * a, limit=strategy.position_avg_price + 2 * k * a)
`,
    axes: [range(10, 10, 5), range(1, 10, 0.5)],
  },
];

/**
 * Trials of scripts: CPU time per bar and trial of runs by themselves and of runs that share columns, by turns, after all
 * rows of both were compared and some held to `backtest`, bit for bit.
 */
export function scriptTrials(short: boolean, runs: number): void {
  const bars = walk(short ? 5_000 : 100_000, 11, 0, 5e-4, MINUTE);
  console.log(`scripts, 100 trials over ${bars.close.length} bars: CPU µs per bar and trial`);
  console.table(CASES.map((each) => measure(each, bars, runs)));
}

function measure({ title, text, axes }: ScriptCase, bars: Bars, runs: number) {
  const { script } = compile(text);
  if (!script) throw new Error(`${title} does not compile`);
  const trials = axes[0].flatMap((one) => axes[1].map((other) => [one, other]));
  const params = Float64Array.from(trials.flat());
  const { settings, annual } = setUpRun({}, null, bars.time);
  const sides = (["reference", "auto"] as const).map((kind) => ({
    engine: createEngine(script, { bars, settings, annual }, kind),
    out: new Float64Array(trials.length * SWEEP_METRICS.length),
    times: [] as number[],
  }));
  for (let round = 0; round <= runs; round++) {
    for (const { engine, out, times } of sides) {
      const from = process.cpuUsage();
      engine.run(params, trials.length, out);
      const { user, system } = process.cpuUsage(from);
      // The first round warms up.
      if (round > 0) times.push((user + system) / trials.length / bars.close.length);
    }
  }
  const [alone, shared] = [sides[0]!, sides[1]!];
  if (!alone.out.every((value, k) => Object.is(value, shared.out[k])))
    throw new Error(`${title}: rows with shared columns differ`);
  checkBacktests(script, bars, trials, shared.out);
  const ratio = median(alone.times) / median(shared.times);
  return {
    title,
    "by themselves": median(alone.times),
    "best by themselves": Math.min(...alone.times),
    shared: median(shared.times),
    "best shared": Math.min(...shared.times),
    ratio,
  };
}

function checkBacktests(
  script: ScriptProgram,
  bars: Bars,
  trials: readonly (readonly number[])[],
  out: Float64Array,
): void {
  for (let k = 3; k < trials.length; k += 24) {
    const params = Object.fromEntries(script.inputs.map(({ name }, at) => [name, trials[k]![at]!]));
    const { metrics } = backtest(script, bars, { params }).result;
    SWEEP_METRICS.forEach((name, m) => {
      if (!Object.is(metrics?.[name] ?? Number.NaN, out[k * SWEEP_METRICS.length + m]))
        throw new Error(`trial ${k}: ${name} is not that of backtest`);
    });
  }
}

function range(from: number, count: number, step: number): number[] {
  return Array.from({ length: count }, (_, k) => from + k * step);
}
