import { type IndicatorDefinition, indicators } from "../../src/indicators/index.ts";
import type { Dialect } from "../../src/vector/kernel.ts";
import { generator } from "./cases.ts";

/** Whether its values are na on most bars, by design. */
export function isSparse({ name }: IndicatorDefinition): boolean {
  return name === "pivothigh" || name === "pivotlow";
}

/** Whether it answers 0 where a source is na, as the libraries of the dialect do. */
export function answersOverNa({ name }: IndicatorDefinition, dialect: Dialect): boolean {
  return name.startsWith("cross") && dialect !== "tv" && dialect !== "talib";
}

/** Whether these parameters leave nothing to divide by on many bars: an RSI of 0 or 100 only, a range of one value. */
export function isDegenerate({ name }: IndicatorDefinition, params: readonly number[]): boolean {
  return name === "stochrsi" && (params[0] === 1 || params[1] === 1);
}

/** Each indicator with the first of the dialects that share a kernel, for tests to run it once. */
export function forms(): (readonly [IndicatorDefinition, Dialect])[] {
  return indicators.flatMap((definition) => {
    const kernels = definition.dialects.map((dialect) => definition.kernel(dialect));
    return definition.dialects
      .filter((_, k) => kernels.indexOf(kernels[k]) === k)
      .map((dialect) => [definition, dialect] as const);
  });
}

/** Parameters for a period, as near to it as they may be; others have their defaults. */
export function paramsFor(definition: IndicatorDefinition, period: number): number[] {
  return definition.params.map((param) => {
    if (param.name !== "period" && param.default !== undefined) return param.default;
    if (param.type === "float") return (param.min + param.max) / 2;
    return Math.min(param.max, Math.max(param.min, period));
  });
}

/**
 * What an indicator reads, around one series: highs above it, lows below, volumes, a condition that holds above 100; na
 * on the same bars. Two hours from bar to bar.
 */
export function sourcesFor(definition: IndicatorDefinition, series: Float64Array): Float64Array[] {
  return definition.sources.map((source, k) => {
    if (source === "source" || source === "close") return series;
    if (source === "condition") return series.map((value) => Number(value > 100) + 0 * value);
    if (source === "time") return series.map((_, i) => 1.7e12 + 7_200_000 * i);
    const random = generator(k + 1);
    if (source === "other") return series.map((value) => value + random() - 0.5);
    if (source === "volume") return series.map((value) => 1000 * random() + 0 * value);
    const sign = source === "high" ? 1 : -1;
    return series.map((value) => value + sign * random());
  });
}

export function evaluate(
  definition: IndicatorDefinition,
  dialect: Dialect,
  series: Float64Array,
  params: readonly number[],
): Float64Array[] {
  const outputs = definition.outputs.map(() => new Float64Array(series.length).fill(-1));
  definition.kernel(dialect)(sourcesFor(definition, series), params, outputs);
  return outputs;
}
