import { type Diagnostic, diagnose, type Place, SourceText } from "../diagnostics/index.ts";
import type { CheckedDocument } from "./document.ts";
import { decode } from "./json/decode.ts";
import { readJson } from "./json/read.ts";
import { serialise } from "./json/serialise.ts";
import { type At, JsonTree } from "./json/tree.ts";
import { LIMITS } from "./limits.ts";
import { checkMeaning } from "./meaning/check-meaning.ts";
import { checkedDocument } from "./meaning/checked.ts";
import { checkSchema } from "./schema/check-schema.ts";

/** A rule document after all checks. */
export interface ParsedRules {
  /** Present exactly where no diagnostic is an error. */
  readonly document?: CheckedDocument;
  /** In the order of the text; at most 100 errors and 100 warnings, each with a note on how many more. */
  readonly diagnostics: readonly Diagnostic[];
  /** What the spans count in: the text without its byte order mark, or the JSON text made of an object. */
  readonly text: SourceText;
  /** File, pointer and span of the value at a JSON pointer, or of the property name in front of it. */
  readonly locate: (pointer: string, at?: At) => Place;
}

/**
 * Reads and checks a rule document: JSON text, its UTF-8 bytes, or the object it would be parsed to.
 *
 *     decode → read JSON (limits, syntax) → check the schema → check the meaning → typed document
 *
 * Reports everything that is wrong at once. Never throws, whatever it is given.
 */
export function parseRules(source: unknown, options: { readonly file?: string } = {}): ParsedRules {
  const { file } = options;
  const written =
    typeof source === "string" || source instanceof Uint8Array ? source : serialise(source);
  if (typeof written === "object" && !(written instanceof Uint8Array)) {
    const place = file === undefined ? {} : { file };
    return failed([{ ...written, ...place }], new SourceText("", file));
  }
  const { text, problem } = decode(written, file);
  if (problem !== null) return failed([problem], text);

  const json = readJson(text);
  if (json.value === undefined) return failed(json.diagnostics, text, json.tree);

  const overflows = json.diagnostics.filter((one) => one.code === "number_overflow");
  const told = new Set(overflows.map((one) => one.span?.offset));
  const schema = checkSchema(json.value, json.tree);
  const form = schema.diagnostics.filter((one) => !told.has(one.span?.offset));
  const meaning = checkMeaning(json.value, json.tree);
  const diagnostics = listed([...json.diagnostics, ...form, ...meaning], file, schema.more);
  const valid = !diagnostics.some((one) => one.severity === "error");
  return {
    ...(valid ? { document: checkedDocument(json.value as object) } : {}),
    diagnostics,
    text,
    locate: (pointer, at) => json.tree.locate(pointer, at),
  };
}

function failed(
  diagnostics: readonly Diagnostic[],
  text: SourceText,
  tree = new JsonTree(text, undefined),
): ParsedRules {
  return {
    diagnostics: listed(diagnostics, text.file),
    text,
    locate: (pointer, at) => tree.locate(pointer, at),
  };
}

/** In the order of the text, each once, within the limit; `unlisted` errors are only counted. */
function listed(all: readonly Diagnostic[], file: string | undefined, unlisted = 0): Diagnostic[] {
  const seen = new Set<string>();
  const once = all.filter((one) => {
    const key = `${one.code} ${one.span?.offset} ${one.message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  const sorted = once.sort((a, b) => (a.span?.offset ?? 0) - (b.span?.offset ?? 0));
  const shown = LIMITS.diagnostics;
  const errors = sorted.filter((one) => one.severity === "error");
  const warnings = sorted.filter((one) => one.severity === "warning");
  const kept = new Set([...errors.slice(0, shown), ...warnings.slice(0, shown)]);
  const place = file === undefined ? {} : { file };
  const note = (more: number, code: "too_many_errors" | "too_many_warnings") =>
    more > 0 ? [diagnose(code, { shown, more }, place)] : [];
  return [
    ...sorted.filter((one) => kept.has(one)),
    ...note(Math.max(0, errors.length - shown) + unlisted, "too_many_errors"),
    ...note(warnings.length - shown, "too_many_warnings"),
  ];
}
