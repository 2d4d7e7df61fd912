import type { Dialect } from "../../vector/kernel.ts";
import { checkDialect, checkNumber } from "../arguments.ts";
import type { IndicatorDefinition } from "../definition.ts";
import { IndicatorStream } from "./indicator-stream.ts";

/** Numbers by the definition's names in camel case (`numStdDev`), and the dialect, `tv` unless given. */
export interface StreamOptions {
  readonly dialect?: Dialect;
  readonly [param: string]: number | Dialect | undefined;
}

/** The streaming form of any indicator; throws `IndicatorError` for numbers outside of the definition's ranges. */
export function createStream<Input, Output>(
  definition: IndicatorDefinition,
  options: StreamOptions,
): IndicatorStream<Input, Output> {
  const { name, sources, outputs, stream } = definition;
  const params = definition.params.map((param) => {
    const key = camelCase(param.name);
    const value = (options[key] ?? param.default) as number;
    checkNumber(name, key, value, param.type, param.min, param.max);
    return value;
  });
  const dialect = options.dialect ?? "tv";
  checkDialect(name, dialect);
  return new IndicatorStream({ name, sources, outputs, params, dialect }, stream(dialect));
}

/** `num_std_dev` as options have it: `numStdDev`. */
export function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
