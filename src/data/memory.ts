import type { Table } from "apache-arrow";
import { fail } from "../diagnostics/index.ts";
import type { Bars } from "../vector/columns.ts";
import { type RawBars, readTable } from "./arrow-read.ts";
import type { Dataset } from "./dataset.ts";
import { finishBars, finishDataset, numberedRow } from "./finish.ts";
import type { LoadOptions } from "./options.ts";
import { timeWindow } from "./time-range.ts";
import { unequalColumn } from "./validate.ts";

/**
 * A dataset from columns that are already in memory, checked like any other source. An Arrow table
 * with suitable columns and `Bars` are not copied. `options` name the series and cut the window.
 */
export function datasetFrom(data: Table | Bars, options: LoadOptions = {}): Dataset {
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
  const raw = isTable(data) ? readTable(data, options) : fromBars(data);
  return finishDataset(raw, origin, options, window, numberedRow);
}

/**
 * Columns in memory as `run` and `signals` take them: an Arrow table or `Bars`, not copied where that can be.
 * Time must increase. Prices may be na, as null slots of a table are: no rule fires and no order fills on them.
 */
export function barsFrom(data: Table | Bars): Bars {
  return finishBars(isTable(data) ? readTable(data, {}) : fromBars(data));
}

/** Whether a value is an Arrow table, of whichever copy of the library. */
export function isTable(data: Table | Bars): data is Table {
  return "schema" in data && "numRows" in data;
}

function fromBars(bars: Bars): RawBars {
  const unequal = unequalColumn(bars);
  if (unequal !== null) fail("column_length", { ...unequal, expected: bars.time.length });
  return { ...bars, unit: "ms" };
}
