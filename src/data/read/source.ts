import { fail } from "../../diagnostics/index.ts";
import type { Roles } from "../column-names.ts";
import type { AvailableSeries } from "../dataset.ts";
import type { Segment, Span } from "./segment.ts";

/** Something that holds series of bars: a database with its archive, a Parquet file, an archive folder. */
export interface BarSource {
  readonly path: string;
  /** Which names tell its series apart, for selecting one; `undefined` for those that it does not have. */
  readonly keys: Pick<Roles, "exchange" | "mode" | "product" | "symbol" | "interval">;
  readonly series: readonly AvailableSeries[];
  /** The places that hold rows of a series in a range, weakest first. Fails where one of them is missing. */
  readonly segments: (series: AvailableSeries, span: Span) => Promise<Segment[]>;
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
