import type { Data, Vector } from "apache-arrow";
import { fail } from "../diagnostics/index.ts";

/** Arrow's type ids, by their values in the format, so that any copy of the library will do. */
const UTF8 = 5;
const LARGE_UTF8 = 20;
const DICTIONARY = -1;

/** A column of texts that repeat: each row's text is `values[codes[row]]`; null slots have the text "". */
export interface TextColumn {
  readonly values: readonly string[];
  readonly codes: Uint32Array;
}

/** A column of text, plain or dictionary-encoded; any other type is refused by name. */
export function columnTexts(vector: Vector, name: string, length: number): TextColumn {
  const { typeId, dictionary } = vector.type as { typeId: number; dictionary?: { typeId: number } };
  const inner = typeId === DICTIONARY ? dictionary?.typeId : typeId;
  if (inner !== UTF8 && inner !== LARGE_UTF8) {
    fail("column_type", { column: name, type: String(vector.type) });
  }
  if (vector.length !== length) {
    fail("column_length", { column: name, expected: length, found: vector.length });
  }
  const known = new Map<string, number>();
  const codeOf = (text: unknown) => {
    const key = text === null || text === undefined ? "" : String(text);
    const code = known.get(key) ?? known.size;
    known.set(key, code);
    return code;
  };
  const codes = new Uint32Array(length);
  let at = 0;
  for (const chunk of vector.data as readonly Data[]) {
    const words = chunk.dictionary;
    // Each word of a dictionary is decoded once, not once per row.
    const decoded = words
      ? Array.from({ length: words.length }, (_, i) => codeOf(words.get(i)))
      : [];
    const indices = chunk.values as { readonly [i: number]: number | bigint };
    for (let i = 0; i < chunk.length; i++) {
      const index = words && chunk.getValid(i) ? decoded[Number(indices[i])] : undefined;
      codes[at + i] = index ?? codeOf(words ? "" : vector.get(at + i));
    }
    at += chunk.length;
  }
  return { values: [...known.keys()], codes };
}
