import type { AtRow } from "./data.ts";
import { error, warning } from "./entry.ts";
import { didYouMean, oneOf, quoted } from "./quote.ts";

const others = (more: number) => (more === 0 ? "" : ` (and ${more} more)`);
const bars = (n: number) => `${n} bar${n === 1 ? "" : "s"}`;

/** Diagnostics about the store of bars: the database, and what is put into it. */
export const storeDiagnostics = {
  store_missing: error<{ path: string }>(
    ({ path }) => `there is no database ${path}`,
    "Only an import makes a database; whatever reads one expects it to exist.",
    () => "`swymc data import SOURCE… --db FILE` makes it",
  ),
  store_foreign: error<{ path: string; found: string }>(
    ({ path, found }) => `${path} is not a database of bars made by swymc: it has ${found}`,
    "A database is written to only where its tables are exactly those that swymc makes: views, macros or defaults in it would be someone else's code.",
    () => "choose another file for --db; a foreign database can be imported as a SOURCE",
  ),
  store_newer: error<{ path: string; found: string; known: number }>(
    ({ path, found, known }) =>
      `${path} has schema version ${found}; this swymc knows versions up to ${known}`,
    "A newer swymc made or changed the database, so an older one leaves it alone.",
    () => "update swymc",
  ),
  store_write: error<{ path: string; reason: string }>(
    ({ path, reason }) => `writing ${path} failed: ${reason}`,
    "The database could not be written. What was committed before is kept; the source at hand is not stored, in whole or in part.",
    ({ reason }) =>
      /no space|disk|quota/i.test(reason)
        ? "free some space and run the same command again: what is stored already is not stored twice"
        : undefined,
  ),
  series_name_missing: error<{ name: string; measured: string | null }>(
    ({ name }) => `the source does not tell the ${name} of its bars`,
    "Exchange, symbol and interval of bars come from the source where its format defines them, else from flags; they are never guessed.",
    ({ name, measured }) =>
      measured === null
        ? `say it with --${name}`
        : `say it with --${name}; the most common step between the bars is ${measured}`,
  ),
  series_name_differs: error<{ name: string; asked: string; found: string }>(
    ({ name, asked, found }) =>
      `the source has the ${name} ${quoted(found)}, not ${quoted(asked)} as --${name} says`,
    "A flag fills in what the source does not tell; it does not rename what it tells.",
    ({ name }) => `leave --${name} out`,
  ),
  interval_name_unknown: error<{ found: string; known: readonly string[] }>(
    ({ found }) => `the source has bars of an interval ${quoted(found)}`,
    "Bars are stored under the names of intervals that swymc knows.",
    ({ known }) => `known are ${known.join(", ")}`,
  ),
  import_refused: error<{ source: string; faults: readonly string[] }>(
    ({ source }) => `nothing of ${source} was stored`,
    "A source with such faults is stored as a whole or not at all. `--allow FAULT` admits a fault by name; docs/data.md says what then becomes of the rows.",
    ({ faults }) => {
      const aim = faults.every((f) => f === "no_rows")
        ? "to pass it over"
        : "to store it all the same";
      return `${aim}: ${faults.map((f) => `--allow ${f}`).join(" ")}`;
    },
  ),
  fault_unknown: error<{ name: string; suggestion: string | undefined; known: readonly string[] }>(
    ({ name }) => `--allow: there is no fault ${quoted(name)}`,
    "`--allow FAULT` takes the name of a fault, as docs/data.md lists them.",
    didYouMean,
  ),
  import_conflict: error<AtRow & { stored: string }>(
    ({ where, row, stored, more }) =>
      `${where} differs from the stored bar${others(more)}: ${row}; stored: ${stored}`,
    "A bar of the source has the time of a stored bar and other values.",
    () => "decide with --on-conflict keep (the stored bars) or --on-conflict replace",
  ),
  import_nothing: error<{ source: string }>(
    ({ source }) => `${source}: no files to import`,
    "A folder or pattern was given that holds no file.",
  ),
  import_format_unknown: error<{ source: string; known: readonly string[] }>(
    ({ source }) => `cannot tell the format of ${source}`,
    "None of the formats that can be imported recognises the file.",
    ({ known }) => `known are ${known.join("; ")}`,
  ),
  map_role_unknown: error<{ role: string; known: readonly string[] }>(
    ({ role }) => `--map: there is no role ${quoted(role)}`,
    "`--map role=column` names the column of the source for each role.",
    ({ known }) => `one of: ${oneOf(known)}`,
  ),
  map_column_unknown: error<{ role: string; column: string; found: readonly string[] }>(
    ({ role, column }) => `--map ${role}=${column}: the source has no such column`,
    "`--map role=column` names a column as the source does.",
    ({ found }) => `its columns are ${found.slice(0, 30).join(", ")}`,
  ),
  timezone_unknown: error<{ zone: string }>(
    ({ zone }) => `there is no time zone ${quoted(zone)}`,
    "`--timezone` takes a name of the IANA database.",
    () => "for example UTC, Europe/Berlin, America/New_York",
  ),
  no_rows: error<{ source: string }>(
    ({ source }) => `${source} holds no bars`,
    "A source without rows is more often a failed download than an empty market.",
  ),
  time_out_of_range: error<AtRow>(
    ({ where, row, more }) => `${where}: the time lies outside 1900 to 2199${others(more)}: ${row}`,
    "Such a time is a fault of unit or format.",
    () => "check --time-unit and --time-format",
  ),
  interval_too_long: error<{ interval: string; measured: string }>(
    ({ interval, measured }) =>
      `the most common step between the bars is ${measured}, shorter than the interval ${interval}`,
    "Bars that follow each other faster than their interval have another one.",
    ({ measured }) => `is --interval ${measured} meant?`,
  ),
  rows_sorted: warning<AtRow>(
    ({ where, row, more }) =>
      `${where} stands out of order${others(more)}; the rows were sorted: ${row}`,
    "Bars are stored in the order of time. A file that is neither oldest nor newest first may hold wrong dates.",
  ),
  time_repeated: warning<AtRow>(
    ({ where, row, more }) => `${where} is the same bar again, stored once${others(more)}: ${row}`,
    "Identical rows are dropped, as overlapping downloads have them.",
  ),
  time_gap: warning<{
    series: string;
    gaps: number;
    missing: number;
    after: string;
    before: string;
    /** Whether bars are expected at all times. */
    always: boolean;
  }>(
    ({ series, gaps, missing, after, before }) =>
      `${series}: ${bars(missing)} missing in ${gaps} gap${gaps === 1 ? "" : "s"}, the first between ${after} and ${before}`,
    "A market that is always open has a bar per interval; others close. Nothing is filled in. `--calendar` of `data import`, `data check` and `data list` leaves out the time in which the market is closed.",
    ({ always }) =>
      always ? "for a market that closes: `--calendar weekdays` or `--calendar forex`" : undefined,
  ),
  time_misaligned: warning<AtRow & { interval: string }>(
    ({ where, row, more, interval }) =>
      `${where}: the time is not a multiple of ${interval}${others(more)}: ${row}`,
    "Bars usually start on whole multiples of their interval, UTC. Others do not join with those of other symbols.",
  ),
  price_spike: warning<AtRow & { percent: number }>(
    ({ where, row, more, percent }) =>
      `${where}: a price is ${percent} % off the close before${others(more)}: ${row}`,
    "A price that is more than 30 % away from the close before it, and more than 10 times the median of the smaller changes from close to close.",
  ),
  volume_zero: warning<AtRow>(
    ({ where, row, more }) => `${where}: no volume${others(more)}: ${row}`,
    "Nothing was traded in such a bar, or the source does not tell volume.",
  ),
};
