import { fail } from "../../diagnostics/index.ts";
import { countOf, listValues, steps, type Values } from "./axis.ts";
import type { SweptParam } from "./swept-param.ts";

/** Most values that a list, or ranges in a list, may have. */
const MAX_LISTED = 1_000_000;

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** What a parameter may be given in a space: text as on the command line, a number, a list, or a range. */
export type ValuesInput =
  | string
  | number
  | boolean
  | readonly (number | boolean | string)[]
  | { readonly min: number; readonly max: number; readonly step?: number };

/**
 * The values that a text, a list or a range stands for. Throws a SwymcError that says what is wrong, before any work.
 *
 *     2..100   5..200:5   1..1000:log4   5..80:*2   0.5..2:real   1..100:log   5,10,20   10..50:10,100
 */
export function parseValues(param: SweptParam, input: ValuesInput): Values {
  if (typeof input === "object" && "min" in input) return fromRange(param, input);
  if (typeof input === "object") {
    if (!Array.isArray(input)) wrong(param, JSON.stringify(input), "a range has min and max");
    if (input.length === 0) wrong(param, "[]", "a value is missing");
    const values = input.map((value) => toNumber(param, String(value), JSON.stringify(input)));
    return checked(param, { kind: "list", values: distinct(values) }, JSON.stringify(input));
  }
  const text = String(input).trim();
  const parts = text.split(",").map((part) => parsePart(param, part.trim(), text));
  if (parts.length === 1) return checked(param, parts[0]!, text);
  if (parts.some((part) => part.kind === "real")) {
    wrong(param, text, "a range of real numbers cannot stand in a list");
  }
  const total = parts.reduce((sum, part) => sum + countOf(part), 0);
  if (total > MAX_LISTED) wrong(param, text, `a list has at most ${MAX_LISTED} values`);
  const values = distinct(parts.flatMap((part) => listValues(part, MAX_LISTED)));
  return checked(param, { kind: "list", values }, text);
}

function fromRange(
  param: SweptParam,
  { min, max, step }: { min: number; max: number; step?: number },
): Values {
  const text = `${min}..${max}${step === undefined ? "" : `:${step}`}`;
  for (const value of [min, max, step ?? 1]) {
    if (!Number.isFinite(value)) wrong(param, text, `${value} is no finite number`);
  }
  return checked(param, stepped(param, min, max, step ?? param.step ?? 1, text), text);
}

function parsePart(param: SweptParam, part: string, text: string): Values {
  if (part === "") wrong(param, text, "a value is missing");
  const range = /^(.+?)\.\.(.+?)(?::(.*))?$/.exec(part);
  if (range === null) return { kind: "list", values: [toNumber(param, part, text)] };
  if (param.labels !== null) wrong(param, text, "its values have no order; list them");
  const [min, max] = [range[1]!, range[2]!].map((end) => decimal(param, end.trim(), text)) as [
    number,
    number,
  ];
  const by = range[3]?.trim();
  if (min > max) wrong(param, text, `${min} is above ${max}`);
  if (by === undefined) return stepped(param, min, max, param.step ?? 1, text);
  if (by === "real") return real(param, min, max, false, text);
  if (by === "log") return real(param, min, max, true, text);
  if (by.startsWith("log")) return logarithmic(param, min, max, by.slice(3), text);
  if (by.startsWith("*")) return multiplied(param, min, max, by.slice(1), text);
  return stepped(param, min, max, decimal(param, by, text), text);
}

function stepped(param: SweptParam, min: number, max: number, step: number, text: string): Values {
  if (min > max) wrong(param, text, `${min} is above ${max}`);
  if (!(step > 0)) wrong(param, text, `the step ${step} is not above 0`);
  const values = steps(min, max, step);
  if (!(countOf(values) <= 2 ** 53)) wrong(param, text, "the step is too small for the range");
  return values;
}

function real(
  param: SweptParam,
  min: number,
  max: number,
  byLogarithm: boolean,
  text: string,
): Values {
  if (param.integer) wrong(param, text, "it takes whole numbers only");
  if (byLogarithm && min <= 0) wrong(param, text, "a logarithmic range begins above 0");
  return { kind: "real", min, max, logarithmic: byLogarithm };
}

/** `count` values in equal ratios, both ends among them; of a whole-number parameter rounded, each once. */
function logarithmic(
  param: SweptParam,
  min: number,
  max: number,
  count: string,
  text: string,
): Values {
  const n = Number(count);
  if (!/^\d+$/.test(count) || n < 2 || n > MAX_LISTED) {
    wrong(param, text, `log wants a count of values from 2 to ${MAX_LISTED}, as in 1..1000:log4`);
  }
  if (min <= 0) wrong(param, text, "a logarithmic range begins above 0");
  const values = Array.from({ length: n }, (_, i) => {
    if (i === 0) return min;
    if (i === n - 1) return max;
    const value = Math.exp(Math.log(min) + (i / (n - 1)) * Math.log(max / min));
    return param.integer ? Math.round(value) : Number(value.toPrecision(12));
  });
  return { kind: "list", values: distinct(values) };
}

function multiplied(
  param: SweptParam,
  min: number,
  max: number,
  factor: string,
  text: string,
): Values {
  const by = decimal(param, factor, text);
  if (!(by > 1)) wrong(param, text, `the factor ${by} is not above 1`);
  if (min <= 0) wrong(param, text, "a range of factors begins above 0");
  const values: number[] = [];
  for (let value = min; value <= max; value *= by) {
    values.push(param.integer ? Math.round(value) : value);
    if (values.length > MAX_LISTED) wrong(param, text, "the factor is too small for the range");
  }
  return { kind: "list", values: distinct(values) };
}

function decimal(param: SweptParam, text: string, whole: string): number {
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) wrong(param, whole, `"${text}" is no finite number`);
  return value === 0 ? 0 : value;
}

/** A value as the number that stands for it: itself, or its place among the labels. */
function toNumber(param: SweptParam, text: string, whole: string): number {
  if (param.labels === null) return decimal(param, text, whole);
  const found = param.labels.indexOf(text);
  if (found < 0) wrong(param, whole, `"${text}" is none of ${param.labels.join(", ")}`);
  return found;
}

function checked(param: SweptParam, values: Values, text: string): Values {
  const ends =
    values.kind === "list"
      ? values.values
      : values.kind === "real"
        ? [values.min, values.max]
        : [values.first / values.scale, ...listValues(values, 2).slice(1), lastOf(values)];
  for (const value of ends) {
    const rule = param.brokenRule(value);
    if (rule !== null) wrong(param, text, `${param.labels?.[value] ?? value}: ${rule}`);
  }
  return values;
}

function lastOf({ first, by, scale, count }: Extract<Values, { kind: "steps" }>): number {
  return (first + (count - 1) * by) / scale;
}

function distinct(values: readonly number[]): number[] {
  return [...new Set(values)];
}

function wrong(param: SweptParam, text: string, reason: string): never {
  return fail("sweep_axis", { name: param.name, text, reason });
}
