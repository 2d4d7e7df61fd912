import type { Table } from "apache-arrow";
import { type DanfoFrame, isDanfoFrame } from "../danfo/index.ts";
import { fail } from "../diagnostics/index.ts";
import type { Bars } from "../vector/columns.ts";
import { type RawBars, readTable } from "./arrow-read.ts";
import type { Dataset } from "./dataset.ts";
import { finishBars, finishDataset, numberedRow } from "./finish.ts";
import { frameTable } from "./frame.ts";
import type { LoadOptions, TimeOptions } from "./options.ts";
import { timeWindow } from "./time-range.ts";
import { unequalColumn } from "./validate.ts";

/** Bars in memory: an Arrow table or a danfo DataFrame with suitable columns, or the columns themselves. */
export type BarData = Table | DanfoFrame | Bars;

/**
 * A dataset from columns that are already in memory, checked like any other source. An Arrow table
 * with suitable columns and `Bars` are not copied, a DataFrame is. `options` name the series and cut the window.
 */
export function datasetFrom(data: BarData, options: LoadOptions = {}): Dataset {
  const window = timeWindow(options);
  const origin = {
    source: "memory",
    exchange: options.exchange ?? null,
    mode: options.mode ?? null,
    product: options.product ?? null,
    symbol: options.symbol ?? null,
    interval: null,
    available: [],
  };
  return finishDataset(rawBars(data, options), origin, options, window, numberedRow);
}

/**
 * Columns in memory as `run` and `signals` take them: not copied where that can be.
 * Time must increase. Prices may be na, as null slots of a table are: no rule fires and no order fills on them.
 */
export function barsFrom(data: BarData): Bars {
  return finishBars(rawBars(data, {}));
}

/** Whether a value is an Arrow table, of whichever copy of the library. */
export function isTable(data: BarData): data is Table {
  return "schema" in data && "numRows" in data;
}

function rawBars(data: BarData, options: TimeOptions): RawBars {
  if (isDanfoFrame(data)) return readTable(frameTable(data, options), options);
  return isTable(data) ? readTable(data, options) : fromBars(data);
}

function fromBars(bars: Bars): RawBars {
  const unequal = unequalColumn(bars);
  if (unequal !== null) fail("column_length", { ...unequal, expected: bars.time.length });
  return { ...bars, unit: "ms" };
}
