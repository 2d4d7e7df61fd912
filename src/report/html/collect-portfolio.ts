import type { MergedTrades } from "../../backtest/index.ts";
import {
  type AnalysedRun,
  type AnalysedTrades,
  barReturns,
  benchmarkStatistics,
  buyAndHoldReturns,
  monthlyReturns,
} from "../../stats/analysis/index.ts";
import { METRICS, type Metrics } from "../../stats/index.ts";
import type { Bars } from "../../vector/index.ts";
import { benchmarkRows } from "../benchmark-rows.ts";
import { robustnessFindings, verdictFindings } from "../validation/findings.ts";
import type { RunValidation } from "../validation/validate-run.ts";
import { CURVE_PACKING, drawdownRows, inSeconds, numbers, rollingColumns } from "./of-curve.ts";
import { pack } from "./packed.ts";
import type { ReportData, ReportedRun } from "./report-data.ts";
import { tradeColumns } from "./trade-columns.ts";

/** A run of several symbols with all that its page tells. */
export interface PortfolioReportInput
  extends Pick<ReportData, "title" | "version" | "command" | "strategy"> {
  readonly result: ReportedRun;
  readonly metrics: Metrics;
  /** As of `analysedPortfolio`: its close is the benchmark. */
  readonly run: AnalysedRun;
  readonly validation: RunValidation;
  readonly members: readonly ReportedMember[];
  /** The table of the symbols; its first row is the head. */
  readonly table: readonly string[][];
  readonly trades: Pick<MergedTrades, "member" | "index" | "length">;
  readonly fillsAtClose: boolean;
}

export interface ReportedMember {
  readonly symbol: string;
  readonly bars: Bars;
  readonly trades: AnalysedTrades;
}

/** The page's data and the bytes of its columns. */
export function collectPortfolio(input: PortfolioReportInput): {
  data: ReportData;
  bytes: Uint8Array;
} {
  const { run, validation, members } = input;
  const { equity, cash, time, close, firstBar } = run;
  const returns = barReturns(equity, cash);
  const rolling = rollingColumns(run, returns);
  const { columns, bytes } = pack(
    {
      time: inSeconds(time.subarray(firstBar)),
      equity,
      benchmark: close.subarray(firstBar),
      ...mergedColumns(input),
      ...rolling.columns,
    },
    { ...CURVE_PACKING, benchmark: { digits: 7 } },
  );
  const held = buyAndHoldReturns(close, firstBar);
  const beside = benchmarkStatistics(returns, held, run);
  const { title, version, command, strategy, result } = input;
  const data: ReportData = {
    ...{ title, version, command, strategy, result, columns },
    definitions: METRICS,
    indicators: [],
    verdict: verdictFindings(validation),
    robustness: robustnessFindings(validation),
    months: monthlyReturns(equity, cash, time.subarray(firstBar)),
    drawdowns: drawdownRows(run),
    sides: [{ title: "All", metrics: input.metrics }],
    symbols: { names: members.map(({ symbol }) => symbol), rows: input.table },
    rollingWindow: rolling.window,
    benchmark: { name: "Equal parts, held", rows: benchmarkRows(beside) },
    funnel: [],
    signals: { of: "none", because: [] },
  };
  return { data, bytes };
}

/** The columns of each symbol's trades, joined in the order of the account's. */
function mergedColumns({ members, trades, fillsAtClose }: PortfolioReportInput) {
  const own = members.map((one) => tradeColumns(one.bars, one.trades, fillsAtClose));
  const names = Object.keys(own[0] ?? {}) as (keyof ReturnType<typeof tradeColumns>)[];
  const merged = names.map((name) => {
    const value = (k: number) => own[trades.member[k]!]![name][trades.index[k]!]!;
    return [name, numbers(trades.length, value)] as const;
  });
  return { "trade.symbol": Float64Array.from(trades.member), ...Object.fromEntries(merged) };
}
