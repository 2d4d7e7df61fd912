import type { BacktestOptions as LibraryOptions } from "../program/backtest.ts";
import type { BacktestOptions } from "./backtest.ts";
import { executionOf } from "./execution-options.ts";
import { shifted } from "./shifted.ts";

/** The library's options for those of the command line: only what was given, percent and basis points as fractions. */
export function runOptionsOf(options: Omit<BacktestOptions, "data">): LibraryOptions {
  const { commission, slippageBps, param } = options;
  return given({
    symbol: options.symbol,
    exchange: options.exchange,
    product: options.product,
    mode: options.mode,
    table: options.table,
    timeColumn: options.timeColumn,
    timeUnit: options.timeUnit,
    timeFormat: options.timeFormat,
    interval: options.interval,
    from: options.from,
    to: options.to,
    warmup: options.warmup,
    cash: options.cash,
    commission: commission === undefined ? undefined : shifted(commission, -2),
    slippage: slippageBps === undefined ? undefined : shifted(slippageBps, -4),
    fill: options.fill,
    delay: options.latencyBars,
    latencyMs: options.latencyMs,
    ...executionGiven(options),
    params: param,
    tick: options.tick,
    riskFreeReturn: options.riskFreeReturn,
    calendar: options.calendar,
  });
}

function executionGiven(options: Omit<BacktestOptions, "data">): Pick<LibraryOptions, "execution"> {
  const execution = executionOf(options);
  return Object.keys(execution).length === 0 ? {} : { execution };
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function given<T extends object>(options: T): Given<T> {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as Given<T>;
}
