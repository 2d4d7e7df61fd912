import type { IndicatorDefinition } from "../../../src/indicators/definition.ts";
import { paramsFor } from "../inputs.ts";
import { averages } from "./averages.ts";
import { abs, bits, type Exact, exact } from "./fixed.ts";
import { momentum } from "./momentum.ts";
import { type Columns, columnsOf, exactBars, type Regime, sourcesOf } from "./regimes.ts";
import { scales } from "./scales.ts";
import type { Column, Form } from "./series.ts";
import { statistics } from "./statistics.ts";

/** Every indicator of the registry, in dialect tv, by the arithmetic of `fixed.ts`. */
export const exactForms: Readonly<Record<string, Form>> = {
  ...averages,
  ...momentum,
  ...statistics,
};

/** The largest errors of an indicator's values. */
export interface Errors {
  /** Of the exact value. */
  readonly relative: number;
  /** In units in the last place of the exact value, or of the indicator's scale where that is larger. */
  readonly ulps: number;
  /** The bar and output of the largest error in ulps. */
  readonly where: string;
  /** Values compared. */
  readonly values: number;
}

/** Below this a difference is what fixed point dropped: 2^-284. */
const DROPPED = 1n << 100n;

/** An indicator of period 20, its other parameters the defaults, over bars of a size. */
export function measure(definition: IndicatorDefinition, regime: Regime, bars: number): Errors {
  const columns = columnsOf(regime, bars, 20);
  const params = paramsFor(definition, 20);
  const found = definition.outputs.map(() => new Float64Array(bars));
  definition.kernel("tv")(sourcesOf(definition, columns), params, found);
  return errorsOf(definition, columns, params, found);
}

/** Errors of values from bar `from` on against the exact form of all the bars. */
export function errorsOf(
  definition: IndicatorDefinition,
  columns: Columns,
  params: readonly number[],
  found: readonly Float64Array[],
  from = 0,
): Errors {
  const wanted = exactForms[definition.name](exactBars(columns), ...params);
  const scale = exact(scales[definition.name]?.size(columns) ?? 0) as bigint;
  const each = wanted.map((column, k) =>
    compare(column, found[k], from, scale, definition.outputs[k]),
  );
  const worst = each.reduce((a, b) => (b.ulps > a.ulps ? b : a));
  return {
    ...worst,
    relative: Math.max(...each.map(({ relative }) => relative)),
    values: each.reduce((sum, { values }) => sum + values, 0),
  };
}

function compare(
  wanted: Column,
  found: Float64Array,
  from: number,
  scale: bigint,
  output: string,
): Errors {
  let errors: Errors = { relative: 0, ulps: 0, where: output, values: 0 };
  for (let i = from; i < wanted.length; i++) {
    const value = exact(found[i]);
    const right: Exact = wanted[i];
    if (value === null && right === null) continue;
    const where = `${output}, bar ${i}`;
    if (value === null || right === null) throw new Error(`${where}: na and a value`);
    const error = abs(value - right);
    const size = abs(right);
    const counts = error >= DROPPED;
    const ulps = counts ? quotient(error, unitOf(size > scale ? size : scale)) : 0;
    errors = {
      relative: Math.max(errors.relative, counts ? quotient(error, size) : 0),
      ulps: Math.max(errors.ulps, ulps),
      where: ulps > errors.ulps ? where : errors.where,
      values: errors.values + 1,
    };
  }
  return errors;
}

/** The distance of doubles about a value. */
function unitOf(value: bigint): bigint {
  return 1n << BigInt(Math.max(0, bits(value) - 53));
}

/** Infinite where what the exact value leaves is nothing. */
function quotient(a: bigint, b: bigint): number {
  return b < DROPPED ? Number.POSITIVE_INFINITY : Number((a << 100n) / b) / 2 ** 100;
}
