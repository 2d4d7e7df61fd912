import { fail } from "../../diagnostics/index.ts";
import { isoTime } from "../../vector/iso-time.ts";
import { BAR_COLUMNS, type BarColumns } from "../columns.ts";
import { MAX_BARS } from "../options.ts";
import { rethrowRead } from "../rethrow-read.ts";
import { toEpochMs } from "../time-values.ts";
import { appendRows, filled, roomFor } from "./fill-columns.ts";
import { orderRows } from "./order-rows.ts";
import { ALL_TIME, countRows, readStatement, type Segment, type Span } from "./segment.ts";

export interface ReadOptions {
  /** Names of the columns to read beside time; all that the series has unless given. */
  readonly columns?: readonly string[] | undefined;
  /** What the bars come from, for messages. */
  readonly source: string;
  readonly maxBars?: number | undefined;
}

/** The smallest file that is believed to hold as many rows as it says. */
const PLAIN_FILE = 65_536;

/**
 * Reads one series from the places where its rows stand, weakest first, into columns of exactly their length:
 *
 *     count → allocate → stream each place behind the one before → order by time → times to epoch ms
 */
export function readSegments(
  segments: readonly Segment[],
  span: Span,
  options: ReadOptions,
): Promise<BarColumns> {
  return read(segments, span, options).catch((cause) => rethrowRead(options.source, cause));
}

async function read(
  segments: readonly Segment[],
  span: Span,
  options: ReadOptions,
): Promise<BarColumns> {
  const limit = options.maxBars ?? MAX_BARS;
  const { names, staying } = chosenNames(segments, options.columns);
  const counts: number[] = [];
  for (const segment of segments) counts.push(await countRows(segment, span));
  const room = roomNeeded(segments, counts, limit);
  const filling = roomFor(room, staying, names.length - staying);
  const starts: number[] = [];
  for (const [i, segment] of segments.entries()) {
    const from = filling.length;
    starts.push(from);
    const rows = (await isWhole(segment, counts[i])) ? { ...segment, where: EVERY_ROW } : segment;
    const statement = readStatement(rows, names, span);
    await appendRows(filling, segment.connection, statement, { counted: counts[i], limit });
    toMs(filling.columns[0]!.subarray(from, filling.length), segment, options.source);
  }
  const used = filled(filling).flatMap((column, k) => (column === null ? [] : [{ column, k }]));
  const columns = used.map(({ column }) => column);
  const { rows, repeated } = orderRows(columns, starts);
  if (repeated !== null) {
    const time = isoTime(repeated.time);
    fail("time_duplicated", { where: options.source, row: time, time, more: repeated.count - 1 });
  }
  const cut = rows === columns[0].length ? columns : columns.map((c) => c.subarray(0, rows));
  return Object.fromEntries(used.map(({ k }, i) => [names[k], cut[i]])) as BarColumns;
}

const EVERY_ROW = { sql: "", values: [] };

/** Whether so many rows are all that stand there: none needs its names compared once more. DuckDB knows their number. */
async function isWhole(segment: Segment, rows: number): Promise<boolean> {
  if (segment.where.sql === "") return false;
  return rows === (await countRows({ ...segment, where: EVERY_ROW }, ALL_TIME));
}

/** Rows to make room for: as many as the places say, or fewer where a file is too small for what it says. */
function roomNeeded(
  segments: readonly Segment[],
  counts: readonly number[],
  limit: number,
): number {
  const total = counts.reduce((sum, rows) => sum + rows, 0);
  if (total > limit) fail("too_many_bars", { bars: total, limit });
  return counts.reduce((sum, rows, i) => {
    return sum + Math.min(rows, Math.max(segments[i].bytes ?? rows, PLAIN_FILE));
  }, 0);
}

/** Time, then the columns asked for; without a wish the five of a bar, which stay, and each extra one that will have a value. */
function chosenNames(
  segments: readonly Segment[],
  asked: readonly string[] | undefined,
): { names: string[]; staying: number } {
  const extras = [...new Set(segments.flatMap(({ extras }) => [...extras.keys()]))];
  const known = [...BAR_COLUMNS, ...extras];
  if (asked === undefined) return { names: known, staying: BAR_COLUMNS.length };
  for (const name of asked) if (!known.includes(name)) fail("dataset_column", { name, known });
  const names = [...new Set(["time", ...asked])];
  return { names, staying: names.length };
}

/** Rows converted at a time. */
const BLOCK = 65_536;

/** Epoch numbers of a segment's unit to whole epoch ms, in place. */
function toMs(time: Float64Array, { time: { unit } }: Segment, source: string): void {
  const spare = new Float64Array(Math.min(BLOCK, time.length));
  for (let start = 0; start < time.length; start += BLOCK) {
    const block = time.subarray(start, start + BLOCK);
    const { time: ms, faults } = toEpochMs(block, unit, spare.subarray(0, block.length));
    const [fault] = faults;
    if (fault !== undefined) {
      const where = `${source}, row ${start + fault.index + 1}`;
      const row = String(block[fault.index]);
      const code = fault.code === "bad_time" ? "bad_time" : "time_below_ms";
      fail(code, { where, row, more: fault.count - 1 });
    }
    block.set(ms);
  }
}
