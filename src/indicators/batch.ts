import type { Dialect, Kernel } from "../vector/kernel.ts";
import { checkDialect, checkNumber, resultColumn } from "./arguments.ts";
import { bollingerKernel } from "./bollinger.ts";
import { MAX_PERIOD } from "./conventions.ts";
import { emaKernel } from "./ema.ts";
import { highestKernel } from "./highest.ts";
import { lowestKernel } from "./lowest.ts";
import { rsiKernel } from "./rsi.ts";
import { smaKernel } from "./sma.ts";
import { columnOf, type Source } from "./source.ts";
import { stdDevKernel } from "./std-dev.ts";

/** Options of an indicator over one window. */
export interface WindowOptions {
  /** Bars, a whole number from 1 to 100,000. A period beyond the source's length gives na everywhere. */
  readonly period: number;
  /** The library whose conventions apply; `tv` (TradingView) unless given. */
  readonly dialect?: Dialect;
  /** Where the result goes: as long as the source, in memory of its own. */
  readonly out?: Float64Array;
}

/** Exponential moving average, in the source's unit. Throws {@link IndicatorError} for wrong arguments, as all here. */
export function ema(source: Source, options: WindowOptions): Float64Array {
  return overSource("ema", emaKernel, source, options);
}

/** Simple moving average, in the source's unit. */
export function sma(source: Source, options: WindowOptions): Float64Array {
  return overSource("sma", smaKernel, source, options);
}

/** Relative strength index, 0 to 100; `period` 14 unless given. */
export function rsi(source: Source, options: Partial<WindowOptions> = {}): Float64Array {
  return overSource("rsi", rsiKernel, source, { period: 14, ...options });
}

/** Population standard deviation (sample in dialect `pandas`), in the source's unit. */
export function stdDev(source: Source, options: WindowOptions): Float64Array {
  return overSource("stdDev", stdDevKernel, source, options);
}

/** Highest of the last `period` values, this bar's included. */
export function highest(source: Source, options: WindowOptions): Float64Array {
  return overSource("highest", highestKernel, source, options);
}

/** Lowest of the last `period` values, this bar's included. */
export function lowest(source: Source, options: WindowOptions): Float64Array {
  return overSource("lowest", lowestKernel, source, options);
}

/** Bollinger bands in the source's unit. */
export interface Bands {
  readonly upper: Float64Array;
  readonly middle: Float64Array;
  readonly lower: Float64Array;
}

export interface BollingerOptions {
  /** Bars, a whole number from 1 to 100,000; 20 unless given. */
  readonly period?: number;
  /** Distance of the bands from the middle in standard deviations, 0 to 1000; 2 unless given. */
  readonly numStdDev?: number;
  readonly dialect?: Dialect;
  readonly out?: Partial<Bands>;
}

/** Moving average and bands `numStdDev` standard deviations above and below it. */
export function bollinger(source: Source, options: BollingerOptions = {}): Bands {
  const { period = 20, numStdDev = 2, dialect = "tv", out = {} } = options;
  checkNumber("bollinger", "period", period, "int", 1, MAX_PERIOD);
  checkNumber("bollinger", "numStdDev", numStdDev, "float", 0, 1000);
  checkDialect("bollinger", dialect);
  const column = columnOf("bollinger", source);
  const bars = column.length;
  const middle = resultColumn("bollinger", out.middle, bars, [column]);
  const upper = resultColumn("bollinger", out.upper, bars, [column, middle]);
  const lower = resultColumn("bollinger", out.lower, bars, [column, middle, upper]);
  bollingerKernel(dialect)([column], [period, numStdDev], [middle, upper, lower]);
  return { upper, middle, lower };
}

function overSource(
  name: string,
  kernel: (dialect: Dialect) => Kernel,
  source: Source,
  { period, dialect = "tv", out }: WindowOptions,
): Float64Array {
  checkNumber(name, "period", period, "int", 1, MAX_PERIOD);
  checkDialect(name, dialect);
  const column = columnOf(name, source);
  const result = resultColumn(name, out, column.length, [column]);
  kernel(dialect)([column], [period], [result]);
  return result;
}
