import { fail } from "../../diagnostics/index.ts";
import { isoTime } from "../../vector/iso-time.ts";
import { type DuckDBConnection, rows } from "../duckdb.ts";
import { STAGED } from "../store/staging.ts";
import { type OffsetSpan, offsets } from "./zone-offsets.ts";

const FIRST = Date.UTC(1900, 0);
const LAST = Date.UTC(2200, 0);
const CLOCK = "system.main.epoch_ms(open_time)";

/** Clock times that occurred twice, and how much later the second time is. */
interface Overlap {
  readonly from: number;
  readonly to: number;
  readonly later: number;
}

/**
 * Turns staged clock times of a zone into UTC. Times that a clock skipped become unreadable ones. Those that it showed
 * twice are told by order: where a file has the hour twice, the first is summer time; where it has it once, that is
 * an error.
 */
export async function localToUtc(
  connection: DuckDBConnection,
  zone: string,
  path: string,
): Promise<void> {
  const [[least, most, newestFirst]] = await rows(connection, {
    sql: `SELECT system.main.min(${CLOCK})::DOUBLE, system.main.max(${CLOCK})::DOUBLE,
      system.main.arg_max(open_time, rowid) < system.main.arg_min(open_time, rowid) FROM ${STAGED}`,
    values: [],
  });
  const spans = offsets(
    zone,
    Math.max(FIRST, Number(least ?? FIRST)),
    Math.min(LAST, Number(most ?? FIRST)),
  );
  const twice = await secondTimes(connection, overlapsOf(spans), newestFirst === true, zone, path);
  const cases = spans.map(
    ({ from, to, offset }) =>
      `WHEN ${CLOCK} >= ${from + offset} AND ${CLOCK} < ${to + offset} THEN open_time - system.main.to_milliseconds(${offset})`,
  );
  const outside = `WHEN ${CLOCK} < ${FIRST} OR ${CLOCK} >= ${LAST} THEN open_time`;
  await connection.run(`UPDATE ${STAGED} SET open_time = CASE ${outside} ${cases.join(" ")} END`);
  for (const [later, positions] of twice) {
    await connection.run(
      `UPDATE ${STAGED} SET open_time = open_time + system.main.to_milliseconds(${later}) WHERE rowid IN (${positions.join(", ")})`,
    );
  }
}

function overlapsOf(spans: readonly OffsetSpan[]): Overlap[] {
  return spans.slice(1).flatMap((next, i) => {
    const before = spans[i];
    if (next.offset >= before.offset) return [];
    const later = before.offset - next.offset;
    return [{ from: next.from + next.offset, to: next.from + before.offset, later }];
  });
}

/** Positions of the rows that stand at a clock time for the second time, by how much later that is. */
async function secondTimes(
  connection: DuckDBConnection,
  overlaps: readonly Overlap[],
  newestFirst: boolean,
  zone: string,
  path: string,
): Promise<Map<number, number[]>> {
  const found = new Map<number, number[]>();
  for (const overlap of overlaps) {
    for (const list of await rowsWithin(connection, overlap, newestFirst)) {
      const back = list.flatMap(([, clock], i) => (i > 0 && clock <= list[i - 1][1] ? [i] : []));
      if (back.length !== 1) {
        const [position, clock] = list[back[1] ?? 0];
        const time = isoTime(clock).replace("Z", "");
        fail("time_ambiguous", { path, where: `row ${position + 1}`, time, zone });
      }
      const positions = list.slice(back[0]).map(([position]) => position);
      found.set(overlap.later, [...(found.get(overlap.later) ?? []), ...positions]);
    }
  }
  return found;
}

/** Positions and clock times of the rows in an overlap, series by series, oldest first. */
async function rowsWithin(
  connection: DuckDBConnection,
  { from, to }: Overlap,
  newestFirst: boolean,
): Promise<(readonly [position: number, clock: number])[][]> {
  const inside = await rows(connection, {
    sql: `SELECT rowid::DOUBLE, ${CLOCK}::DOUBLE, exchange, symbol, "interval" FROM ${STAGED}
      WHERE ${CLOCK} >= ${from} AND ${CLOCK} < ${to} ORDER BY rowid ${newestFirst ? "DESC" : "ASC"}`,
    values: [],
  });
  const series = new Map<string, (readonly [number, number])[]>();
  for (const [position, clock, ...names] of inside) {
    const key = JSON.stringify(names);
    const list = series.get(key) ?? [];
    list.push([Number(position), Number(clock)]);
    series.set(key, list);
  }
  return [...series.values()];
}
