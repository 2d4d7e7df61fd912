import { type AnalysedRun, rollingPoints, worstDrawdowns } from "../../stats/analysis/index.ts";
import { isoTime } from "../../vector/iso-time.ts";
import type { Packing } from "./packed.ts";
import type { ReportDrawdown } from "./report-data.ts";

/** Points of the rolling chart, which has no need of every bar. */
const ROLLING_POINTS = 20_000;
const ROLLING = ["sharpe", "total_return", "volatility", "drawdown"] as const;
const WORST_DRAWDOWNS = 10;

/** How the columns of a curve are packed. */
export const CURVE_PACKING: Readonly<Record<string, Packing>> = {
  equity: { digits: 7 },
  ...Object.fromEntries(ROLLING.map((name) => [`rolling.${name}`, { digits: 4 }])),
};

export function inSeconds(times: Float64Array): Float64Array {
  const seconds = new Float64Array(times.length);
  for (let i = 0; i < times.length; i++) seconds[i] = times[i]! / 1000;
  return seconds;
}

/** Not `Float64Array.from`, which makes an object of every number. */
export function numbers(length: number, value: (i: number) => number): Float64Array {
  const values = new Float64Array(length);
  for (let i = 0; i < length; i++) values[i] = value(i);
  return values;
}

/** @param returns those of the run's equity */
export function rollingColumns(run: AnalysedRun, returns: Float64Array) {
  const n = run.equity.length;
  const window = Math.min(Math.floor(n / 4), Math.round(run.barsPerYear / 4));
  if (window < 20) return { window, columns: {} };
  const every = Math.max(1, Math.ceil(n / ROLLING_POINTS));
  const found = rollingPoints(run.equity, run.cash, { ...run, returns, window, every });
  const time = (k: number) => run.time[run.firstBar + window - 1 + k * every]! / 1000;
  return {
    window,
    columns: {
      "rolling.time": numbers(found.sharpe.length, time),
      ...Object.fromEntries(ROLLING.map((name) => [`rolling.${name}`, found[name]])),
    },
  };
}

export function drawdownRows({ equity, cash, time, firstBar }: AnalysedRun): ReportDrawdown[] {
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
