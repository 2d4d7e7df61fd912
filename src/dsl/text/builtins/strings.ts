import { fn } from "./declare.ts";
import type { Meaning, Signature } from "./signature.ts";

const string = (name: string): Meaning => ({ to: "string", fn: name });

const SIGNATURES: readonly string[] = [
  "str.contains(text source, text str) -> bool",
  "str.endswith(text source, text str) -> bool",
  "str.format(text formatString, any arg0...) -> text",
  "str.length(text string) -> int",
  "str.lower(text source) -> text",
  "str.match(text source, text regex) -> text",
  "str.pos(text source, text str) -> int",
  'str.repeat(text source, int repeat, text separator = "") -> text',
  "str.replace(text source, text target, text replacement, int occurrence = 0) -> text",
  "str.replace_all(text source, text target, text replacement) -> text",
  "str.split(text string, text separator) -> array<text>",
  "str.startswith(text source, text str) -> bool",
  "str.substring(text source, int begin_pos, int end_pos?) -> text",
  "str.tonumber(text string|x) -> float",
  "str.tostring(any value|x, text format|y?) -> text",
  "str.trim(text source) -> text",
  "str.upper(text source) -> text",
];

/** The run-time function is called like the one of the language, without `str.`. */
export const stringFunctions = (): readonly Signature[] => [
  ...SIGNATURES.map((text) => fn(text, string(text.slice("str.".length, text.indexOf("("))))),
  fn(
    `str.format_time(int time, text format = "yyyy-MM-dd'T'HH:mm:ssZ", text timezone = "") -> text`,
    { to: "calendar", fn: "format_time" },
  ),
];
