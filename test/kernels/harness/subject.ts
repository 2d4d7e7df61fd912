import fc from "fast-check";
import type { IndicatorDefinition } from "../../../src/indicators/definition.ts";
import {
  camelCase,
  createStream,
  type IndicatorStream,
  type StreamOptions,
} from "../../../src/indicators/stream/index.ts";
import type { Dialect } from "../../../src/vector/kernel.ts";

export type AnyStream = IndicatorStream<unknown, number | Record<string, number>>;

/** Parameters of a definition: near their lower bounds, where windows fit into the bars, and beyond the bars. */
export function paramsCases(definition: IndicatorDefinition): fc.Arbitrary<number[]> {
  return fc.tuple(
    ...definition.params.map(({ type, min, max }) =>
      type === "int"
        ? fc.oneof(
            { weight: 4, arbitrary: fc.integer({ min, max: Math.min(max, min + 6) }) },
            { weight: 4, arbitrary: fc.integer({ min, max: Math.min(max, min + 60) }) },
            { weight: 1, arbitrary: fc.constant(Math.min(max, 1000)) },
          )
        : fc.oneof(
            fc.constantFrom(min, max),
            fc.double({ min, max: Math.min(max, min + 10), noNaN: true }),
          ),
    ),
  );
}

/** The definition's defaults, 5 where there is none. */
export function usualParams(definition: IndicatorDefinition): number[] {
  return definition.params.map((p) => p.default ?? Math.min(p.max, Math.max(p.min, 5)));
}

export function batchOf(
  definition: IndicatorDefinition,
  dialect: Dialect,
  params: readonly number[],
  columns: readonly Float64Array[],
): Float64Array[] {
  const outputs = definition.outputs.map(() => new Float64Array(columns[0].length).fill(-1));
  definition.kernel(dialect)(columns, params, outputs);
  return outputs;
}

export function streamOf(
  definition: IndicatorDefinition,
  dialect: Dialect,
  params: readonly number[],
): AnyStream {
  return createStream(definition, optionsOf(definition, dialect, params));
}

export function optionsOf(
  definition: IndicatorDefinition,
  dialect: Dialect,
  params: readonly number[],
): StreamOptions {
  const numbers = definition.params.map((p, k) => [camelCase(p.name), params[k]] as const);
  return { ...Object.fromEntries(numbers), dialect };
}

/** What `update` takes on a bar: the source's value, or a record of the sources' values. */
export function inputAt(
  definition: IndicatorDefinition,
  columns: readonly Float64Array[],
  bar: number,
): unknown {
  const { sources } = definition;
  if (sources.length === 1) return columns[0][bar];
  return Object.fromEntries(sources.map((source, k) => [source, columns[k][bar]]));
}

/** The outputs of a bar in the definition's order. */
export function outputsOf(definition: IndicatorDefinition, value: unknown): number[] {
  const { outputs } = definition;
  if (outputs.length === 1) return [value as number];
  return outputs.map((output) => (value as Record<string, number>)[output]);
}

/** Runs the bars through `next`, one after the other, into columns. */
export function collect(
  definition: IndicatorDefinition,
  bars: number,
  next: (bar: number) => unknown,
): Float64Array[] {
  const columns = definition.outputs.map(() => new Float64Array(bars));
  for (let bar = 0; bar < bars; bar++) {
    outputsOf(definition, next(bar)).forEach((value, k) => {
      columns[k][bar] = value;
    });
  }
  return columns;
}

/** Fails at the first bar where the two differ in a bit (any NaN equals any other). */
export function sameBits(found: readonly Float64Array[], wanted: readonly Float64Array[]): void {
  wanted.forEach((column, k) => {
    for (let bar = 0; bar < column.length; bar++) {
      if (!Object.is(found[k][bar], column[bar])) {
        throw new Error(`output ${k}, bar ${bar}: ${found[k][bar]} instead of ${column[bar]}`);
      }
    }
  });
}
