import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { uniform } from "../../fixtures/random.ts";
import { backtest, compile } from "../../src/index.ts";
import {
  barReturns,
  benchmarkStatistics,
  buyAndHoldReturns,
  distributionOf,
  monthlyReturns,
  rollingMetrics,
  worstDrawdowns,
} from "../../src/stats/analysis/index.ts";
import { metricsOf } from "../../src/stats/metrics.ts";
import {
  betaTails,
  binomialPmf,
  binomialTest,
  deflatedSharpe,
  kellyFromTrades,
  logGamma,
  normalCdf,
  normalQuantile,
  optimalBlockLength,
  probabilisticSharpe,
  sharpeEstimate,
  superiorAbility,
  wilsonInterval,
} from "../../src/stats/validation/index.ts";
import { noise } from "../stats/noise.ts";
import { HOW_TO_RUN, mayBeMissing, python } from "./oracle.ts";
import { type PlainRun, plainRun } from "./statistics-run.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SEED = Number(process.env["SWYMC_SEED"] ?? Date.now() % 2147483647) % 1_000_000;
const YEAR = 365;
/** Imports, and vectorbt compiles on first use. */
const SLOW = 600_000;

console.log(
  mayBeMissing
    ? `oracles, statistics: skipped, ${HOW_TO_RUN}`
    : `oracles, statistics: SWYMC_SEED=${SEED}`,
);

function ask<Answers>(questions: object): Answers {
  if (python === undefined) throw new Error(HOW_TO_RUN);
  const script = join(ROOT, "test/oracle/statistics_oracle.py");
  const input = JSON.stringify(questions);
  const { stdout, stderr, status } = spawnSync(python, [script], { input, maxBuffer: 1 << 28 });
  if (status !== 0)
    throw new Error(`the oracle ended with ${status}: ${String(stderr).slice(-2000)}`);
  return JSON.parse(String(stdout)) as Answers;
}

const random = uniform(SEED);
const between = (low: number, high: number) => low + (high - low) * random();
const whole = (low: number, high: number) => Math.floor(between(low, high + 1));

function near(ours: number | null, theirs: number, relative: number, absolute = 0): void {
  const off = Math.abs((ours ?? Number.NaN) - theirs);
  expect([ours, theirs, off <= relative * Math.abs(theirs) + absolute]).toEqual([
    ours,
    theirs,
    true,
  ]);
}

describe.skipIf(mayBeMissing)("special functions and tests beside scipy", () => {
  test("special functions have its values", () => {
    const functions: Record<string, (...args: number[]) => number> = {
      normalCdf,
      normalQuantile,
      logGamma,
      lower: (a, b, x) => betaTails(a, b, x).lower,
      upper: (a, b, x) => betaTails(a, b, x).upper,
      binomialPmf,
    };
    const rows = Array.from({ length: 400 }, (): [string, number[]][] => {
      const [a, b] = [10 ** between(-0.5, 2.5), 10 ** between(-0.5, 2.5)];
      const x = Math.min(0.999, Math.max(0.001, a / (a + b) + between(-0.2, 0.2)));
      const n = whole(1, 2000);
      return [
        ["normalCdf", [between(-37, 8)]],
        ["normalQuantile", [random()]],
        ["logGamma", [10 ** between(-8, 6)]],
        [x < a / (a + b) ? "lower" : "upper", [a, b, x]],
        ["binomialPmf", [whole(0, n), n, between(0.05, 0.95)]],
      ];
    }).flat();
    const { special } = ask<{ special: number[] }>({ special: rows });
    rows.forEach(([name, args], i) => {
      // scipy's own last digits: a tail of a tail, a logarithm near its root.
      if (special[i] > 1e-290)
        near(functions[name](...args), special[i], 2e-12, name === "logGamma" ? 1e-14 : 0);
    });
  });

  test("binomial tests and Wilson intervals are its own", () => {
    const rows = Array.from({ length: 300 }, () => {
      const n = whole(1, 500);
      return [whole(0, n), n, between(0.02, 0.98)];
    });
    const { proportions } = ask<{ proportions: number[][] }>({ proportions: rows });
    rows.forEach(([k, n, p], i) => {
      const [both, greater, less, low, high] = proportions[i];
      // scipy leaves the least of them at 0.
      near(binomialTest(k, n, p), both, 1e-10, 1e-290);
      near(binomialTest(k, n, p, "greater"), greater, 1e-10, 1e-290);
      near(binomialTest(k, n, p, "less"), less, 1e-10, 1e-290);
      const interval = wilsonInterval(k, n)!;
      near(interval.low, low, 1e-10, 1e-15);
      near(interval.high, high, 1e-10);
    });
  });

  test("distributions and rolling deviations are those of numpy, scipy and pandas", () => {
    type Sample = Record<"skewness" | "kurtosis" | "deviation", number> &
      Record<"quantiles" | "counts" | "edges" | "rolling", number[]>;
    const rows = Array.from({ length: 20 }, (_, k) => [...noise(SEED + k, whole(30, 300))]);
    const { samples } = ask<{ samples: Sample[] }>({ samples: rows });
    rows.forEach((row, i) => {
      const values = Float64Array.from(row);
      const ours = distributionOf(values, 17)!;
      const theirs = samples[i];
      near(ours.skewness, theirs.skewness, 1e-10, 1e-12);
      near(ours.kurtosis, theirs.kurtosis, 1e-10);
      near(ours.deviation, theirs.deviation, 1e-12);
      [ours.p05, ours.p25, ours.median, ours.p75, ours.p95].forEach((q, k) => {
        near(q, theirs.quantiles[k], 1e-12, 1e-16);
      });
      expect([...ours.histogram.counts]).toEqual(theirs.counts);
      theirs.edges.forEach((edge, k) => {
        near(ours.histogram.edges[k], edge, 1e-12, 1e-15);
      });
      let equity = 1;
      const curve = values.map((r) => (equity *= 1 + r));
      const { volatility } = rollingMetrics(curve, 1, { window: 20, barsPerYear: 1 });
      for (let bar = 19; bar < values.length; bar++)
        near(volatility[bar], theirs.rolling[bar], 1e-9);
    });
  });
});

test.skipIf(mayBeMissing)(
  "the deflated Sharpe ratio is vectorbt's formula with raw kurtosis",
  () => {
    const rows = Array.from({ length: 50 }, () => [
      between(0.02, 0.6),
      10 ** between(-4, -2),
      whole(2, 5000),
      whole(30, 3000),
      between(-1, 1),
      between(3, 12),
    ]);
    const { deflated } = ask<{ deflated: number[][] }>({ deflated: rows });
    rows.forEach(([sharpe, variance, trials, count, skewness, kurtosis], i) => {
      const ours = deflatedSharpe({ sharpe, count, skewness, kurtosis }, trials, variance);
      near(ours.expected_maximum, deflated[i][0], 1e-10);
      near(ours.probability, deflated[i][1], 1e-10, 1e-290);
    });
  },
  SLOW,
);

describe.skipIf(mayBeMissing)("data snooping beside arch", () => {
  const RESAMPLES = 2000;
  const cases = Array.from({ length: 4 }, (_, k) => {
    const series = Array.from({ length: 6 }, (_, t) => {
      const x = noise(SEED + 100 * k + t, 250, between(-0.0003, 0.0008));
      for (let i = 1; i < x.length && k > 1; i++) x[i] += 0.4 * x[i - 1];
      return x;
    });
    return { series: series.map((x) => [...x]), block: 5, resamples: RESAMPLES, seed: SEED + k };
  });
  let found: {
    reality_check: number;
    spa: Record<"upper" | "consistent" | "lower", number>;
    stationary: number[];
    circular: number[];
  }[];
  beforeAll(() => {
    found = ask<{ trials: typeof found }>({ trials: cases }).trials;
  }, SLOW);

  test("p-values differ by no more than two draws of the resamples do", () => {
    cases.forEach(({ series, block, seed }, k) => {
      const trials = series.map((x) => Float64Array.from(x));
      const ours = superiorAbility(trials, { blockLength: block, resamples: RESAMPLES, seed })!;
      const agree = (p: number, theirs: number) =>
        near(p, theirs, 0, 5 * Math.sqrt((2 * Math.max(theirs * (1 - theirs), 0.001)) / RESAMPLES));
      agree(ours.reality_check, found[k].reality_check);
      agree(ours.spa.upper, found[k].spa.upper);
      agree(ours.spa.consistent, found[k].spa.consistent);
      agree(ours.spa.lower, found[k].spa.lower);
    });
  });

  test("block lengths are its own, but never below a bar", () => {
    cases.forEach(({ series }, k) => {
      series.forEach((x, t) => {
        const ours = optimalBlockLength(Float64Array.from(x));
        near(ours.stationary, Math.max(1, found[k].stationary[t]), 1e-9);
        near(ours.circular, Math.max(1, found[k].circular[t]), 1e-9);
      });
    });
  });
});

type Numbers = Record<string, number>;
interface Judged {
  readonly quantstats: Numbers & { readonly months: number[][]; readonly drawdowns: number[] };
  readonly backtesting: Numbers;
  readonly vectorbt: Numbers & { readonly stats: Numbers; readonly equity: number[] };
}

/** The table of docs/statistics.md: what is equal, and where another formula gives another number. */
describe.skipIf(mayBeMissing)("metrics of one account beside", () => {
  const accounts = Array.from({ length: 6 }, (_, k) => plainRun(SEED + k, whole(200, 700)));
  const ours = accounts.map(judge);
  let theirs: Judged[];
  beforeAll(() => {
    theirs = ask<{ runs: Judged[] }>({ runs: accounts }).runs;
  }, SLOW);
  const each =
    (check: (mine: (typeof ours)[number], other: Judged, run: PlainRun) => void) => () => {
      accounts.forEach((run, k) => {
        check(ours[k], theirs[k], run);
      });
    };

  test(
    "QuantStats, equal",
    each((mine, { quantstats: q }, run) => {
      for (const name of [
        "total_return",
        "cagr",
        "volatility",
        "sharpe",
        "sortino",
        "max_drawdown",
        "calmar",
        "omega",
      ]) {
        near(mine.metrics[name as "cagr"], q[name], 1e-9, 1e-12);
      }
      near(mine.benchmark.beta, q["beta"], 1e-9, 1e-12);
      near(mine.benchmark.alpha, q["alpha"], 1e-9, 1e-12);
      near(mine.benchmark.correlation! ** 2, q["r_squared"], 1e-9, 1e-12);
      near(mine.benchmark.information_ratio, q["information_ratio"] * Math.sqrt(YEAR), 1e-9, 1e-12);
      const rows = monthlyReturns(
        Float64Array.from(run.equity),
        run.cash,
        Float64Array.from(run.time),
      );
      rows.forEach(({ months, total }, year) => {
        for (const [month, r] of months.entries()) near(r ?? 0, q.months[year][month], 1e-9, 1e-12);
        near(total, q.months[year][12], 1e-9, 1e-12);
      });
      const depths = worstDrawdowns(Float64Array.from(run.equity), run.cash, 5).map(
        ({ depth }) => depth,
      );
      for (const [k, depth] of depths.entries()) near(depth, q.drawdowns[k], 1e-9, 1e-12);
    }),
  );

  test(
    "QuantStats, by another formula",
    each((mine, { quantstats: q }, run) => {
      const rf = (1 + run.rf) ** (1 / YEAR) - 1;
      const shift = ((run.rf / YEAR - rf) / mine.deviation) * Math.sqrt(YEAR);
      near(mine.withRf.sharpe! + shift, q["sharpe_rf"], 1e-9, 1e-12);
      const corrected = {
        ...mine.estimate,
        skewness: q["skewness"],
        kurtosis: 3 + q["excess_kurtosis"],
      };
      near(probabilisticSharpe(corrected), q["probabilistic_sharpe"], 1e-9);
      const { count: n, skewness, kurtosis } = mine.estimate;
      near((skewness * Math.sqrt(n * (n - 1))) / (n - 2), q["skewness"], 1e-8, 1e-10);
      const excess = (((n + 1) * kurtosis - 3 * (n - 1)) * (n - 1)) / ((n - 2) * (n - 3));
      near(excess, q["excess_kurtosis"], 1e-8, 1e-10);
      expect(Math.abs(mine.metrics.profit_factor! - q["profit_factor"])).toBeGreaterThan(1e-6);
    }),
  );

  test(
    "backtesting.py, equal",
    each((mine, { backtesting: b }, run) => {
      const { metrics } = mine;
      near(metrics.final_equity, b["Equity Final [$]"], 1e-12);
      near(100 * metrics.total_return!, b["Return [%]"], 1e-9, 1e-10);
      near(100 * metrics.cagr!, b["Return (Ann.) [%]"], 1e-9, 1e-10);
      near(100 * metrics.buy_and_hold_return!, b["Buy & Hold Return [%]"], 1e-9);
      near(100 * -metrics.max_drawdown!, b["Max. Drawdown [%]"], 1e-9);
      near(metrics.calmar, b["Calmar Ratio"], 1e-9, 1e-12);
      near(metrics.closed_trades, b["# Trades"], 0);
      near(100 * metrics.win_rate!, b["Win Rate [%]"], 1e-12);
      near(100 * metrics.average_trade!, b["Expectancy [%]"], 1e-9, 1e-12);
      near(metrics.sqn, b["SQN"], 1e-9, 1e-12);
      const kelly = kellyFromTrades(Float64Array.from(run.trades.pnl), { resamples: 1 })!;
      near(Math.max(-1, b["Kelly Criterion"]), kelly.kelly, 1e-9, 1e-12);
    }),
  );

  test(
    "backtesting.py, by another formula",
    each((mine, { backtesting: b }, run) => {
      const { metrics, mean, deviation } = mine;
      const growth = Math.exp(Math.log1p(metrics.total_return!) / run.equity.length);
      const volatility = Math.sqrt((deviation ** 2 + growth ** 2) ** YEAR - growth ** (2 * YEAR));
      near(100 * volatility, b["Volatility (Ann.) [%]"], 1e-8);
      near(metrics.cagr! / volatility, b["Sharpe Ratio"], 1e-8, 1e-10);
      near((metrics.sortino! / (mean * YEAR)) * metrics.cagr!, b["Sortino Ratio"], 1e-8, 1e-10);
      const ratios = run.trades.pnl.map(
        (pnl, i) => pnl / (run.trades.quantity[i] * run.trades.entryPrice[i]),
      );
      const won = ratios.reduce((sum, r) => sum + Math.max(0, r), 0);
      near(won / ratios.reduce((sum, r) => sum + Math.max(0, -r), 0), b["Profit Factor"], 1e-9);
      expect(b["Exposure Time [%]"]).toBeGreaterThan(100 * metrics.exposure! - 1);
    }),
  );

  test(
    "vectorbt's stats(), equal",
    each((mine, { vectorbt: v }, run) => {
      for (const [bar, value] of run.equity.entries()) near(value, v.equity[bar], 1e-12);
      const { metrics } = mine;
      const { stats } = v;
      near(100 * metrics.total_return!, stats["Total Return [%]"], 1e-9, 1e-10);
      near(100 * metrics.buy_and_hold_return!, stats["Benchmark Return [%]"], 1e-9);
      near(100 * metrics.max_drawdown!, stats["Max Drawdown [%]"], 1e-9);
      near(metrics.commission, stats["Total Fees Paid"], 1e-9);
      near(metrics.closed_trades, stats["Total Closed Trades"], 0);
      near(100 * metrics.win_rate!, stats["Win Rate [%]"], 1e-9);
      near(100 * metrics.best_trade!, stats["Best Trade [%]"], 1e-9);
      near(100 * metrics.worst_trade!, stats["Worst Trade [%]"], 1e-9);
      near(metrics.profit_factor, stats["Profit Factor"], 1e-9);
      near(metrics.expectancy, stats["Expectancy"], 1e-9, 1e-9);
      near(metrics.sharpe, stats["Sharpe Ratio"], 1e-9, 1e-12);
      near(metrics.sortino, stats["Sortino Ratio"], 1e-9, 1e-12);
      near(metrics.calmar, stats["Calmar Ratio"], 1e-9, 1e-12);
      near(metrics.omega, stats["Omega Ratio"], 1e-9);
      near(mine.withRf.sharpe, v["sharpe_rf"], 1e-9, 1e-12);
      near(mine.withRf.sortino, v["sortino_rf"], 1e-9, 1e-12);
      near(mine.benchmark.beta, v["beta"], 1e-9, 1e-12);
      near(mine.benchmark.information_ratio, v["information_ratio"] * Math.sqrt(YEAR), 1e-9, 1e-12);
    }),
  );

  test(
    "vectorbt, by another formula",
    each((mine, { vectorbt: v }, run) => {
      near((1 + mine.benchmark.alpha! / YEAR) ** YEAR - 1, v["alpha"], 1e-9, 1e-12);
      const held = buyAndHoldReturns(Float64Array.from(run.close));
      const yearly = (sign: number) => {
        const chosen = held.filter((b) => Math.sign(b) === sign);
        const logs = chosen.reduce((sum, b) => sum + Math.log1p(b), 0) / chosen.length;
        const capture = sign > 0 ? mine.benchmark.up_capture! : mine.benchmark.down_capture!;
        return ((1 + capture * Math.expm1(logs)) ** YEAR - 1) / Math.expm1(YEAR * logs);
      };
      near(yearly(1), v["up_capture"], 1e-8, 1e-12);
      near(yearly(-1), v["down_capture"], 1e-8, 1e-12);
    }),
  );
});

function judge(run: PlainRun) {
  const { trades, close } = run;
  const equity = Float64Array.from(run.equity);
  const count = trades.pnl.length;
  const input = {
    cash: run.cash,
    equity,
    firstBar: 0,
    trades: {
      length: count,
      quantity: Float64Array.from(trades.quantity),
      entryPrice: Float64Array.from(trades.entryPrice),
      pnl: Float64Array.from(trades.pnl),
      barsHeld: Int32Array.from(trades.exitBar, (bar, i) => bar - trades.entryBar[i]),
      open: new Uint8Array(count),
    },
    barsInPosition: trades.exitBar.reduce((sum, bar, i) => sum + bar - trades.entryBar[i], 0),
    commission: run.orders.reduce((sum, order, i) => sum + Math.abs(order) * close[i] * run.fee, 0),
    traded: 0,
    firstClose: close[0],
    lastClose: close[close.length - 1],
    barsPerYear: YEAR,
    riskFreeReturn: 0,
    invested: null,
  };
  const returns = barReturns(equity, run.cash);
  const estimate = sharpeEstimate(returns)!;
  const mean = returns.reduce((a, b) => a + b, 0) / returns.length;
  return {
    metrics: metricsOf(input).metrics,
    withRf: metricsOf({ ...input, riskFreeReturn: run.rf }).metrics,
    benchmark: benchmarkStatistics(returns, buyAndHoldReturns(Float64Array.from(close)), {
      barsPerYear: YEAR,
    })!,
    estimate,
    mean,
    deviation: mean / estimate.sharpe,
  };
}

interface Beside {
  readonly missing: number;
  readonly beta: number;
  readonly alpha: number;
  readonly information_ratio: number;
  readonly r_squared: number;
  readonly benchmark_return: number;
  readonly up_capture: number;
  readonly down_capture: number;
}

test.skipIf(mayBeMissing)(
  "a run beside another symbol is as QuantStats has it over closes that pandas aligned",
  () => {
    const rules = readFileSync(join(ROOT, "fixtures/rules/ema_crossover_params.json"), "utf8");
    const { program } = compile(rules);
    const series = (seed: number, bars: number, first: number) => {
      let price = 100;
      const close = noise(seed, bars, 0.0004, 0.02).map((r) => (price *= 1 + r));
      const time = close.map((_, bar) => Date.UTC(2021, 4, 3 + first + bar));
      return { time, open: close, high: close, low: close, close, volume: close };
    };
    const cases = Array.from({ length: 6 }, (_, k) => {
      const bars = series(SEED + 100 + k, whole(200, 700), 0);
      // Begins later or earlier than the run, and lacks some of its days.
      const complete = series(SEED + 200 + k, 800, whole(-20, 20));
      const kept = Array.from(complete.close.keys()).filter(() => random() > 0.05);
      const pick = (column: Float64Array) => Float64Array.from(kept, (i) => column[i]!);
      const [time, close] = [pick(complete.time), pick(complete.close)];
      const benchmark = { time, open: close, high: close, low: close, close, volume: close };
      const params = { fast: 3, slow: 8 };
      const done = backtest(program!, bars, {
        params,
        interval: "1d",
        benchmark: { name: "other", data: benchmark },
      });
      return { bars, benchmark, done };
    });
    const theirs = ask<{ benchmarks: Beside[] }>({
      benchmarks: cases.map(({ bars, benchmark, done }) => ({
        time: Array.from(bars.time),
        cash: done.run.cash,
        equity: Array.from(done.run.equity),
        benchmark: { time: Array.from(benchmark.time), close: Array.from(benchmark.close) },
      })),
    }).benchmarks;
    cases.forEach(({ done }, k) => {
      const { bars_missing, metrics } = done.result.benchmark!;
      const other = theirs[k]!;
      expect(bars_missing).toBe(other.missing);
      expect(done.result.trades.length).toBeGreaterThan(5);
      for (const name of ["beta", "alpha", "benchmark_return"] as const)
        near(metrics![name], other[name], 1e-9, 1e-12);
      for (const name of ["up_capture", "down_capture"] as const)
        near(metrics![name], other[name], 1e-7, 1e-10);
      near(metrics!.correlation! ** 2, other.r_squared, 1e-9, 1e-12);
      near(metrics!.information_ratio, other.information_ratio * Math.sqrt(YEAR), 1e-9, 1e-12);
    });
  },
  SLOW,
);
