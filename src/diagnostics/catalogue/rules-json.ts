import { error, warning } from "./entry.ts";
import { quoted } from "./quote.ts";

const SYNTAX: Readonly<Record<string, string>> = {
  InvalidSymbol: "this is no JSON value; text needs double quotes",
  InvalidNumberFormat: "this is no JSON number",
  PropertyNameExpected: "a property name in double quotes is expected",
  ValueExpected: "a value is expected",
  ColonExpected: "a colon is expected after the property name",
  CommaExpected: "a comma is expected before this",
  CloseBraceExpected: "the object is not closed: a } is expected",
  CloseBracketExpected: "the list is not closed: a ] is expected",
  EndOfFileExpected: "the document has ended, but more text follows",
  UnexpectedEndOfComment: "the comment is not closed",
  UnexpectedEndOfString: 'the string is not closed: a " is expected on the same line',
  UnexpectedEndOfNumber: "the number is not complete",
  InvalidUnicode: "\\u needs four hexadecimal digits",
  InvalidEscapeCharacter: 'only \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX are escapes',
  InvalidCharacter: "control characters in a string must be written as escapes",
};

/** Diagnostics about a rule document as JSON: its encoding, its syntax, its limits. */
export const jsonDiagnostics = {
  json_syntax: error<{ reason: string }>(
    ({ reason }) => `not valid JSON: ${SYNTAX[reason] ?? reason}`,
    "The document could not be read as JSON (RFC 8259).",
  ),
  json_comment: error<Record<never, never>>(
    () => "JSON has no comments",
    "Comments are no part of JSON. Every object of a rule document takes a `comment` property.",
    () => 'write it as a property: "comment": "…"',
  ),
  json_trailing_comma: error<Record<never, never>>(
    () => "JSON allows no comma after the last item",
    "A comma stands between two items, never before a closing bracket.",
    () => "remove the comma",
  ),
  duplicate_key: error<{ name: string; firstLine: number }>(
    ({ name, firstLine }) => `property ${quoted(name)} is given twice, first on line ${firstLine}`,
    "JSON readers disagree on which of two equal keys counts, so neither is taken.",
  ),
  not_unicode: error<{ what: string }>(
    ({ what }) => `the document is not well-formed Unicode: ${what}`,
    "Rule documents are UTF-8 (a byte order mark is allowed) without unpaired surrogates.",
    ({ what }) => (what.includes("surrogate") ? undefined : "save the file as UTF-8"),
  ),
  number_overflow: error<{ text: string }>(
    ({ text }) => `the number ${text.length > 40 ? `${text.slice(0, 40)}…` : text} is too large`,
    "Numbers must be finite as 64-bit floating point numbers, that is below 1.8e308.",
  ),
  document_too_large: error<{ limit: number }>(
    ({ limit }) => `the document is larger than ${limit} bytes`,
    "A rule document may have up to 1 MiB (1,048,576 bytes of UTF-8).",
  ),
  document_too_deep: error<{ limit: number }>(
    ({ limit }) => `brackets are nested more than ${limit} deep`,
    "A rule document may be nested up to 64 brackets deep.",
    () => "conditions side by side in one all_of or any_of need no nesting",
  ),
  document_too_many_nodes: error<{ limit: number }>(
    ({ limit }) => `the document holds more than ${limit} values`,
    "A rule document may hold up to 10,000 JSON values (objects, lists, strings, numbers, true, false, null).",
  ),
  name_too_long: error<{ name: string; limit: number }>(
    ({ name, limit }) => `the property name ${quoted(name)} is longer than ${limit} characters`,
    "Property names have up to 200 characters; none of the language is longer than 20.",
  ),
  not_json_value: error<{ what: string }>(
    ({ what }) => `the document holds ${what}, which JSON has no form for`,
    "A document given as an object may hold plain objects, arrays, strings, finite numbers, booleans and null.",
  ),
  too_many_errors: error<{ shown: number; more: number }>(
    ({ shown, more }) => `only the first ${shown} errors are listed; there are ${more} more`,
    "At most 100 errors of one document are listed.",
  ),
  too_many_warnings: warning<{ shown: number; more: number }>(
    ({ shown, more }) => `only the first ${shown} warnings are listed; there are ${more} more`,
    "At most 100 warnings of one document are listed.",
  ),
};
