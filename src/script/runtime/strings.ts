import { fail, type Place } from "../../diagnostics/index.ts";
import { round } from "./math.ts";
import { parseRegex } from "./parse-regex.ts";
import { type Regex, RegexProblem } from "./regex.ts";
import { parseTimeframe } from "./timeframe.ts";

type Value = number | boolean | string | Value[] | null;

/** Longest text that a script may make. */
const MAX_TEXT = 40_960;
/** Regular expressions that are kept. */
const MAX_REGEXES = 100;

/** `str.*`. na is shown as "NaN". */
export class StringFunctions {
  readonly #mintick: number;
  readonly #placeOf: (span: number) => Place;
  readonly #regexes = new Map<string, Regex>();

  constructor(mintick: number, placeOf: (span: number) => Place) {
    this.#mintick = mintick;
    this.#placeOf = placeOf;
  }

  tostring = (value: Value, format = ""): string => {
    if (typeof value === "number") return this.#number(value, format);
    if (Array.isArray(value))
      return `[${value.map((each) => this.tostring(each, format)).join(", ")}]`;
    return value === null ? "NaN" : String(value);
  };

  /** "{0}", "{1,number,#.##}". */
  format = (pattern: string, ...values: Value[]): string =>
    bounded(
      pattern.replace(/\{(\d{1,3})(?:,\s*number(?:,([^{}]*))?)?\}/g, (whole, index, format) => {
        const value = values[Number(index)];
        return value === undefined ? whole : this.tostring(value, String(format ?? "").trim());
      }),
    );

  length = (text: string): number => text.length;
  contains = (text: string, part: string): boolean => text.includes(part);
  startswith = (text: string, part: string): boolean => text.startsWith(part);
  endswith = (text: string, part: string): boolean => text.endsWith(part);
  lower = (text: string): string => text.toLowerCase();
  upper = (text: string): string => text.toUpperCase();
  trim = (text: string): string => text.trim();
  pos = (text: string, part: string): number => {
    const at = text.indexOf(part);
    return at < 0 ? Number.NaN : at;
  };
  substring = (text: string, begin: number, end = text.length): string =>
    text.substring(begin, end);
  repeat = (text: string, times: number, separator = ""): string => {
    const count = Math.min(Math.max(0, Math.trunc(times) || 0), MAX_TEXT);
    if (count * (text.length + separator.length) > 4 * MAX_TEXT)
      return bounded(
        (text + separator).repeat(Math.ceil(MAX_TEXT / (text.length + separator.length))),
      );
    return bounded(new Array<string>(count).fill(text).join(separator));
  };
  replace = (text: string, target: string, replacement: string, occurrence = 0): string => {
    let at = text.indexOf(target);
    for (let skip = occurrence; skip > 0 && at >= 0; skip--) at = text.indexOf(target, at + 1);
    if (at < 0) return text;
    return bounded(text.slice(0, at) + replacement + text.slice(at + target.length));
  };
  replace_all = (text: string, target: string, replacement: string): string =>
    target === "" ? text : bounded(text.split(target).join(replacement));
  match = (text: string, pattern: string, span: number): string => {
    try {
      return this.#regex(pattern).find(text);
    } catch (error) {
      if (!(error instanceof RegexProblem)) throw error;
      return fail("script_regex", { regex: pattern, problem: error.message }, this.#placeOf(span));
    }
  };
  split = (text: string, separator: string): string[] => text.split(separator);
  tonumber = (text: string): number =>
    /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(text) ? finite(Number(text)) : Number.NaN;

  timeframe_in_seconds = (timeframe: string): number => parseTimeframe(timeframe).ms / 1000;
  timeframe_from_seconds = (seconds: number): string => {
    if (seconds < 60) return `${Math.max(1, Math.ceil(seconds))}S`;
    if (seconds < 86_400) return String(Math.ceil(seconds / 60));
    const days = Math.ceil(seconds / 86_400);
    if (days < 7) return `${days}D`;
    return days < 30 ? `${Math.ceil(days / 7)}W` : `${Math.ceil(days / 30)}M`;
  };

  #regex(pattern: string): Regex {
    let known = this.#regexes.get(pattern);
    if (known === undefined) {
      if (this.#regexes.size >= MAX_REGEXES) this.#regexes.clear();
      known = parseRegex(pattern);
      this.#regexes.set(pattern, known);
    }
    return known;
  }

  #number(value: number, format: string): string {
    if (Number.isNaN(value)) return "NaN";
    if (format === "mintick" || format === "format.mintick") {
      const rounded = round(value / this.#mintick) * this.#mintick;
      return rounded.toFixed(decimalsOf(this.#mintick));
    }
    if (format === "percent" || format === "format.percent") return `${decimal(value, 2, 2)}%`;
    const match = /^([#0,]*)(?:\.([#0]*))?(%?)$/.exec(format);
    if (match === null || format === "") return decimal(value, 0, 10);
    const [, , places = "", percent = ""] = match;
    const shown = percent === "" ? value : value * 100;
    return decimal(shown, places.replaceAll("#", "").length, places.length) + percent;
  }
}

/** With so many decimals at least and at most. */
function decimal(value: number, least: number, most: number): string {
  if (Math.abs(value) >= 1e21) return String(value);
  const text = value.toFixed(Math.min(most, 20));
  const [whole = "", places = ""] = text.split(".");
  let kept = places.length;
  while (kept > least && places[kept - 1] === "0") kept--;
  const shown = kept === 0 ? whole : `${whole}.${places.slice(0, kept)}`;
  return /^-0(\.0*)?$/.test(shown) ? shown.slice(1) : shown;
}

function decimalsOf(step: number): number {
  for (let places = 0; places < 12; places++) {
    if (Math.abs(step - Number(step.toFixed(places))) < 1e-12) return places;
  }
  return 12;
}

function bounded(text: string): string {
  return text.slice(0, MAX_TEXT);
}

function finite(x: number): number {
  return x + 0 * x;
}
