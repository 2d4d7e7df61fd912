import { fail } from "../../diagnostics/index.ts";
import type { RawBars } from "../arrow-read.ts";
import type { AvailableSeries, Dataset } from "../dataset.ts";
import { rowValues } from "../faults.ts";
import { finishDataset, noBars, type Origin } from "../finish.ts";
import { type LoadOptions, MAX_BARS } from "../options.ts";
import { selectSeries } from "../series.ts";
import type { Key } from "../series-text.ts";
import type { TimeWindow } from "../time-range.ts";
import { type Postgres, withPostgres } from "./connect.ts";
import { bindSettings, copyRows } from "./copy.ts";
import { layoutOf, NAME_ROLES, type PostgresLayout } from "./layout.ts";
import { findTable, usualTables } from "./table.ts";

/** Reads one series of bars from a table of a PostgreSQL database. */
export function loadPostgres(
  url: string,
  options: LoadOptions,
  window: TimeWindow,
): Promise<Dataset> {
  return withPostgres(url, async (postgres) => {
    const name = options.table ?? (await usualTables(postgres))[0];
    const layout = await layoutOf(postgres, await findTable(postgres, name), {
      timeColumn: options.timeColumn,
      timeUnit: options.timeUnit,
    });
    if (layout.holds !== "bars") {
      const why = `${name} holds ${layout.holds}; import them as bars first, or name a table of bars`;
      return fail("import_option_needed", { path: postgres.server, option: "--table", why });
    }
    return load(postgres, layout, options, window);
  });
}

async function load(
  postgres: Postgres,
  layout: PostgresLayout,
  options: LoadOptions,
  window: TimeWindow,
): Promise<Dataset> {
  const label: Origin = {
    source: postgres.server,
    exchange: options.exchange ?? null,
    mode: null,
    product: null,
    symbol: options.symbol ?? null,
    interval: null,
    available: [],
  };
  for (const key of ["mode", "product"] as const) {
    const value = options[key];
    if (value !== undefined && layout.names[key] === undefined) {
      fail("selector_unknown", { key, value, known: [] });
    }
  }
  const named = NAME_ROLES.some((role) => layout.names[role] !== undefined);
  const available = named ? await listSeries(postgres, layout) : [];
  const roles = Object.fromEntries(
    NAME_ROLES.map((role) => [role, layout.names[role] === undefined ? undefined : 0]),
  ) as Record<Key, number | undefined>;
  const chosen = named ? selectSeries(available, roles, options, postgres.server) : null;
  if (chosen !== null && "state" in chosen) return noBars({ ...label, available }, chosen);
  const origin: Origin =
    chosen === null
      ? label
      : {
          ...label,
          ...chosen,
          exchange: chosen.exchange ?? label.exchange,
          symbol: chosen.symbol ?? label.symbol,
          available,
        };
  const limit = options.maxBars ?? MAX_BARS;
  const raw = await readBars(postgres, layout, chosen, window, limit);
  return finishDataset(raw, origin, options, window, (index, bars) => ({
    where: `table ${layout.table.name}`,
    row: rowValues(bars, index),
  }));
}

/** Every series of a table with its number of bars and range. */
async function listSeries(
  { query }: Postgres,
  { table, names, time }: PostgresLayout,
): Promise<AvailableSeries[]> {
  const keys = NAME_ROLES.map((role) => names[role] ?? "NULL::text");
  const found = await query(
    `SELECT ${keys.join(", ")}, count(*), extract(epoch FROM min(${time.sql})) * 1000, extract(epoch FROM max(${time.sql})) * 1000
      FROM ${table.sql} GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`,
  );
  return found.map((row) => {
    const [exchange, product, mode, symbol, interval] = row.slice(0, 5) as (string | null)[];
    const [bars, from, to] = row.slice(5).map((value) => (value === null ? null : Number(value)));
    return { exchange, product, mode, symbol, interval, bars: bars ?? 0, from, to };
  });
}

/** The bars of a series within a window, and up to `warmupBars` before it, in order of time. */
async function readBars(
  postgres: Postgres,
  { table, names, time, numbers, withoutVolume }: PostgresLayout,
  series: AvailableSeries | null,
  window: TimeWindow,
  limit: number,
): Promise<RawBars> {
  const finite = (ms: number) => (Number.isFinite(ms) ? String(ms) : undefined);
  const roles = NAME_ROLES.filter((role) => series !== null && names[role] !== undefined);
  const given = roles.filter((role) => series?.[role] !== null);
  await bindSettings(postgres, {
    ...Object.fromEntries(given.map((role) => [role, series?.[role] ?? undefined])),
    from: finite(window.from),
    to: finite(window.to),
    warmup: String(window.warmupBars),
  });
  const setting = (name: string) => `current_setting('swymc.${name}')`;
  const ofSeries = roles.map((role) =>
    given.includes(role) ? `${names[role]} = ${setting(role)}` : `${names[role]} IS NULL`,
  );
  const columns = `${time.sql} AS t, ${numbers.map((sql, i) => `${sql} AS c${i}`).join(", ")}`;
  const rows = (...conditions: string[]) =>
    `SELECT ${columns} FROM ${table.sql} WHERE ${["true", ...ofSeries, ...conditions].join(" AND ")}`;
  const since = `${time.column} >= ${time.moment(setting("from"))}`;
  const until = `${time.column} < ${time.moment(setting("to"))}`;
  const bounded = Number.isFinite(window.from);
  const inside = rows(...(bounded ? [since] : []), ...(Number.isFinite(window.to) ? [until] : []));
  const before = `${rows(`${time.column} < ${time.moment(setting("from"))}`)} ORDER BY t DESC LIMIT ${setting("warmup")}::bigint`;
  const warm = bounded && window.warmupBars > 0;
  const query = warm
    ? `SELECT * FROM ((${before}) UNION ALL (${inside})) AS bars ORDER BY t`
    : `${inside} ORDER BY t`;
  const [micros, open, high, low, close, volume] = await collect(postgres, query, series, limit);
  return {
    time: micros,
    unit: "us",
    open,
    high,
    low,
    close,
    volume,
    ...(withoutVolume ? { withoutVolume: table.columns.map(({ name }) => name) } : {}),
  };
}

/** The six columns of a query; they grow with the rows that arrive. */
async function collect(
  postgres: Postgres,
  query: string,
  series: AvailableSeries | null,
  limit: number,
): Promise<Float64Array[]> {
  const kinds = ["time", ...new Array<"number">(5).fill("number")] as const;
  let capacity = Math.max(2048, Math.min(series?.bars ?? 0, limit));
  let columns = kinds.map(() => new Float64Array(capacity));
  let length = 0;
  for await (const { rows, numbers } of copyRows(postgres, query, kinds)) {
    if (length + rows > limit) fail("too_many_bars", { bars: length + rows, limit });
    if (length + rows > capacity) {
      capacity = Math.max(capacity * 2, length + rows);
      columns = columns.map((column) => {
        const grown = new Float64Array(capacity);
        grown.set(column.subarray(0, length));
        return grown;
      });
    }
    for (const [k, values] of numbers.entries()) columns[k].set(values, length);
    length += rows;
  }
  return columns.map((column) => (length === capacity ? column : column.slice(0, length)));
}
