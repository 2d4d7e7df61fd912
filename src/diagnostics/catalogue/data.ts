import { error, warning } from "./entry.ts";

export interface AtRow {
  /** Where the row stands: "line 12", "row 12", "bar 12". */
  readonly where: string;
  /** The row itself: its text, or its values. */
  readonly row: string;
  /** Further rows with the same fault. */
  readonly more: number;
}

const READABLE =
  "readable: CSV (.csv, .csv.gz, .tsv), Parquet (.parquet), Arrow IPC (.arrow, .feather, .ipc), DuckDB (.duckdb, .db)";

/** Diagnostics about market data: files, databases, columns, rows. */
export const dataDiagnostics = {
  file_not_found: error<{ path: string }>(
    ({ path }) => `no such file: ${path}`,
    "The path given as data does not exist or cannot be read.",
  ),
  file_unreadable: error<{ path: string; reason: string }>(
    ({ path, reason }) => `cannot read ${path}: ${reason}`,
    "The file exists, but the operating system does not let it be read.",
  ),
  file_is_directory: error<{ path: string }>(
    ({ path }) => `${path} is a directory, not a file`,
    "Data is read from one file or database at a time.",
    () => READABLE,
  ),
  file_empty: error<{ path: string }>(
    ({ path }) => `${path} is empty (0 bytes)`,
    "A file without a byte in it is a failed download or export, not an empty dataset.",
    () => "download or export the file again",
  ),
  file_kind_unknown: error<{ path: string }>(
    ({ path }) => `cannot tell what kind of file ${path} is`,
    "Neither the name nor the first bytes of the file say how to read it.",
    () => READABLE,
  ),
  file_kind_mismatch: error<{ path: string; named: string; found: string }>(
    ({ path, named, found }) => `${path} is named like ${named}, but its content is ${found}`,
    "The ending of the name and the first bytes of the file contradict each other.",
    ({ found }) =>
      found === "something else"
        ? "the file is damaged or was saved in another format"
        : `rename the file so that its ending says ${found}`,
  ),
  file_kind_unsupported: error<{ path: string; found: string; advice: string }>(
    ({ path, found }) => `${path} is ${found}, which cannot be read directly`,
    "The format is known, but not one of those that are read.",
    ({ advice }) => advice,
  ),
  read_failed: error<{ path: string; reason: string }>(
    ({ path, reason }) => `reading ${path} failed: ${reason}`,
    "DuckDB refused the file; its own words are passed on.",
  ),
  csv_malformed: error<{ path: string; line: number; reason: string; row: string }>(
    ({ path, line, reason, row }) => `${path} line ${line}: ${reason}: ${row}`,
    "A line of the CSV file does not have the columns that the header names, or its quotes do not close.",
  ),
  csv_header: error<{ path: string; line: string }>(
    ({ path, line }) => `${path} has no header line: ${line}`,
    "The first line of a CSV file names its columns; only Binance kline files (12 columns) are known without one.",
    () => "put a first line before the data, for example: time,open,high,low,close,volume",
  ),
  csv_encoding: error<{ path: string; found: string }>(
    ({ path, found }) => `${path} is ${found} text`,
    "CSV files are read as UTF-8.",
    () => "save the file as UTF-8",
  ),
  column_missing: error<{
    column: string;
    found: readonly string[];
    accepted: readonly string[];
  }>(
    ({ column, found }) => `no column for ${column}; the columns are: ${listed(found)}`,
    "A dataset needs a time and the four prices. Common spellings are recognised, case does not matter.",
    ({ column, accepted }) =>
      column === "time"
        ? `accepted names: ${accepted.join(", ")}; or name it with --time-column (option timeColumn)`
        : `accepted names: ${accepted.join(", ")}`,
  ),
  column_ambiguous: error<{ column: string; names: readonly string[] }>(
    ({ column, names }) => `several columns could be ${column}: ${names.join(", ")}`,
    "Two columns have spellings of the same thing, so either could be meant.",
    ({ column }) =>
      column === "time"
        ? "say which one with --time-column (option timeColumn)"
        : `rename the one that is meant to "${column}" and the others to something else`,
  ),
  column_duplicated: error<{ name: string }>(
    ({ name }) => `the column "${name}" occurs twice`,
    "Column names are compared without regard to case, spaces and punctuation.",
  ),
  time_column_unknown: error<{ name: string; found: readonly string[] }>(
    ({ name, found }) => `no column "${name}"; the columns are: ${listed(found)}`,
    "The column named as time does not exist.",
  ),
  column_type: error<{ column: string; type: string }>(
    ({ column, type }) => `the column "${column}" has type ${type}, which is not a number`,
    "Price and volume columns are floats, integers or decimals; other types are refused rather than guessed.",
    () => "convert the column to float64",
  ),
  time_type: error<{ column: string; type: string }>(
    ({ column, type }) => `the column "${column}" has type ${type}, which is not a time`,
    "Times are timestamps, dates, or epoch numbers; in CSV and Parquet also ISO-8601 text.",
    () => "convert the column to a timestamp in UTC",
  ),
  column_length: error<{ column: string; expected: number; found: number }>(
    ({ column, expected, found }) => `the column "${column}" has ${found} values, not ${expected}`,
    "All columns of a dataset have one value per bar.",
  ),
  too_many_bars: error<{ bars: number; limit: number }>(
    ({ bars, limit }) => `the source holds ${bars} rows; the limit is ${limit}`,
    "A row count above the limit is refused before memory is taken for it.",
    () => "read a part with --from and --to from a database, or raise the option maxBars",
  ),
  time_unit_unclear: error<{ value: number }>(
    ({ value }) => `the time ${value} could be in several units`,
    "The unit of epoch numbers is told by their size for the years 1973 to 2255; other numbers need it said.",
    () => "pass --time-unit s, ms, us or ns (option timeUnit)",
  ),
  date_ambiguous: error<{ text: string }>(
    ({ text }) =>
      `the date ${JSON.stringify(text)}: which is the day and which the month is not guessed`,
    "Day, month and year cannot be told apart in dates with slashes, dots or two-digit years.",
    () =>
      'pass --time-format (option timeFormat), for example "%m/%d/%Y", "%d/%m/%Y %H:%M" or "%d-%b-%y"',
  ),
  time_text: error<{ text: string }>(
    ({ text }) => `the time ${JSON.stringify(text)} is not understood`,
    "Times in text are ISO-8601 (2024-01-31, 2024-01-31T09:30:00Z, +02:00) or epoch numbers.",
    () => 'pass --time-format (option timeFormat), for example "%Y.%m.%d %H:%M"',
  ),
  bad_time: error<AtRow>(
    ({ where, row, more }) => `${where}: no readable time: ${row}${others(more)}`,
    "Every bar needs a time, written as in the first row.",
  ),
  time_units_mixed: error<AtRow & { unit: string }>(
    ({ where, row, unit, more }) =>
      `${where}: the time is not in ${unit} like the first row: ${row}${others(more)}`,
    "The size of the first row's time tells the unit of the whole column.",
    () =>
      "pass --time-unit (option timeUnit) if the unit is the same throughout, else split the file",
  ),
  time_below_ms: error<AtRow>(
    ({ where, row, more }) =>
      `${where}: the time is not a whole millisecond: ${row}${others(more)}`,
    "Times are kept in whole milliseconds; finer ones would have to be altered.",
    () => "is this a list of ticks? bars are at least one second long",
  ),
  time_unsorted: error<AtRow & { time: string; previous: string; newestFirst: boolean }>(
    ({ where, time, previous, row, more }) =>
      `${where}: the time goes back from ${previous} to ${time}: ${row}${others(more)}`,
    "Bars stand in the order of time, oldest first; nothing is sorted silently.",
    ({ newestFirst }) =>
      newestFirst
        ? "the file is newest first: reverse it"
        : "sort the rows by time and look why they were not",
  ),
  time_duplicated: error<AtRow & { time: string }>(
    ({ where, time, row, more }) => `${where}: second bar for ${time}: ${row}${others(more)}`,
    "There is one bar per time.",
    () => "repeated downloads and local times around a clock change are the usual causes",
  ),
  price_not_finite: error<AtRow & { column: string }>(
    ({ where, column, row, more }) =>
      `${where}: ${column} is not a finite number: ${row}${others(more)}`,
    "Each of open, high, low and close is a finite number on every bar; nothing is filled in.",
    () => "remove the row or repair it at its source",
  ),
  volume_not_finite: error<AtRow>(
    ({ where, row, more }) =>
      `${where}: volume is neither a number nor missing: ${row}${others(more)}`,
    "Volume may be missing (na); anything else has to be a finite number.",
  ),
  high_below_low: error<AtRow>(
    ({ where, row, more }) => `${where}: high is below low: ${row}${others(more)}`,
    "No bar has a high below its low.",
  ),
  bar_inconsistent: warning<AtRow>(
    ({ where, row, more }) =>
      `${where}: open or close lies outside low to high: ${row}${others(more)}`,
    "Some vendors deliver such bars. They are used as they are; fills inside a bar may look odd there.",
  ),
  price_not_positive: warning<AtRow & { column: string }>(
    ({ where, column, row, more }) => `${where}: ${column} is not above 0: ${row}${others(more)}`,
    "Prices at or below zero did occur (crude oil, April 2020), so they are used as they are; more often they are faults.",
  ),
  volume_negative: warning<AtRow>(
    ({ where, row, more }) => `${where}: volume is negative: ${row}${others(more)}`,
    "A negative volume is used as it is.",
  ),
  volume_missing: warning<{ found: readonly string[] }>(
    ({ found }) => `no volume column among ${found.join(", ")}: volume is na`,
    "Conditions that read volume can never be true on such data.",
  ),
  interval_differs: warning<{ asked: string; found: string }>(
    ({ asked, found }) => `the strategy names bars of ${asked}, the file holds bars of ${found}`,
    "A file is used at its own interval, its most common step between bars; bars are never resampled silently.",
  ),
  date_option: error<{ option: string; value: string }>(
    ({ option, value }) => `${option} ${value}: not a date or time`,
    "The ends of a range are dates (whole UTC days) or times (UTC unless they carry an offset).",
    () => "write it like 2024-01-31, 2024-01-31T09:30 or 2024-01-31T09:30:00Z",
  ),
  range_reversed: error<{ from: string; to: string }>(
    ({ from, to }) => `the range from ${from} to ${to} holds no time: it ends before it begins`,
    "Dates are whole days and both included; with a clock time the end is excluded.",
  ),
  load_option: error<{ option: string; value: string; expected: string }>(
    ({ option, value, expected }) => `${option} ${value}: expected ${expected}`,
    "An option of the loader has a value that it cannot use.",
  ),
  empty_dataset: error<{ source: string; asked: string; available: readonly string[] }>(
    ({ source, asked }) => `no bars in ${source}${asked === "" ? "" : ` (asked for ${asked})`}`,
    "There is nothing to run on. The ranges that exist are named where there are any.",
    ({ available }) => (available.length === 0 ? undefined : `there is: ${listed(available)}`),
  ),
  symbol_not_found: error<{
    symbol: string;
    known: readonly string[];
    suggestion: string | undefined;
  }>(
    ({ symbol, known }) => `no symbol "${symbol}"; known: ${listed(known)}`,
    "The source has a symbol column, and no row of it has this symbol. Case matters.",
    ({ suggestion }) => (suggestion === undefined ? undefined : `did you mean "${suggestion}"?`),
  ),
  source_ambiguous: error<{ key: string; choices: readonly string[] }>(
    ({ key, choices }) => `the source holds more than one ${key}: ${listed(choices)}`,
    "A run is over one series of bars, so the source has to be narrowed to one.",
    ({ key }) =>
      key === "symbol"
        ? "choose with --symbol, of a sweep --symbols (option symbol, symbols)"
        : `choose with --${key} (option ${key})`,
  ),
  selector_unknown: error<{ key: string; value: string; known: readonly string[] }>(
    ({ key, value, known }) =>
      known.length === 0
        ? `--${key} ${value}: the source has no ${key} column`
        : `no ${key} "${value}"; known: ${listed(known)}`,
    "The source cannot be narrowed by a value that it does not hold.",
  ),
  database_no_bars: error<{ path: string; tables: readonly string[] }>(
    ({ path, tables }) =>
      tables.length === 0
        ? `${path} has no tables`
        : `${path} has no table candles or raw_klines; it has: ${listed(tables)}`,
    "Bars are read from a table `candles` or `raw_klines` in the schema `main`.",
  ),
  database_view: error<{ path: string; view: string }>(
    ({ path, view }) => `${view} in ${path} is a view, not a table`,
    "A view of a foreign database is code that someone else wrote, so it is not run.",
    ({ view }) => `store the rows: CREATE TABLE … AS FROM ${view}`,
  ),
  database_locked: error<{ path: string; reason: string }>(
    ({ path, reason }) => `${path} is in use by another process: ${reason}`,
    "DuckDB lets one process write a database, and nobody else read it meanwhile.",
    () => "close the other program, or read a copy of the file",
  ),
  database_invalid: error<{ path: string; reason: string }>(
    ({ path, reason }) => `cannot open ${path} as a DuckDB database: ${reason}`,
    "The file is damaged, no database, or written by a newer DuckDB.",
  ),
  arrow_invalid: error<{ path: string; reason: string }>(
    ({ path, reason }) => `${path} is not a sound Arrow IPC file: ${reason}`,
    "Arrow files are read in a separate thread with bounded memory and time; this one could not be read there.",
  ),
  arrow_deadline: error<{ path: string; ms: number }>(
    ({ path, ms }) => `reading ${path} was stopped after ${ms} ms`,
    "Damaged Arrow files can keep a reader busy for ever, so reading has a deadline.",
    () => "if the file is sound, raise the option deadlineMs",
  ),
  arrow_compression: error<{ path: string; codec: string }>(
    ({ path, codec }) =>
      `${path} is compressed with ${codec}, which this Node.js cannot decompress`,
    "LZ4 is always read, Zstandard on Node.js 22.15 and later.",
    () =>
      "write it with compression lz4 or uncompressed: pyarrow.feather.write_feather(table, path, compression='uncompressed')",
  ),
  arrow_worker_missing: error<{ tried: string }>(
    ({ tried }) => `the Arrow reader's worker file is missing: ${tried}`,
    "The package reads Arrow files in a worker thread whose file lies beside the library; a bundler may have left it out.",
  ),
};

function others(count: number): string {
  if (count === 0) return "";
  return count === 1 ? " (and 1 more row)" : ` (and ${count} more rows)`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 20).join(", ");
  return names.length > 20 ? `${shown} and ${names.length - 20} more` : shown;
}
