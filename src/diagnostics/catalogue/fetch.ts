import { error, warning } from "./entry.ts";
import { oneOf, quoted } from "./quote.ts";

const after = (attempts: number) => (attempts === 1 ? "" : ` (${attempts} tries)`);

/** Diagnostics about what comes over a network: archives, exchanges, PostgreSQL. */
export const fetchDiagnostics = {
  fetch_status: error<{ url: string; status: number; attempts: number }>(
    ({ url, status, attempts }) =>
      `${url} answered ${status}${attempts === 1 ? "" : ` ${attempts} times`}`,
    "The server refused the request (4xx), or still did after several tries with growing pauses (429, 5xx).",
    ({ status }) =>
      status === 429 || status === 418
        ? "the server limits the rate: wait some minutes and run the command again, it goes on from the last stored bar"
        : "run the command again later, it goes on from the last stored bar",
  ),
  fetch_rate_limited: error<{ url: string; seconds: number }>(
    ({ url, seconds }) => `${url} asks to wait for ${seconds} seconds`,
    "The server named a time to wait (Retry-After) that is longer than two minutes.",
    () => "run the command again after that time, it goes on from the last stored bar",
  ),
  fetch_timeout: error<{ url: string; attempts: number }>(
    ({ url, attempts }) => `${url} gave no answer in time${after(attempts)}`,
    "The server took a connection but sent nothing for the time allowed, again and again.",
    () => "allow more time with --timeout",
  ),
  fetch_unreachable: error<{ url: string; attempts: number; reason: string }>(
    ({ url, attempts, reason }) => `cannot reach ${url}: ${reason}${after(attempts)}`,
    "No connection to the server could be made, or it was closed before an answer came.",
  ),
  fetch_truncated: error<{ url: string; reason: string }>(
    ({ url, reason }) => `the answer of ${url} broke off: ${reason}`,
    "Part of an answer is never used; what was stored before stays.",
    () => "run the command again, it goes on from the last stored bar",
  ),
  fetch_not_json: error<{ url: string; found: string }>(
    ({ url, found }) => `${url} did not answer with JSON: ${found}`,
    "An exchange answers in JSON. A page of a firewall, a login or an outage in its place, or half an answer, is refused; what was stored before stays.",
    () => "open the address in a browser to see who answers, or set --base-url",
  ),
  fetch_too_large: error<{ url: string; limit: number }>(
    ({ url, limit }) => `the answer of ${url} is larger than ${limit} bytes`,
    "Answers have a size limit so that a wrong address cannot fill memory or disk.",
  ),
  base_url: error<{ url: string }>(
    ({ url }) => `${quoted(url)} is not an http or https address`,
    "The base address of a mirror starts with http:// or https://.",
  ),
  archive_checksum: error<{ url: string; expected: string; found: string }>(
    ({ url, expected, found }) =>
      `${url} has the SHA-256 ${found.slice(0, 16)}…, its CHECKSUM says ${expected.slice(0, 16)}…`,
    "The archive differs from what was published, so nothing of it is stored.",
    () => "run the command again; if it stays so, the mirror is damaged",
  ),
  archive_checksum_unreadable: error<{ url: string; found: string }>(
    ({ url, found }) => `${url} holds no SHA-256: ${quoted(found)}`,
    "A CHECKSUM file is 64 hexadecimal digits and the name of the archive.",
  ),
  archive_checksum_missing: warning<{ url: string }>(
    ({ url }) => `${url} does not exist, so the archive was stored unverified`,
    "Binance publishes a CHECKSUM file beside each archive; this server has none.",
  ),
  archive_symbol: error<{ symbol: string }>(
    ({ symbol }) => `${quoted(symbol)} cannot be a symbol of Binance`,
    "Symbols of archives are letters and digits, such as BTCUSDT, BTCUSD_PERP or BTCUSDT_240628.",
  ),
  archive_interval: error<{ interval: string; product: string }>(
    ({ interval, product }) => `there are no ${product} archives of ${interval} bars`,
    "Bars of one second are archived for spot only.",
  ),
  fetch_option: error<{ option: string }>(
    ({ option }) => `${option} is needed`,
    "A fetch has no start of its own, and without a source it is from an exchange. Without --to it goes up to now.",
  ),
  exchange_package: error<{ reason: string }>(
    ({ reason }) => `the package ccxt could not be loaded: ${reason}`,
    "Exchanges are reached through ccxt, an optional package that is loaded only when it is needed.",
    () => "install it beside swymc: npm install ccxt",
  ),
  exchange_unknown: error<{ name: string; suggestion: string | undefined }>(
    ({ name }) => `ccxt knows no exchange ${quoted(name)}`,
    "Exchanges are named by their ccxt id, such as binance, binanceusdm or hyperliquid.",
    ({ suggestion }) =>
      suggestion === undefined ? undefined : `did you mean ${quoted(suggestion)}?`,
  ),
  exchange_without_bars: error<{ name: string }>(
    ({ name }) => `${name} has no fetchOHLCV in ccxt`,
    "The exchange gives no bars through ccxt.",
  ),
  exchange_interval: error<{ name: string; interval: string; known: readonly string[] }>(
    ({ name, interval }) => `${name} has no bars of ${interval}`,
    "Each exchange offers its own intervals; others can be made with `swymc data resample`.",
    ({ known }) => `it has: ${known.join(", ")}`,
  ),
  exchange_product: error<{ name: string; product: string; known: readonly string[] }>(
    ({ name, product }) => `${name} has no product ${quoted(product)}`,
    "Binance has spot, um and cm; other exchanges are told apart by ccxt's market types.",
    ({ known }) => (known.length === 0 ? undefined : `one of: ${oneOf(known)}`),
  ),
  exchange_symbol: error<{ name: string; symbol: string; suggestion: string | undefined }>(
    ({ name, symbol }) => `${name} has no market ${quoted(symbol)}`,
    "A symbol is the exchange's own id (BTCUSDT), ccxt's name (BTC/USDT), or the name of the coin where that is all the exchange needs.",
    ({ suggestion }) =>
      suggestion === undefined ? undefined : `did you mean ${quoted(suggestion)}?`,
  ),
  exchange_symbol_ambiguous: error<{ name: string; symbol: string; choices: readonly string[] }>(
    ({ name, symbol }) => `${quoted(symbol)} is more than one market of ${name}`,
    "The same letters name several markets, for example a spot and a perpetual one.",
    ({ choices }) => `choose with --product, or name it in full: ${oneOf(choices)}`,
  ),
  exchange_refused: error<{ name: string; reason: string }>(
    ({ name, reason }) => `${name} refused: ${reason}`,
    "The exchange answered with an error of its own, which is passed on.",
  ),
  exchange_answer: error<{ name: string; reason: string }>(
    ({ name, reason }) => `${name} gave an answer that is no list of bars: ${reason}`,
    "A page of bars is a list of time, open, high, low, close and volume in the order of time.",
  ),
  postgres_address: error<Record<never, never>>(
    () => "the PostgreSQL address cannot be read",
    "An address is written postgres://USER:PASSWORD@HOST:PORT/DATABASE; it is not repeated here because it may hold a password.",
    () => "write special characters of user and password as %XX",
  ),
  postgres_unreachable: error<{ server: string; reason: string }>(
    ({ server, reason }) => `cannot connect to ${server}: ${reason}`,
    "No connection to the PostgreSQL server could be made, or it refused the user, the password or the database.",
  ),
  postgres_failed: error<{ server: string; reason: string }>(
    ({ server, reason }) => `${server}: ${reason}`,
    "PostgreSQL refused a query or closed the connection; its own words are passed on. Nothing of the series being read was stored.",
  ),
  postgres_table: error<{
    server: string;
    table: string;
    known: readonly string[];
    suggestion: string | undefined;
  }>(
    ({ server, table }) => `${server} has no table ${quoted(table)} that this user can read`,
    "Tables are named as TABLE or SCHEMA.TABLE; case matters.",
    ({ known, suggestion }) => {
      if (suggestion !== undefined) return `did you mean ${quoted(suggestion)}?`;
      return known.length === 0 ? undefined : `there is: ${oneOf(known)}`;
    },
  ),
  postgres_column_type: error<{ table: string; column: string; type: string; expected: string }>(
    ({ table, column, type, expected }) =>
      `the column ${column} of ${table} has type ${type}, not ${expected}`,
    "Columns are cast on the server only between types that mean the same.",
    () => "choose another column with --map",
  ),
};
