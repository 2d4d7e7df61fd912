import type { Annualisation } from "../backtest/compute-metrics.ts";
import type { RunSettings } from "../backtest/orders.ts";
import { barsPerYear } from "../stats/annualisation.ts";
import { type RunOptions, settingsOf, stepOf } from "./options.ts";

/** What a paper-run body says of money and time. */
export interface PaperDefaults {
  readonly cash: number | null;
  /** Fraction of the order value. */
  readonly commission: number;
  readonly latencyMs: number;
  readonly riskFreeReturn: number;
}

/** The run options a paper-run body stands for; latency delays the fill by each whole bar it fills. */
function paperOptions(paper: PaperDefaults | null, stepMs: number): RunOptions {
  if (!paper) return {};
  return {
    ...(paper.cash === null ? {} : { cash: paper.cash }),
    commission: paper.commission,
    delay: Math.floor(paper.latencyMs / stepMs),
    riskFreeReturn: paper.riskFreeReturn,
  };
}

/** What a run works with: the options given, else the paper-run body's, else the defaults. */
export interface RunSetup {
  readonly settings: RunSettings;
  readonly annual: Annualisation;
  readonly params: RunOptions["params"];
}

/** @param time epoch ms of the bars */
export function setUpRun(
  options: RunOptions,
  paper: PaperDefaults | null,
  time: Float64Array,
): RunSetup {
  const interval = stepOf(options, time);
  const asked = { ...paperOptions(paper, interval), ...options, ...delayOf(options, interval) };
  const { calendar, riskFreeReturn = 0 } = asked;
  const calendarOption = calendar === undefined ? {} : { calendar };
  const settings = settingsOf(asked);
  const yearly = barsPerYear(time.subarray(settings.start), { interval, ...calendarOption });
  return {
    settings: { ...settings, barsPerYear: yearly },
    annual: { barsPerYear: yearly, riskFreeReturn },
    params: asked.params,
  };
}

/** Latency that is asked for replaces the paper run's. */
function delayOf({ delay = 0, latencyMs }: RunOptions, interval: number): RunOptions {
  return latencyMs === undefined ? {} : { delay: delay + Math.floor(latencyMs / interval) };
}
