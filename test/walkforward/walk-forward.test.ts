import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileRules } from "../../src/compile-rules.ts";
import { compileScript } from "../../src/compile-script.ts";
import { type Dataset, datasetFrom, loadDataset } from "../../src/data/index.ts";
import { backtest } from "../../src/program/backtest.ts";
import type { SweepSpace } from "../../src/sweep/sweep.ts";
import { type WalkForwardOptions, walkForward } from "../../src/walkforward/index.ts";
import { ROOT } from "../source-tree.ts";

const DAILY = join(ROOT, "fixtures/ohlcv/synthetic_1d.csv");
const program = compileRules(
  readFileSync(join(ROOT, "fixtures/rules/ema_crossover_params.json"), "utf8").replace(
    '"candle_interval": "1h",',
    "",
  ),
).program!;
const strategy = { name: "ema", program };
const SPACE: SweepSpace = { params: { fast: "2..8:3", slow: "10..20:5" }, where: "fast < slow" };
const POINTS = [2, 5, 8].flatMap((fast) => [10, 15, 20].map((slow) => ({ fast, slow })));
const dataset = await loadDataset(DAILY);

async function walked(data: Dataset = dataset, options: WalkForwardOptions = {}) {
  return (await walkForward(strategy, data, SPACE, { threads: 1, ...options }))!;
}

describe("each window by hand, with whole backtests", () => {
  const costs = { commission: 0.001, execution: { spread: 0.002 } };

  test.each([
    ["rolling", { windows: 4 }],
    ["anchored, by another objective", { windows: 3, anchored: true, objective: "total_return" }],
    ["with costs", { windows: 3, embargo: 3, ...costs }],
  ])("%s", async (_, options: WalkForwardOptions) => {
    const { result } = await walked(dataset, options);
    const { commission, execution } = options;
    const run = { ...(commission && { commission }), ...(execution && { execution }) };
    const by = options.objective ?? "sharpe";
    let at = dataset.bars.time.indexOf(Date.parse(result.windows[0]!.test.first));
    for (const { train, test, params, in_sample, out_of_sample } of result.windows) {
      const span = { from: Date.parse(train.first), to: Date.parse(train.last) + 1 };
      const training = await loadDataset(DAILY, span);
      const rows = POINTS.map((point) => backtest(program, training, { ...run, params: point }));
      const values = rows.map(({ result }) => result.metrics![by as "sharpe"] ?? -Infinity);
      const best = values.indexOf(Math.max(...values));
      expect(params).toEqual(POINTS[best]);
      expect(in_sample!.metrics).toEqual(rows[best]!.result.metrics);

      const tested = await loadDataset(DAILY, {
        from: Date.parse(test.first),
        to: Date.parse(test.last) + 1,
        warmupBars: train.bars + result.embargo,
      });
      expect(tested.warmup).toBe(train.bars + result.embargo);
      const single = backtest(program, tested, { ...run, params: POINTS[best]! });
      expect(out_of_sample!.metrics).toEqual(single.result.metrics);
      expect(tested.bars.time[tested.warmup]).toBe(dataset.bars.time[at]);
      at += test.bars;
    }
    expect(at).toBe(dataset.bars.time.length);
  });
});

test("the stitched account is the tests one after the other", async () => {
  const { result, equity, runs, firstBar } = await walked(dataset, { windows: 4, cash: 5000 });
  expect(equity).toHaveLength(dataset.bars.time.length - firstBar);
  let held = 5000;
  let at = 0;
  for (const run of runs) {
    const own = run!.run.equity;
    own.forEach((value, i) => {
      expect(equity[at + i]! / held).toBeCloseTo(value / 5000, 12);
    });
    at += own.length;
    held = equity[at - 1]!;
  }
  const { metrics } = result.stitched;
  const product = result.windows.reduce(
    (value, { out_of_sample }) => value * (1 + out_of_sample!.metrics.total_return!),
    1,
  );
  expect(metrics.total_return).toBeCloseTo(product - 1, 12);
  expect(metrics.final_equity).toBe(equity.at(-1));
  const trades = result.windows.map(({ out_of_sample }) => out_of_sample!.metrics.trades!);
  expect(metrics.trades).toBe(trades.reduce((a, b) => a + b, 0));
  const { close } = dataset.bars;
  expect(metrics.buy_and_hold_return).toBeCloseTo(close.at(-1)! / close[firstBar]! - 1, 14);
});

test("no bar of a test, and none after it, influences a choice", async () => {
  const before = await walked(dataset, { windows: 4 });
  const changes = fc.tuple(
    fc.integer({ min: 0, max: 3 }),
    fc.array(fc.double({ min: 0.5, max: 2, noNaN: true }), { minLength: 5, maxLength: 20 }),
  );
  await fc.assert(
    fc.asyncProperty(changes, async ([window, factors]) => {
      const { test: own } = before.result.windows[window]!;
      const from = dataset.bars.time.indexOf(Date.parse(own.first));
      const after = await walked(altered(from, factors), { windows: 4 });
      const [was, is] = [before.result.windows, after.result.windows];
      expect(is.slice(0, window)).toEqual(was.slice(0, window));
      expect(is[window]!.params).toEqual(was[window]!.params);
      expect(is[window]!.in_sample).toEqual(was[window]!.in_sample);
      expect(is[window]!.out_of_sample).not.toEqual(was[window]!.out_of_sample);
    }),
    { numRuns: 12, seed: Number(process.env["SWYMC_FC_SEED"] ?? 7) },
  );
});

/** Bars whose prices from a bar on are multiplied, bar by bar. */
function altered(from: number, factors: readonly number[]): Dataset {
  const scaled = (column: Float64Array) =>
    column.map((value, i) => (i < from ? value : value * factors[(i - from) % factors.length]!));
  const { time, open, high, low, close, volume } = dataset.bars;
  const prices = { open: scaled(open), high: scaled(high), low: scaled(low), close: scaled(close) };
  return datasetFrom({ time, ...prices, volume });
}

test("the embargo is the longest warm-up in the space", async () => {
  const { result } = await walked();
  expect(result.embargo).toBe(program.warmup({ fast: 8, slow: 20 }));
  expect(result.windows[0]!.train.bars + result.embargo).toBe(318);
});

test("a script, whose inputs are swept", async () => {
  const { script } = compileScript(`//@version=5
strategy("cross", default_qty_type = strategy.percent_of_equity, default_qty_value = 100)
length = input.int(10, minval = 2)
long = input.bool(true)
average = ta.sma(close, length)
if ta.crossover(close, average) and long
    strategy.entry("L", strategy.long)
if ta.crossunder(close, average)
    strategy.close("L")
`);
  const space = { params: { length: "5..25:10", long: "true,false" } };
  const named = { name: "cross", program: script! };
  const done = await walkForward(named, dataset, space, { windows: 2, threads: 1 });
  const { result } = done!;
  expect(result.embargo).toBeGreaterThanOrEqual(24);
  for (const { params, train, test: own, out_of_sample } of result.windows) {
    expect(params).toEqual({ length: expect.any(Number), long: "true" });
    const tested = await loadDataset(DAILY, {
      from: Date.parse(own.first),
      to: Date.parse(own.last) + 1,
      warmupBars: train.bars + result.embargo,
    });
    const single = backtest(script!, tested, {
      params: { length: params!["length"]!, long: true },
    });
    expect(out_of_sample!.metrics).toEqual(single.result.metrics);
    expect(out_of_sample!.metrics.trades).toBeGreaterThan(0);
  }
});

test("where no trial trades in training, nothing is traded in the test, and it is said", async () => {
  const space = { params: { fast: "50,60", slow: "300" } };
  const done = await walkForward(strategy, dataset, space, {
    ...{ windows: 12, threads: 1, embargo: 0 },
  });
  const { result, equity } = done!;
  for (const window of result.windows) {
    expect(window).toMatchObject({ params: null, in_sample: null, out_of_sample: null });
  }
  expect(result.warnings.map(({ code }) => code)).toContain("walkforward_unchosen");
  expect(equity.every((value) => value === 10_000)).toBe(true);
  expect(result.stitched.metrics).toMatchObject({ trades: 0, total_return: 0, sharpe: null });
});

test("a sampled and a halved search choose within every window", async () => {
  const searches: SweepSpace[] = [
    { params: { fast: "2..20", slow: "21..60" }, search: "random", samples: 6, seed: 3 },
    { params: { fast: "2..7", slow: "10..20:5" }, search: "halving" },
  ];
  for (const space of searches) {
    const done = await walkForward(strategy, dataset, space, { windows: 2, threads: 1 });
    expect(done!.result.windows.every(({ params }) => params !== null)).toBe(true);
  }
});

test("stops where it is told to", async () => {
  const stop = new AbortController();
  const onProgress = () => stop.abort();
  const options = { windows: 2, threads: 1, signal: stop.signal, onProgress };
  expect(await walkForward(strategy, dataset, SPACE, options)).toBeNull();
});
