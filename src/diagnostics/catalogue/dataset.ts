import { error } from "./entry.ts";
import { quoted } from "./quote.ts";

const range = (from: string, to: string) => `${from} to ${to}`;

/** Diagnostics about reading a dataset: columns, timeframes, resampling, export, archives. */
export const datasetDiagnostics = {
  dataset_kind: error<{ path: string; found: string }>(
    ({ path, found }) => `${path} is ${found}, not a dataset`,
    "openDataset and the data commands that read take a DuckDB database, a Parquet file or a folder that `swymc data archive` wrote.",
    () => "import the file into a database first: swymc data import FILE --db market.duckdb",
  ),
  dataset_closed: error<{ path: string }>(
    ({ path }) => `the dataset ${path} has been closed`,
    "A dataset can be read until close() is called on it.",
  ),
  dataset_column: error<{ name: string; known: readonly string[] }>(
    ({ name }) => `the series has no column ${quoted(name)}`,
    "Columns are asked for by the names that they have in the dataset.",
    ({ known }) => `it has: ${known.join(", ")}`,
  ),
  dataset_interval: error<{ series: string }>(
    ({ series }) => `the interval of ${series} is not known`,
    "Whether a bar has closed can only be told by its interval.",
    () => "name it (option interval)",
  ),
  times_not_increasing: error<{ what: string; index: number; time: string }>(
    ({ what, index, time }) =>
      `${what}: the time at index ${index} (${time}) is not after the one before it`,
    "Times of bars are finite and strictly increasing.",
  ),
  resample_multiple: error<{ from: string; to: string }>(
    ({ from, to }) => `bars of ${from} cannot be joined to bars of ${to}`,
    "The new interval has to be a whole number of old ones, longer than one; weeks and months take intervals that divide a day.",
    () => "resample from a shorter interval",
  ),
  resample_interval: error<{ step: number | null }>(
    ({ step }) =>
      step === null
        ? "one bar alone does not tell its interval"
        : `the bars stand ${step / 1000} seconds apart, which is no known interval`,
    "The interval of the bars to resample is their most common step unless it is given.",
    () => "give the interval of the bars (--from-interval, option from)",
  ),
  resample_straddles: error<{ time: string; from: string; to: string }>(
    ({ time, from, to }) => `the ${from} bar at ${time} belongs to two ${to} bars`,
    "Each bar has to lie within one bar of the new interval; a bar that crosses its end would carry the future into it.",
    () => "`swymc data check` lists misaligned times",
  ),
  resample_empty: error<{ series: string; to: string; bars: number }>(
    ({ series, to, bars }) => `${series}: ${bars} bars make no whole bar of ${to}`,
    "Bars that do not cover their whole period at the start or the end of the data are left out.",
    () => "--keep-first and --keep-last keep partial bars",
  ),
  export_format: error<{ path: string; known: readonly string[] }>(
    ({ path, known }) => `${path}: no format for this ending; known are ${known.join(", ")}`,
    "The ending of the file's name chooses its format.",
  ),
  export_nothing: error<{ source: string; asked: string; available: readonly string[] }>(
    ({ source, asked }) => `${source} has no bars${asked === "" ? "" : ` for ${asked}`}`,
    "There is nothing to write. An existing file of that name is untouched.",
    ({ available }) => (available.length === 0 ? undefined : `there are: ${available.join("; ")}`),
  ),
  archive_nothing: error<{ source: string; before: string }>(
    ({ source, before }) => `${source} has no bars before ${before}`,
    "There is nothing to move into the archive; the database is unchanged.",
  ),
  archive_folder: error<{ path: string; reason: string }>(
    ({ path, reason }) => `cannot keep an archive in ${path}: ${reason}`,
    "An archive is a folder of Parquet files in the layout exchange=…/symbol=…/interval=…/year=….",
  ),
  archive_verify: error<{ path: string; reason: string }>(
    ({ path, reason }) => `${path} does not hold what was written to it: ${reason}`,
    "Every archive file is read back and compared before a row is deleted; nothing has been deleted.",
    () => "check the disk and try again",
  ),
  archive_changed: error<{ series: string; expected: number; found: number }>(
    ({ series, expected, found }) =>
      `${series} changed while it was archived: ${expected} bars written, ${found} to delete`,
    "Rows are only deleted if they are exactly those that were written; nothing has been deleted.",
    () => "run the command again",
  ),
  archive_missing: error<{ path: string; series: string; from: string; to: string }>(
    ({ path, series, from, to }) =>
      `the archive file ${path} is missing: it holds ${series} from ${range(from, to)}`,
    "Older bars of the database were moved to Parquet files; without them there would be a silent gap, so nothing is read.",
    () => "put the folder back where it was, relative to the database, or read a later range",
  ),
  archive_damaged: error<{ path: string; reason: string }>(
    ({ path, reason }) => `the archive file ${path} is not the one that was written: ${reason}`,
    "The database remembers the size and the number of rows of each of its archive files.",
    () => "restore the file from a backup",
  ),
  archive_layout: error<{ path: string; reason: string }>(
    ({ path, reason }) => `${path} is no archive: ${reason}`,
    "A folder is read as a dataset if it holds exchange=…/symbol=…/interval=…/year=…/*.parquet, as `swymc data archive` writes it.",
  ),
};
