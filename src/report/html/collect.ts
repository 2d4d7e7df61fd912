import {
  type AnalysedRun,
  type BenchmarkStatistics,
  barReturns,
  benchmarkStatistics,
  buyAndHoldReturns,
  metricsBySide,
  monthlyReturns,
} from "../../stats/analysis/index.ts";
import { METRICS } from "../../stats/index.ts";
import type { Bars } from "../../vector/index.ts";
import { benchmarkRows } from "../benchmark-rows.ts";
import type { BacktestResult } from "../result.ts";
import { robustnessFindings, verdictFindings } from "../validation/findings.ts";
import type { RunValidation } from "../validation/validate-run.ts";
import { CURVE_PACKING, drawdownRows, inSeconds, rollingColumns } from "./of-curve.ts";
import { type Packed, pack } from "./packed.ts";
import type { FunnelRow, ReportData, ReportIndicator } from "./report-data.ts";
import { tradeColumns } from "./trade-columns.ts";

/** What the columns of a run's page are made of. */
export interface ReportColumns {
  readonly bars: Bars;
  readonly run: AnalysedRun;
  /** See {@link barReturns}. */
  readonly returns: Float64Array;
  readonly fillsAtClose: boolean;
  /** Null: buying and holding. `close`: one value per bar of the run. */
  readonly benchmark: ReportBenchmark | null;
  /** One value per bar of `bars`. */
  readonly indicators: readonly (ReportIndicator & { readonly values: Float64Array })[];
}

/** A run with all that its page tells beside its columns. */
export interface ReportInput extends ReportColumns {
  readonly title: string;
  readonly version: string;
  readonly command: string | null;
  readonly strategy: ReportData["strategy"];
  readonly result: BacktestResult;
  readonly validation: RunValidation;
  readonly funnel: readonly FunnelRow[];
  readonly signals: ReportData["signals"];
}

export interface ReportBenchmark {
  readonly name: string;
  readonly close: Float64Array;
  readonly result: { readonly metrics: BenchmarkStatistics | null };
}

/** The packed columns of a page. */
export interface ReportPack extends Packed {
  /** Bars of the window of rolling metrics. */
  readonly rollingWindow: number;
}

export function packRun(input: ReportColumns): ReportPack {
  const { bars, run, returns, benchmark, indicators } = input;
  const rolling = rollingColumns(run, returns);
  const packed = pack(
    {
      ...barColumns(bars, run),
      ...(benchmark === null ? {} : { benchmark: benchmark.close }),
      ...Object.fromEntries(
        indicators.map(({ column, values }) => [column, values.subarray(run.firstBar)]),
      ),
      ...tradeColumns(bars, run.trades, input.fillsAtClose),
      ...rolling.columns,
    },
    {
      open: { base: "close", lag: 1 },
      high: { base: "close" },
      low: { base: "close" },
      volume: { digits: 4 },
      ...CURVE_PACKING,
      ...Object.fromEntries(indicators.map(({ column }) => [column, { digits: 6 }])),
    },
  );
  return { ...packed, rollingWindow: rolling.window };
}

/** What a page tells beside its columns. */
export function reportData(input: ReportInput, { columns, rollingWindow }: ReportPack): ReportData {
  const { result, run, bars, validation } = input;
  const { trades: _, ...told } = result;
  const sides = metricsBySide(run);
  return {
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
    sides: [
      { title: "All", metrics: result.metrics! },
      { title: "Long", metrics: sides.long.metrics },
      { title: "Short", metrics: sides.short.metrics },
    ],
    symbols: null,
    rollingWindow,
    benchmark: benchmarkOf(input),
    funnel: input.funnel,
    signals: input.signals,
  };
}

function benchmarkOf({ benchmark, run, returns }: ReportInput): ReportData["benchmark"] {
  if (benchmark !== null) {
    return { name: benchmark.name, rows: benchmarkRows(benchmark.result.metrics) };
  }
  const { close, firstBar } = run;
  const held = buyAndHoldReturns(close, firstBar);
  const found = benchmarkStatistics(returns, held, run);
  return { name: "Buy and hold", rows: benchmarkRows(found) };
}

function barColumns(bars: Bars, { equity, firstBar }: AnalysedRun) {
  const { time, ...prices } = bars;
  const cut = Object.entries(prices).map(([name, values]) => [name, values.subarray(firstBar)]);
  return { time: inSeconds(time.subarray(firstBar)), ...Object.fromEntries(cut), equity };
}
