import type { InputSpec } from "../dsl/text/core.ts";
import { SOURCES } from "../script/run/inputs.ts";

/** An input of a script as a parameter: what it may be, and from which values a sweep may choose. */
export interface ScriptParam {
  /** Of the variable that `input.*` is assigned to: `--param NAME=VALUE`. */
  readonly name: string;
  /** `source` is a series of the bars, by name. */
  readonly kind: "int" | "float" | "bool" | "string" | "color" | "source";
  readonly default: number | boolean | string;
  /** `minval`, inclusive; null: none. */
  readonly min: number | null;
  /** `maxval`, inclusive; null: none. */
  readonly max: number | null;
  /** `step`, 1 for whole numbers that name none; null where a sweep has to be given one. */
  readonly step: number | null;
  /** All values that it may take: `options`, truth values, the series; null: any within `min` and `max`. */
  readonly options: readonly (number | boolean | string)[] | null;
  /** What the settings of the chart call it. */
  readonly title: string | null;
}

export function scriptParam(input: InputSpec): ScriptParam {
  const { name, type, standard, min, max, step, title } = input;
  return {
    name,
    kind: type === "text" ? "string" : type,
    default: standard,
    min,
    max,
    step: step ?? (type === "int" ? 1 : null),
    options: optionsOf(input),
    title,
  };
}

function optionsOf({ type, options }: InputSpec): ScriptParam["options"] {
  if (type === "bool") return [false, true];
  return type === "source" ? SOURCES : options;
}
