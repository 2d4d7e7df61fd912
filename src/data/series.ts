import { diagnose, fail, suggest } from "../diagnostics/index.ts";
import type { Roles } from "./column-names.ts";
import type { TimeExpression } from "./column-sql.ts";
import type { AvailableSeries, Dataset } from "./dataset.ts";
import { type DuckDBConnection, rows, type Statement } from "./duckdb.ts";
import { noBars, type Origin } from "./finish.ts";
import type { LoadOptions } from "./options.ts";
import type { Relation } from "./relation.ts";
import { KEYS, type Key, type SeriesNames, seriesText } from "./series-text.ts";
import { epochMs, inferUnit } from "./time-values.ts";

export type NoSeries = Pick<Dataset, "state" | "reason">;

/**
 * Finds the one series of a source that the options mean, or the dataset without bars that says why
 * there is none. A source without names of series is one series; the options then only label it.
 */
export async function findSeries(
  connection: DuckDBConnection,
  relation: Relation,
  roles: Roles,
  time: TimeExpression,
  options: LoadOptions,
  source: string,
): Promise<{ origin: Origin; series: AvailableSeries | null } | { none: Dataset }> {
  for (const key of ["mode", "product"] as const) {
    const value = options[key];
    if (value !== undefined && roles[key] === undefined) {
      fail("selector_unknown", { key, value, known: [] });
    }
  }
  const label: Origin = {
    source,
    exchange: options.exchange ?? null,
    mode: null,
    product: null,
    symbol: options.symbol ?? null,
    interval: null,
    available: [],
  };
  if (KEYS.every((key) => roles[key] === undefined)) return { origin: label, series: null };
  const available = await listSeries(connection, relation, roles, time);
  const chosen = selectSeries(available, roles, options, source);
  if ("state" in chosen) return { none: noBars({ ...label, available }, chosen) };
  const exchange = chosen.exchange ?? label.exchange;
  const symbol = chosen.symbol ?? label.symbol;
  return { origin: { ...label, ...chosen, exchange, symbol, available }, series: chosen };
}

/** The condition that a row belongs to the series, to be put after another condition. */
export function seriesCondition(series: AvailableSeries | null, roles: Roles): Statement {
  const used = series === null ? [] : KEYS.filter((key) => roles[key] !== undefined);
  return {
    sql: used.map((key) => ` AND c${roles[key]}::VARCHAR IS NOT DISTINCT FROM ?`).join(""),
    values: used.map((key) => series?.[key] ?? null),
  };
}

/** Every series of a relation with its number of bars and range. */
export async function listSeries(
  connection: DuckDBConnection,
  relation: Relation,
  roles: Roles,
  time: TimeExpression,
): Promise<AvailableSeries[]> {
  const used = KEYS.filter((key) => roles[key] !== undefined);
  const names = used.map((key) => `c${roles[key]}::VARCHAR`).join(", ");
  const grouped = used.length === 0 ? "" : ` GROUP BY ${names} ORDER BY ${names}`;
  const [least, most] = (["min", "max"] as const).map((end) =>
    endOfTimes(end, relation, roles, time),
  );
  const list = ["system.main.count(*)", least.sql, most.sql, ...(used.length === 0 ? [] : [names])];
  const found = await rows(connection, {
    sql: `SELECT ${list.join(", ")} FROM ${relation.from}${grouped}`,
    values: [...least.values, ...most.values, ...relation.values],
  });
  return found
    .filter(([bars]) => Number(bars) > 0)
    .map(([bars, from, to, ...values]) => {
      const unit = time.unit ?? (from === null ? "ms" : inferUnit(Number(from)));
      const moment = (value: unknown) => (value === null ? null : epochMs(Number(value), unit));
      const name = (key: Key) => nameOrNull(values[used.indexOf(key)]);
      const named = Object.fromEntries(KEYS.map((key) => [key, name(key)])) as SeriesNames;
      return { ...named, bars: Number(bars), from: moment(from), to: moment(to) };
    });
}

/** The least or greatest time. The bare column is asked where that gives the same, because DuckDB then may know it without a look. */
function endOfTimes(
  end: "min" | "max",
  relation: Relation,
  roles: Roles,
  time: TimeExpression,
): Statement {
  const { kind } = relation.columns[roles.time];
  const bare = `system.main.${end}(c${roles.time})`;
  if (kind === "time") return { sql: `system.main.epoch_us(${bare})::DOUBLE`, values: [] };
  if (kind === "number") return { sql: `${bare}::DOUBLE`, values: [] };
  return { sql: `system.main.${end}(${time.sql})`, values: time.values };
}

/**
 * Narrows the series of a source by the options. Several left is an error that lists the choices,
 * and so is an unknown exchange, mode or product; an unknown symbol or interval is a state.
 */
export function selectSeries(
  all: readonly AvailableSeries[],
  roles: Pick<Roles, Key>,
  options: LoadOptions,
  source: string,
): AvailableSeries | NoSeries {
  let left = all;
  for (const key of KEYS) {
    const value = options[key];
    if (value === undefined || roles[key] === undefined) continue;
    const fitting = left.filter((series) => series[key] === value);
    if (fitting.length === 0 && left.length > 0) {
      const known = distinct(left, key);
      if (key === "symbol") {
        const suggestion = suggest(value, known);
        return {
          state: "symbol_not_found",
          reason: diagnose("symbol_not_found", { symbol: value, known, suggestion }),
        };
      }
      if (key !== "interval") fail("selector_unknown", { key, value, known });
      return nothing(left, options, source);
    }
    left = fitting;
  }
  if (left.length === 0) return nothing(all, options, source);
  for (const key of ["symbol", "exchange", "mode", "product", "interval"] as const) {
    const choices = distinct(left, key);
    if (choices.length > 1) fail("source_ambiguous", { key, choices });
  }
  return left[0];
}

function nothing(left: readonly AvailableSeries[], options: LoadOptions, source: string): NoSeries {
  const asked = [options.symbol, options.interval].filter((part) => part !== undefined).join(" ");
  return {
    state: "empty_dataset",
    reason: diagnose("empty_dataset", { source, asked, available: left.map(seriesText) }),
  };
}

function distinct(all: readonly AvailableSeries[], key: Key): string[] {
  return [...new Set(all.map((series) => series[key] ?? "(none)"))];
}

function nameOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
