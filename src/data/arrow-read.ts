import type { Table, Vector } from "apache-arrow";
import { SwymcError } from "../diagnostics/index.ts";
import type { Bars } from "../vector/columns.ts";
import { columnNumbers, columnTimes } from "./arrow-numbers.ts";
import { matchColumns, type Roles } from "./column-names.ts";
import { faultDiagnostic } from "./faults.ts";
import type { TimeOptions, TimeUnit } from "./options.ts";
import { toEpochMs } from "./time-values.ts";

/** The columns of a table, before its times are known to be sound. */
export interface RawBars {
  /** Epoch numbers; NaN where a row has no readable time. */
  readonly time: Float64Array;
  /** Their unit; undefined where it is to be told by their size. */
  readonly unit: TimeUnit | undefined;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** All na where the source has none. */
  readonly volume: Float64Array;
  /** Names of the source's columns when it has no volume; else undefined. */
  readonly withoutVolume?: readonly string[];
}

/**
 * An Arrow table as bars. Float64 columns of one batch without null slots are views of the table's
 * own buffers; others are converted (see {@link columnNumbers}). Times become epoch ms. Recognises
 * common column names; throws a SwymcError for missing, ambiguous or unusable columns and for
 * times that cannot be converted. Order and prices are not checked here: `datasetFrom` does.
 */
export function tableToBars(table: Table, options: TimeOptions = {}): Bars {
  const raw = readTable(table, options);
  const { time, faults } = toEpochMs(raw.time, raw.unit);
  const bars = { ...prices(raw), time };
  if (faults.length > 0) {
    const name = (index: number) => ({ where: `row ${index + 1}`, row: String(raw.time[index]) });
    throw new SwymcError(faults.map((f) => faultDiagnostic(f, bars, name(f.index), undefined)));
  }
  return bars;
}

/** The columns of a table as arrays, times as they are. */
export function readTable(table: Table, options: TimeOptions): RawBars {
  const names = table.schema.fields.map((field) => String(field.name));
  return readColumns(table, matchColumns(names, options.timeColumn), options);
}

/** The columns of a table whose roles are known. */
export function readColumns(
  table: Table,
  roles: Roles,
  options: Pick<TimeOptions, "timeUnit">,
): RawBars {
  const names = table.schema.fields.map((field) => String(field.name));
  const length = table.numRows;
  const column = (at: number) => columnNumbers(table.getChildAt(at) as Vector, names[at], length);
  const { raw, unit } = columnTimes(
    table.getChildAt(roles.time) as Vector,
    names[roles.time],
    length,
  );
  return {
    time: raw,
    unit: unit ?? options.timeUnit,
    open: column(roles.open),
    high: column(roles.high),
    low: column(roles.low),
    close: column(roles.close),
    volume:
      roles.volume === undefined ? new Float64Array(length).fill(Number.NaN) : column(roles.volume),
    ...(roles.volume === undefined ? { withoutVolume: names } : {}),
  };
}

/** The five price and volume columns alone. */
export function prices(raw: RawBars): Omit<Bars, "time"> {
  const { open, high, low, close, volume } = raw;
  return { open, high, low, close, volume };
}
