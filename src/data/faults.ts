import { type Diagnostic, diagnose } from "../diagnostics/index.ts";
import type { Bars } from "../vector/columns.ts";
import { isoTime } from "../vector/iso-time.ts";
import type { TimeUnit } from "./options.ts";

/** A kind of fault: its first row (an index into the columns) and how many rows have it. */
export interface Fault {
  readonly code:
    | "bad_time"
    | "time_units_mixed"
    | "time_below_ms"
    | "time_unsorted"
    | "time_duplicated"
    | "price_not_finite"
    | "volume_not_finite"
    | "high_below_low"
    | "bar_inconsistent"
    | "price_not_positive"
    | "volume_negative";
  index: number;
  count: number;
  readonly unit?: TimeUnit;
  column?: string;
  readonly newestFirst?: boolean;
}

/** How a row is named to a person: "line 12", and what stands there. */
export interface RowName {
  readonly where: string;
  readonly row: string;
}

/** The diagnostic of a fault; `name` is its first row. */
export function faultDiagnostic(
  fault: Fault,
  bars: Bars,
  name: RowName,
  file: string | undefined,
): Diagnostic {
  const at = { ...name, more: fault.count - 1 };
  const time = isoTime(bars.time[fault.index]);
  const place = file === undefined ? {} : { file };
  switch (fault.code) {
    case "time_unsorted": {
      const previous = isoTime(bars.time[fault.index - 1]);
      const newestFirst = fault.newestFirst ?? false;
      return diagnose(fault.code, { ...at, time, previous, newestFirst }, place);
    }
    case "time_duplicated":
      return diagnose(fault.code, { ...at, time }, place);
    case "time_units_mixed":
      return diagnose(fault.code, { ...at, unit: fault.unit ?? "ms" }, place);
    case "price_not_finite":
    case "price_not_positive":
      return diagnose(fault.code, { ...at, column: fault.column ?? "price" }, place);
    default:
      return diagnose(fault.code, at, place);
  }
}

/** A row's values as text, for sources that have no lines. */
export function rowValues(bars: Bars, index: number): string {
  const value = (x: number | undefined) => (Number.isNaN(x) ? "na" : String(x));
  const { open, high, low, close, volume } = bars;
  return `${isoTime(bars.time[index])} open ${value(open[index])} high ${value(high[index])} low ${value(low[index])} close ${value(close[index])} volume ${value(volume[index])}`;
}
