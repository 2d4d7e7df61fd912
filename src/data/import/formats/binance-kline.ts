import { fail } from "../../../diagnostics/index.ts";
import { INTERVALS, isInterval } from "../../../vector/interval.ts";
import { isoTime } from "../../../vector/iso-time.ts";
import { rows } from "../../duckdb.ts";
import { STAGED } from "../../store/staging.ts";
import type { ImportFormat, ImportSource, Staged } from "../format.ts";
import type { ImportSession } from "../session.ts";
import { type BinanceName, binanceExchange, binanceName } from "./binance-names.ts";
import { headCells, headLines, stageCsv } from "./csv-table.ts";

const WIDTH = 12;
const HEADER = /^open_time,open,high,low,close,volume,close_time,/;

/** Kline files of Binance's public archives: twelve columns, with a header or without, in ms or in µs. */
export const binanceKline: ImportFormat = {
  name: "binance_kline",
  title: "kline files of data.binance.vision (CSV)",
  recognises: (source) => rowOf(source) !== null,
  stage: stageBinanceKline,
};

export async function stageBinanceKline(
  session: ImportSession,
  source: ImportSource,
): Promise<Staged> {
  const { header, cells } = rowOf(source) ?? { header: false, cells: [] };
  const named = binanceName(source.name);
  const micros = Number(cells[0]) >= 1e14;
  const facts = { header, micros };
  const product = binanceExchange(source, named?.symbol, session.options, facts);
  const staged = await stageCsv(session, source, "binance_kline", {
    delimiter: ",",
    skip: header ? 1 : 0,
    width: WIDTH,
    select: ["time", "open", "high", "low", "close", "volume"].map((name, i) => [name, `r${i}`]),
    told: { exchange: product.exchange, symbol: named?.symbol, interval: named?.interval },
  });
  if (named !== null) await checkSpan(session, source, named);
  return { ...staged, warnings: product.warnings };
}

/** The first row, of twelve numbers; null where the source is something else. */
function rowOf(source: ImportSource): { header: boolean; cells: string[] } | null {
  const [first = "", second = ""] = headLines(source, 2);
  const header = HEADER.test(first);
  const cells = headCells(header ? second : first, ",");
  const sound = cells.length === WIDTH && /^\d{10,}$/.test(cells[0]);
  if (header && second.trim() === "") return { header, cells: [] };
  return sound && (header || cells.every((cell) => /^[\d.eE+-]+$/.test(cell)))
    ? { header, cells }
    : null;
}

/** Bars of a day or shorter open within the day or month that the name tells. */
async function checkSpan(
  { connection }: ImportSession,
  { path }: ImportSource,
  { interval, span }: BinanceName,
): Promise<void> {
  if (span === null || !isInterval(interval) || INTERVALS[interval] > INTERVALS["1d"]) return;
  const sql = `SELECT system.main.count(*), system.main.epoch_ms(system.main.min(open_time)) FROM ${STAGED}
    WHERE open_time < system.main.make_timestamp(?::BIGINT) OR open_time >= system.main.make_timestamp(?::BIGINT)`;
  const values = [BigInt(span.from) * 1000n, BigInt(span.to) * 1000n];
  const [[count, first]] = await rows(connection, { sql, values });
  if (Number(count) === 0) return;
  const time = isoTime(Number(first));
  fail("import_rows_outside", { path, named: span.text, time, rows: Number(count) });
}
