import {
  type AnalysedRun,
  type BenchmarkStatistics,
  barReturns,
  benchmarkStatistics,
  buyAndHoldReturns,
  excursions,
  metricsBySide,
  monthlyReturns,
  rollingMetrics,
  worstDrawdowns,
} from "../../stats/analysis/index.ts";
import { METRICS } from "../../stats/index.ts";
import type { Bars } from "../../vector/index.ts";
import { isoTime } from "../../vector/iso-time.ts";
import { benchmarkRows } from "../benchmark-rows.ts";
import type { BacktestResult } from "../result.ts";
import { robustnessFindings, verdictFindings } from "../validation/findings.ts";
import type { RunValidation } from "../validation/validate-run.ts";
import { pack } from "./packed.ts";
import type { FunnelRow, ReportData, ReportDrawdown, ReportIndicator } from "./report-data.ts";

/** A run with all that its page tells. */
export interface ReportInput {
  readonly title: string;
  readonly version: string;
  readonly command: string | null;
  readonly strategy: ReportData["strategy"];
  readonly result: BacktestResult;
  readonly bars: Bars;
  readonly run: AnalysedRun;
  /** Null: buying and holding. `close`: one value per bar of the run. */
  readonly benchmark: ReportBenchmark | null;
  readonly validation: RunValidation;
  /** One value per bar of `bars`. */
  readonly indicators: readonly (ReportIndicator & { readonly values: Float64Array })[];
  readonly funnel: readonly FunnelRow[];
  readonly signals: ReportData["signals"];
}

export interface ReportBenchmark {
  readonly name: string;
  readonly close: Float64Array;
  readonly result: { readonly metrics: BenchmarkStatistics | null };
}

/** Points of the rolling chart, which has no need of every bar. */
const ROLLING_POINTS = 20_000;
const ROLLING = ["sharpe", "total_return", "volatility", "drawdown"] as const;
const WORST_DRAWDOWNS = 10;

/** The page's data and the bytes of its columns. */
export function collect(input: ReportInput): { data: ReportData; bytes: Uint8Array } {
  const { result, run, bars, validation } = input;
  const { trades: _, ...told } = result;
  const sides = metricsBySide(run);
  const rolling = rollingColumns(run);
  const { columns, bytes } = pack(
    {
      ...barColumns(bars, run),
      ...(input.benchmark === null ? {} : { benchmark: input.benchmark.close }),
      ...Object.fromEntries(
        input.indicators.map(({ column, values }) => [column, values.subarray(run.firstBar)]),
      ),
      ...tradeColumns(bars, run, result.settings.fill === "close"),
      ...rolling.columns,
    },
    {
      open: { base: "close" },
      high: { base: "close" },
      low: { base: "close" },
      volume: { digits: 4 },
      equity: { digits: 7 },
      ...Object.fromEntries(input.indicators.map(({ column }) => [column, { digits: 6 }])),
      ...Object.fromEntries(ROLLING.map((name) => [`rolling.${name}`, { digits: 4 }])),
    },
  );
  const data: ReportData = {
    title: input.title,
    version: input.version,
    command: input.command,
    strategy: input.strategy,
    result: told,
    definitions: METRICS,
    columns,
    indicators: input.indicators.map(({ label, column, pane }) => ({ label, column, pane })),
    verdict: verdictFindings(validation),
    robustness: robustnessFindings(validation),
    months: monthlyReturns(run.equity, run.cash, bars.time.subarray(run.firstBar)),
    drawdowns: drawdownRows(run),
    sides: { all: result.metrics!, long: sides.long.metrics, short: sides.short.metrics },
    rollingWindow: rolling.window,
    benchmark: benchmarkOf(input),
    funnel: input.funnel,
    signals: input.signals,
  };
  return { data, bytes };
}

function benchmarkOf({ benchmark, run }: ReportInput): ReportData["benchmark"] {
  if (benchmark !== null) {
    return { name: benchmark.name, rows: benchmarkRows(benchmark.result.metrics) };
  }
  const { equity, cash, close, firstBar } = run;
  const held = buyAndHoldReturns(close, firstBar);
  const found = benchmarkStatistics(barReturns(equity, cash), held, run);
  return { name: "Buy and hold", rows: benchmarkRows(found) };
}

function barColumns(bars: Bars, { equity, firstBar }: AnalysedRun) {
  const { time, ...prices } = bars;
  const cut = Object.entries(prices).map(([name, values]) => [name, values.subarray(firstBar)]);
  return { time: inSeconds(time.subarray(firstBar)), ...Object.fromEntries(cut), equity };
}

function inSeconds(times: Float64Array): Float64Array {
  const seconds = new Float64Array(times.length);
  for (let i = 0; i < times.length; i++) seconds[i] = times[i]! / 1000;
  return seconds;
}

function tradeColumns(bars: Bars, run: AnalysedRun, fillsAtClose: boolean) {
  const { trades } = run;
  const { adverse, favourable } = excursions({
    trades,
    high: bars.high,
    low: bars.low,
    fillsAtClose,
  });
  const column = (value: (i: number) => number) => numbers(trades.length, value);
  const seconds = (bar: number) => (bar < 0 ? Number.NaN : bars.time[bar]! / 1000);
  const closed = (value: (i: number) => number) =>
    column((i) => (trades.open[i] === 1 ? Number.NaN : value(i)));
  return {
    "trade.side": column((i) => trades.side[i]!),
    "trade.quantity": trades.quantity,
    "trade.entry_time": column((i) => seconds(trades.entryBar[i]!)),
    "trade.entry_price": trades.entryPrice,
    "trade.exit_time": column((i) => seconds(trades.exitBar[i]!)),
    "trade.exit_price": closed((i) => trades.exitPrice[i]!),
    "trade.bars": column((i) => trades.barsHeld[i]!),
    "trade.pnl": trades.pnl,
    "trade.return": closed(
      (i) => trades.pnl[i]! / Math.abs(trades.quantity[i]! * trades.entryPrice[i]!),
    ),
    "trade.best": favourable,
    "trade.worst": adverse.map((depth) => -depth),
  };
}

/** Not `Float64Array.from`, which makes an object of every number. */
function numbers(length: number, value: (i: number) => number): Float64Array {
  const values = new Float64Array(length);
  for (let i = 0; i < length; i++) values[i] = value(i);
  return values;
}

function rollingColumns(run: AnalysedRun) {
  const n = run.equity.length;
  const window = Math.min(Math.floor(n / 4), Math.round(run.barsPerYear / 4));
  if (window < 20) return { window, columns: {} };
  const found = rollingMetrics(run.equity, run.cash, { ...run, window });
  const step = Math.max(1, Math.ceil(n / ROLLING_POINTS));
  const thinned = (value: (i: number) => number) =>
    numbers(Math.floor((n - window) / step) + 1, (k) => value(window - 1 + k * step));
  return {
    window,
    columns: {
      "rolling.time": thinned((i) => run.time[run.firstBar + i]! / 1000),
      ...Object.fromEntries(
        ROLLING.map((name) => [`rolling.${name}`, thinned((i) => found[name][i]!)]),
      ),
    },
  };
}

function drawdownRows({ equity, cash, time, firstBar }: AnalysedRun): ReportDrawdown[] {
  const at = (bar: number) => isoTime(time[firstBar + Math.max(0, bar)]);
  return worstDrawdowns(equity, cash, WORST_DRAWDOWNS).map(
    ({ peak, trough, end, depth, bars }) => ({
      start: at(peak),
      trough: at(trough),
      end: end === null ? null : at(end),
      depth,
      bars,
    }),
  );
}
