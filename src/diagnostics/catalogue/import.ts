import { error, warning } from "./entry.ts";

/** Diagnostics about foreign formats and archives on their way into the store. */
export const importDiagnostics = {
  zip_damaged: error<{ path: string; reason: string }>(
    ({ path, reason }) => `${path} is not a sound zip archive: ${reason}`,
    "An archive is read only when its directory, sizes and checksums agree with its content.",
    () => "download the archive again",
  ),
  zip_unsafe: error<{ path: string; member: string; problem: string }>(
    ({ path, member, problem }) => `${path}: the member ${JSON.stringify(member)} ${problem}`,
    "Archives may hold plain files under plain relative names, each name once, unencrypted, stored or deflated, and no archives.",
    () => "unpack it yourself and import the files, if you trust where it comes from",
  ),
  zip_too_large: error<{ path: string; what: string; limit: string }>(
    ({ path, what, limit }) => `${path} would unpack to ${what}; the limit is ${limit}`,
    "A small archive can claim to hold, or really hold, more than a disk does. What it declares and what comes out are both limited.",
    () => "unpack it yourself and import the files, if you trust where it comes from",
  ),
  checksum_differs: error<{ path: string; expected: string; found: string }>(
    ({ path, expected, found }) =>
      `${path} does not match its CHECKSUM file: SHA-256 ${found}, expected ${expected}`,
    "The file beside the archive holds the checksum that its publisher computed; the archive was damaged or altered since.",
    () => "download both again",
  ),
  checksum_unreadable: error<{ path: string; content: string }>(
    ({ path, content }) => `${path} is not a checksum of its archive: ${content}`,
    "A .CHECKSUM file holds 64 hexadecimal digits, spaces, and the name of the archive.",
    () => "download it again, or remove it to import without a check",
  ),
  import_name_differs: error<{ path: string; key: string; told: string; asked: string }>(
    ({ path, key, told, asked }) => `${path} is named for ${key} ${told}, not ${asked}`,
    "The format defines what its file names say. An option that says something else would file the bars under a wrong name.",
    ({ key }) => `leave out --${key}, or rename the file`,
  ),
  import_interval_unknown: error<{ path: string; interval: string; known: readonly string[] }>(
    ({ path, interval }) => `${path} is named for bars of ${interval}, which is no interval here`,
    "Only the intervals of the list are stored.",
    ({ known }) => `pass --interval if the name is wrong; known: ${known.join(", ")}`,
  ),
  import_exchange_untold: error<{ path: string; choices: readonly string[] }>(
    ({ path, choices }) => `${path} does not tell its exchange: ${choices.join(", ")}?`,
    "Spot and futures archives of Binance have the same names, and their prices differ. The folders of data.binance.vision tell them apart.",
    () => "pass --exchange",
  ),
  import_exchange_assumed: warning<{ path: string; exchange: string }>(
    ({ path, exchange }) => `${path} does not tell its exchange: taken as ${exchange}`,
    "Spot and futures archives of Binance have the same names. A file without a header outside of the folders of data.binance.vision is taken as spot.",
    () => "pass --exchange to be sure",
  ),
  import_scale_untold: error<{ path: string; price: string; examples: string }>(
    ({ path, price }) => `${path} may hold prices in points (${price}): their scale is not told`,
    "Some dumps hold whole points instead of prices. How many points make one unit is not in the file, so it is never guessed.",
    ({ examples }) => `pass --points, the points per unit of price (${examples})`,
  ),
  import_rows_outside: error<{ path: string; named: string; time: string; rows: number }>(
    ({ path, named, time, rows }) =>
      `${path} is named for ${named}, but holds ${rows} bars outside of it, the first at ${time}`,
    "The name of the archive tells the day or month that it holds.",
    () => "is the file misnamed, or are its times in another unit?",
  ),
  import_layout: error<{ path: string; format: string; where: string; problem: string }>(
    ({ path, format, where, problem }) => `${path} ${where}: ${problem} (read as ${format})`,
    "A record does not have the form that the format defines.",
  ),
  import_encoding: error<{ path: string; where: string }>(
    ({ path, where }) => `${path} ${where}: not valid UTF-8`,
    "Text is read as UTF-8; bytes that are none are not replaced silently.",
    () => "save the file as UTF-8",
  ),
  import_option_needed: error<{ path: string; option: string; why: string }>(
    ({ path, option, why }) => `${path}: ${option} is needed: ${why}`,
    "The source leaves open what the option tells; nothing is guessed.",
  ),
  import_table_unknown: error<{ path: string; table: string; known: readonly string[] }>(
    ({ path, table }) => `${path} has no table ${JSON.stringify(table)} to import`,
    "Only stored tables are read; a view of a foreign database is code that someone else wrote.",
    ({ known }) => (known.length === 0 ? "it has no tables" : `it has: ${known.join(", ")}`),
  ),
  time_ambiguous: error<{ path: string; where: string; time: string; zone: string }>(
    ({ path, where, time, zone }) =>
      `${path} ${where}: ${time} occurs twice in ${zone}, and the rows do not tell which is meant`,
    "When clocks go back an hour repeats. Where the file has both hours in order, the first is summer time; where it has one, it cannot be told.",
    () => "export the data in UTC or with offsets",
  ),
};
