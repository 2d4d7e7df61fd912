import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { normal, uniform } from "../../fixtures/random.ts";
import { backtest, compile } from "../../src/index.ts";
import { backtestPage } from "../../src/program/report/report-page.ts";
import { metricsBySide, rollingMetrics, worstDrawdowns } from "../../src/stats/analysis/index.ts";
import { metricsOf } from "../../src/stats/metrics.ts";
import {
  bootstrap,
  orderTest,
  overfittingProbability,
  signTest,
  superiorAbility,
} from "../../src/stats/validation/index.ts";

/**
 * CPU and wall seconds of the validation statistics, and of metrics and the report of a run over a million bars with some
 * 50,000 trades, the best of the rounds each, the bootstrap beside numpy's over the same returns: timed only after the
 * quantiles of both agree.
 *
 *     npm run bench:stats -- [--bars N] [--resamples N] [--trials N] [--rounds N] [--json]
 */
const { values } = parseArgs({
  options: {
    bars: { type: "string", default: "1000" },
    resamples: { type: "string", default: "10000" },
    trials: { type: "string", default: "100" },
    rounds: { type: "string", default: "5" },
    json: { type: "boolean", default: false },
  },
});
const [n, resamples, trials, rounds] = [
  values.bars,
  values.resamples,
  values.trials,
  values.rounds,
].map(Number);
const BLOCK = 10;
const PYTHON = fileURLToPath(new URL("../../.venv/bin/python", import.meta.url));

const next = normal(uniform(20261121));
const noise = (length: number, mean = 0) =>
  Float64Array.from({ length }, () => mean + 0.01 * next());
const returns = noise(n, 0.0005);
const sweep = Array.from({ length: trials }, () => noise(n));
let level = 1;
const million = noise(1_000_000).map((r) => (level *= 1 + 0.1 * r));
const year = { barsPerYear: 252 };

const rows: { what: string; seconds: number; wall: number; numpy?: number; ratio?: number }[] = [];
const ours = timed("stationary bootstrap", () =>
  bootstrap(returns, { ...year, blockLength: BLOCK, resamples }),
)!;
if (existsSync(PYTHON)) beside(ours);
timed("block bootstrap", () =>
  bootstrap(returns, { ...year, scheme: "block", blockLength: BLOCK, resamples }),
);
timed("random signs", () => signTest(returns, { ...year, resamples }));
timed("random order", () => orderTest(returns, { ...year, resamples }));
timed(`CSCV, 16 parts, ${trials} trials`, () => overfittingProbability(sweep));
timed(`reality check and SPA, ${trials} trials`, () =>
  superiorAbility(sweep, { blockLength: BLOCK, resamples }),
);
timed("rolling metrics, 1M bars", () =>
  rollingMetrics(million, 1, { window: 1440, barsPerYear: 525_600 }),
);
timed("worst drawdowns, 1M bars", () => worstDrawdowns(million, 1));
const { program, done } = longRun();
const held = `1M bars, ${done.result.trades.length} trades`;
timed(`metrics, ${held}`, () => metricsOf(metricsInput(done)));
timed(`metrics of long and short, ${held}`, () => metricsBySide(done.run));
await timedPage(`report, ${held}`, () =>
  backtestPage(program, done, { title: "x", text: "", version: "0" }),
);

if (values.json) console.log(JSON.stringify({ bars: n, resamples, rows }, null, 2));
else {
  console.log(
    `${n} bars, ${resamples} resamples, CPU (seconds) and wall, best of ${rounds} rounds`,
  );
  console.table(rows);
}

/** What a backtest computes its metrics from. */
function metricsInput({ run, simulation, bars }: ReturnType<typeof backtest>) {
  const { cash, equity, firstBar, barsPerYear, riskFreeReturn } = run;
  const { trades, barsInPosition, commission, traded, invested } = simulation;
  return {
    ...{ cash, equity, firstBar, barsPerYear, riskFreeReturn },
    ...{ trades, barsInPosition, commission, traded },
    firstClose: bars.close[firstBar],
    lastClose: bars.close[bars.close.length - 1],
    invested: { close: bars.close, stretches: invested },
  };
}

/** Minutes of a random walk, and a rule document that trades about every 20 of them. */
function longRun() {
  const rules = fileURLToPath(
    new URL("../../fixtures/rules/ema_crossover_params.json", import.meta.url),
  );
  const program = compile(readFileSync(rules, "utf8")).program!;
  let price = 100;
  const close = Float64Array.from(million, () => {
    price *= 1 + 0.001 * next();
    return Math.round(100 * price) / 100;
  });
  const open = close.map((_, i) => close[Math.max(0, i - 1)]);
  const bars = {
    time: close.map((_, i) => 1.6e12 + 60_000 * i),
    open,
    high: close.map((value, i) => Math.max(value, open[i]) + 0.05),
    low: close.map((value, i) => Math.min(value, open[i]) - 0.05),
    close,
    volume: close.map(() => Math.round(1000 * Math.abs(next()))),
  };
  const params = { fast: 4, slow: 9 };
  return { program, done: backtest(program, bars, { interval: "1m", cash: 1e6, params }) };
}

function timed<Result>(what: string, work: () => Result): Result {
  const times = bestTimes();
  let result = work();
  for (let round = 0; round < rounds; round++) {
    const stop = times.start();
    result = work();
    stop();
  }
  rows.push({ what, ...times.best() });
  return result;
}

/** A page is compressed by another thread, whose CPU time counts. */
async function timedPage(what: string, work: () => Promise<string>): Promise<void> {
  const times = bestTimes();
  await work();
  for (let round = 0; round < rounds; round++) {
    const stop = times.start();
    await work();
    stop();
  }
  rows.push({ what, ...times.best() });
}

function bestTimes() {
  let [cpu, wall] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const start = () => {
    const [used, began] = [process.cpuUsage(), performance.now()];
    return () => {
      const { user, system } = process.cpuUsage(used);
      cpu = Math.min(cpu, (user + system) / 1e6);
      wall = Math.min(wall, (performance.now() - began) / 1e3);
    };
  };
  const best = () => ({ seconds: Number(cpu.toFixed(4)), wall: Number(wall.toFixed(4)) });
  return { start, best };
}

function beside(found: NonNullable<ReturnType<typeof bootstrap>>): void {
  const script = fileURLToPath(new URL("./numpy_bootstrap.py", import.meta.url));
  const args = [script, resamples, BLOCK, rounds].map(String);
  const { stdout, stderr, status } = spawnSync(PYTHON, args, {
    input: Buffer.from(returns.buffer),
  });
  if (status !== 0) throw new Error(`numpy ended with ${status}: ${stderr}`);
  const numpy = JSON.parse(String(stdout)) as { seconds: number; low: number[]; high: number[] };
  [found.total_return, found.sharpe, found.max_drawdown].forEach(({ low, high }, k) => {
    const off = Math.max(Math.abs(low - numpy.low[k]), Math.abs(high - numpy.high[k]));
    if (!(off < 0.1 * (high - low)))
      throw new Error(`no parity: ${low} to ${high}, numpy off by ${off}`);
  });
  const row = rows[rows.length - 1];
  row.numpy = Number(numpy.seconds.toFixed(4));
  row.ratio = Number((numpy.seconds / row.seconds).toFixed(2));
}
