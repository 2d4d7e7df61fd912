import { diagnose, fail, suggest } from "../diagnostics/index.ts";
import type { Roles } from "./column-names.ts";
import type { TimeExpression } from "./column-sql.ts";
import type { AvailableSeries, Dataset } from "./dataset.ts";
import { type DuckDBConnection, rows, type Statement } from "./duckdb.ts";
import { noBars, type Origin } from "./finish.ts";
import type { LoadOptions } from "./options.ts";
import type { Relation } from "./relation.ts";
import { KEYS, type Key, seriesText } from "./series-text.ts";
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
  const keys = KEYS.map((key) => (roles[key] === undefined ? "NULL" : `c${roles[key]}::VARCHAR`));
  const sql = `SELECT k0, k1, k2, k3, k4, system.main.count(*), system.main.min(t), system.main.max(t)
    FROM (SELECT ${keys.map((key, i) => `${key} AS k${i}`).join(", ")}, ${time.sql} AS t FROM ${relation.from})
    GROUP BY k0, k1, k2, k3, k4 ORDER BY k0, k1, k2, k3, k4`;
  const found = await rows(connection, { sql, values: [...time.values, ...relation.values] });
  return found.map((row) => {
    const [exchange, mode, product, symbol, interval] = row.slice(0, 5).map(nameOrNull);
    const unit = time.unit ?? (row[6] === null ? "ms" : inferUnit(Number(row[6])));
    const moment = (value: unknown) => (value === null ? null : epochMs(Number(value), unit));
    return {
      exchange: exchange ?? null,
      mode: mode ?? null,
      product: product ?? null,
      symbol: symbol ?? null,
      interval: interval ?? null,
      bars: Number(row[5]),
      from: moment(row[6]),
      to: moment(row[7]),
    };
  });
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
