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
import { pack } from "./packed.ts";
import type { FunnelRow, ReportData, ReportIndicator } from "./report-data.ts";
import { tradeColumns } from "./trade-columns.ts";

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
      ...tradeColumns(bars, run.trades, result.settings.fill === "close"),
      ...rolling.columns,
    },
    {
      open: { base: "close" },
      high: { base: "close" },
      low: { base: "close" },
      volume: { digits: 4 },
      ...CURVE_PACKING,
      ...Object.fromEntries(input.indicators.map(({ column }) => [column, { digits: 6 }])),
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
    sides: [
      { title: "All", metrics: result.metrics! },
      { title: "Long", metrics: sides.long.metrics },
      { title: "Short", metrics: sides.short.metrics },
    ],
    symbols: null,
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
