import { fail } from "../../diagnostics/index.ts";
import type { Roles } from "../column-names.ts";
import type { AvailableSeries } from "../dataset.ts";
import type { SeriesNames } from "../series-text.ts";
import type { Segment, Span } from "./segment.ts";
import type { AskedNames } from "./series-in.ts";

/** Something that holds series of bars: a database with its archive, a Parquet file, an archive folder. */
export interface BarSource {
  readonly path: string;
  /** Which names tell its series apart, for selecting one; `undefined` for those that it does not have. */
  readonly keys: Pick<Roles, "exchange" | "mode" | "product" | "symbol" | "interval">;
  /** All series with their ranges. Looked up when first asked for, because that reads the names of every row. */
  readonly series: () => Promise<readonly AvailableSeries[]>;
  /** The one series that is meant, where that is told without listing them all; else null. */
  readonly find: (asked: AskedNames) => Promise<SeriesNames | null>;
  /** The places that hold rows of a series in a range, weakest first. Fails where one of them is missing. */
  readonly segments: (series: SeriesNames, span: Span) => Promise<Segment[]>;
  readonly close: () => void;
}

/** Refuses a mode or product where the source has no such names. */
export function checkSelectors(
  { keys }: BarSource,
  asked: { readonly mode?: string | undefined; readonly product?: string | undefined },
): void {
  for (const key of ["mode", "product"] as const) {
    const value = asked[key];
    if (value !== undefined && keys[key] === undefined) {
      fail("selector_unknown", { key, value, known: [] });
    }
  }
}
