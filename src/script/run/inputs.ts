import { type Diagnostic, diagnose, SwymcError, suggest } from "../../diagnostics/index.ts";
import type { InputSpec } from "../../dsl/text/core.ts";

export type GivenInputs = Readonly<Record<string, number | boolean | string>>;

/** Values of inputs in order of declaration; the place of a text holds NaN among the numbers, that of a number "". */
export interface InputValues {
  readonly numbers: Float64Array;
  readonly texts: readonly string[];
}

/** What an `input.source` may be. */
export const SOURCES = [
  "open",
  "high",
  "low",
  "close",
  "volume",
  "hl2",
  "hlc3",
  "ohlc4",
  "hlcc4",
] as const;

/** Values of the inputs, defaults where none is given. Throws SwymcError listing every value that does not fit. */
export function bindInputs(inputs: readonly InputSpec[], given: GivenInputs = {}): InputValues {
  const problems: Diagnostic[] = [];
  const known = inputs.map(({ name }) => name);
  for (const name of Object.keys(given)) {
    if (!known.includes(name)) problems.push(unknownInput(name, known));
  }
  const numbers = new Float64Array(inputs.length).fill(Number.NaN);
  const texts = inputs.map((input, at) => {
    const asked = Object.hasOwn(given, input.name) ? given[input.name]! : input.standard;
    const value = converted(input, asked);
    const rule =
      value === null
        ? typeRule(input)
        : Object.hasOwn(given, input.name)
          ? brokenRule(input, value)
          : null;
    if (rule !== null) {
      problems.push(diagnose("script_input", { name: input.name, value: String(asked), rule }));
      return "";
    }
    if (typeof value === "string") return value;
    numbers[at] = Number(value);
    return "";
  });
  if (problems.length > 0) throw new SwymcError(problems);
  return { numbers, texts };
}

function unknownInput(name: string, known: readonly string[]): Diagnostic {
  const found = diagnose("script_unknown_input", { name, known });
  const meant = suggest(name, known);
  return meant === undefined ? found : { ...found, hint: `did you mean ${meant}?` };
}

/** The value as its type has it, from numbers, truth values or what stands on a command line; null where it is none. */
function converted(
  { type }: InputSpec,
  value: number | boolean | string,
): number | boolean | string | null {
  if (type === "text" || type === "source") return String(value);
  if (type === "bool") {
    if (typeof value === "boolean") return value;
    if (value === "true" || value === 1) return true;
    return value === "false" || value === 0 ? false : null;
  }
  if (typeof value === "boolean" || value === "") return null;
  const number = Number(value);
  // na as a default: the script looks whether it is given.
  if (typeof value === "number" && Number.isNaN(value)) return value;
  return Number.isFinite(number) ? number : null;
}

function typeRule({ type }: InputSpec): string {
  return type === "bool" ? "it must be true or false" : "it must be a number";
}

function brokenRule(
  { type, min, max, options }: InputSpec,
  value: number | boolean | string,
): string | null {
  if (type === "source" && !SOURCES.includes(value as (typeof SOURCES)[number]))
    return `it must be one of ${SOURCES.join(", ")}`;
  if (options !== null && !options.includes(value as number | string))
    return `it must be one of ${options.join(", ")}`;
  if (typeof value !== "number") return null;
  if (type === "int" && !Number.isInteger(value)) return "it must be a whole number";
  if (min !== null && value < min) return `it must be at least ${min}`;
  if (max !== null && value > max) return `it must be at most ${max}`;
  return null;
}
