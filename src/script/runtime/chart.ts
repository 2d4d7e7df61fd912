import { fail } from "../../diagnostics/index.ts";
import type { Bars } from "../../vector/columns.ts";
import type { Interval } from "../../vector/interval.ts";
import { modalStep } from "../../vector/modal-step.ts";
import { type Timeframe, timeframeOfInterval, timeframeOfStep } from "./timeframe.ts";

/** What is known of a symbol beside its bars. */
export interface ChartOptions {
  readonly symbol?: string;
  readonly exchange?: string;
  /** Smallest step of the price; 0.01. */
  readonly mintick?: number;
  /** Money per point of one contract; 1. */
  readonly pointValue?: number;
  /** Of the exchange: IANA name or UTC offset; UTC. */
  readonly timezone?: string;
  readonly interval?: Interval;
  readonly currency?: string;
}

export interface Chart {
  readonly timeframe: Timeframe;
  readonly timezone: string;
  readonly mintick: number;
  readonly field: (name: string) => number | boolean | string;
}

/** @param step the most common one between bars, in ms */
export function chartOf(
  bars: Bars,
  options: ChartOptions,
  timeframe?: Timeframe,
  step = () => modalStep(bars.time) ?? 86_400_000,
): Chart {
  const used =
    timeframe ??
    (options.interval === undefined
      ? timeframeOfStep(step())
      : timeframeOfInterval(options.interval));
  const { timezone = "Etc/UTC", mintick = 0.01 } = options;
  const fields = { ...symbolFields(options, mintick, timezone), ...timeframeFields(used, bars) };
  return {
    timeframe: used,
    timezone,
    mintick,
    field(name) {
      if (!Object.hasOwn(fields, name)) return fail("script_chart_field", { field: name });
      return fields[name]!;
    },
  };
}

type Fields = Readonly<Record<string, number | boolean | string>>;

function symbolFields(options: ChartOptions, mintick: number, timezone: string): Fields {
  const { symbol = "", exchange = "", pointValue = 1, currency = "USD" } = options;
  const minmove = Math.max(1, Math.round(mintick * 1e8));
  const scale = 10 ** Math.max(0, Math.ceil(-Math.log10(mintick) - 1e-9));
  return {
    "syminfo.ticker": symbol,
    "syminfo.tickerid": exchange === "" ? symbol : `${exchange.toUpperCase()}:${symbol}`,
    "syminfo.prefix": exchange.toUpperCase(),
    "syminfo.root": symbol,
    "syminfo.currency": currency,
    "syminfo.basecurrency": symbol.endsWith(currency) ? symbol.slice(0, -currency.length) : "",
    "syminfo.description": symbol,
    "syminfo.type": "crypto",
    "syminfo.session": "regular",
    "syminfo.timezone": timezone,
    "syminfo.volumetype": "base",
    "syminfo.country": "",
    "syminfo.sector": "",
    "syminfo.industry": "",
    "syminfo.mintick": mintick,
    "syminfo.pointvalue": pointValue,
    "syminfo.mincontract": 1e-6,
    "syminfo.minmove": Math.round(mintick * scale) || minmove,
    "syminfo.pricescale": scale,
  };
}

function timeframeFields({ unit, multiplier, ms, period }: Timeframe, { time }: Bars): Fields {
  const intraday = unit === "minute" || unit === "second";
  return {
    "timeframe.period": period,
    "timeframe.period_without_one": multiplier === 1 && !intraday ? period.slice(1) : period,
    "timeframe.multiplier": multiplier,
    "timeframe.in_seconds": ms / 1000,
    "timeframe.isintraday": intraday,
    "timeframe.isminutes": unit === "minute",
    "timeframe.isseconds": unit === "second",
    "timeframe.isdaily": unit === "day",
    "timeframe.isweekly": unit === "week",
    "timeframe.ismonthly": unit === "month",
    "timeframe.isdwm": !intraday,
    last_bar_time: time.length === 0 ? Number.NaN : time[time.length - 1]!,
  };
}
