import type { Interval } from "../../vector/interval.ts";
import type { TimeOptions } from "../options.ts";
import type { Calendar } from "../store/calendar.ts";
import type { OnConflict } from "../store/conflicts.ts";
import type { FaultName } from "../store/severity.ts";

export interface ImportOptions extends TimeOptions {
  /** Names that the source does not tell; where it tells another one, that is an error. */
  readonly symbol?: string | undefined;
  readonly exchange?: string | undefined;
  readonly interval?: Interval | undefined;
  /** IANA zone of times without a zone; UTC unless given. */
  readonly timezone?: string | undefined;
  /** Points per unit of price, where the source holds whole points: 100, 100000. */
  readonly points?: number | undefined;
  /** Which table of a database. */
  readonly table?: string | undefined;
  /** Which product and mode of a collector's dataset. */
  readonly product?: string | undefined;
  readonly mode?: string | undefined;
  /** Columns by role: `{ open: "px_open", time: "t" }`. */
  readonly map?: Readonly<Record<string, string>> | undefined;
  /** Faults admitted by name. */
  readonly allow?: readonly FaultName[] | undefined;
  /** When the market trades, for what counts as a gap; always unless given. */
  readonly calendar?: Calendar | undefined;
  /** What becomes of a stored bar that comes again with other values; `fail` unless given. */
  readonly onConflict?: OnConflict | undefined;
}
