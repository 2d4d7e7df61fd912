import type { Dialect } from "../vector/kernel.ts";
import { checkDialect, checkNumber, resultColumn } from "./arguments.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { refuse } from "./refuse.ts";
import { columnOf, type Source } from "./source.ts";

/** Columns that an indicator reads beside, or in place of, a source; aligned with it. */
export type Columns<F extends string> = { readonly [name in F]: Source };

/** Numbers that must be given (`P`) and those that have a default (`Q`), as their definition says. */
export type Numbers<P extends string, Q extends string = never> = {
  readonly [name in P]: number;
} & {
  readonly [name in Q]?: number;
};

export interface OneResult {
  /** The library whose conventions apply; `tv` (TradingView) unless given. */
  readonly dialect?: Dialect;
  /** Where the result goes: as long as the sources, in memory of its own. */
  readonly out?: Float64Array;
}

export interface SeveralResults<O extends string> {
  readonly dialect?: Dialect;
  /** Where results go, each as long as the sources, in memory of its own. */
  readonly out?: { readonly [output in O]?: Float64Array };
}

export type Results<O extends string> = { readonly [output in O]: Float64Array };

/** Runs an indicator of one output; sources in the order of its definition. */
export function runOne(
  definition: IndicatorDefinition,
  sources: readonly Source[],
  options: object,
): Float64Array {
  const { out } = options as OneResult;
  return run(definition, sources, options, out === undefined ? {} : { value: out })["value"];
}

/** Runs an indicator of several outputs. */
export function runSeveral<O extends string>(
  definition: IndicatorDefinition,
  sources: readonly Source[],
  options: object,
): Results<O> {
  const { out = {} } = options as SeveralResults<O>;
  return run(definition, sources, options, out) as Results<O>;
}

function run(
  definition: IndicatorDefinition,
  sources: readonly Source[],
  options: object,
  out: Readonly<Record<string, Float64Array | undefined>>,
): Record<string, Float64Array> {
  const name = camel(definition.name);
  const given = options as Readonly<Record<string, number | undefined>> & OneResult;
  const params = definition.params.map((param) => {
    const value = given[camel(param.name)] ?? (param.default as number);
    checkNumber(name, camel(param.name), value, param.type, param.min, param.max);
    return value;
  });
  const { dialect = "tv" } = given as OneResult;
  checkDialect(name, dialect);
  const columns = sources.map((source) => columnOf(name, source));
  const bars = columns[0].length;
  for (const column of columns) {
    if (column.length !== bars) {
      refuse("indicator_lengths", { indicator: name, left: bars, right: column.length });
    }
  }
  const taken = [...columns];
  const results = definition.outputs.map((output) => {
    const result = resultColumn(name, out[output], bars, taken);
    taken.push(result);
    return result;
  });
  definition.kernel(dialect)(columns, params, results);
  return Object.fromEntries(definition.outputs.map((output, k) => [output, results[k]]));
}

function camel(snake: string): string {
  return snake.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}
