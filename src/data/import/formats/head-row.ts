import type { ImportSource } from "../format.ts";

/** The cells of the first row of a JSON array of arrays; empty for `[]`, null for anything else. */
export function headRow({ head }: ImportSource): unknown[] | null {
  const text = head
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .trimStart();
  if (/^\[\s*\]\s*$/.test(text)) return [];
  const row = /^\[\s*(\[[^[\]{}]*\])/.exec(text.slice(0, 8192));
  if (row === null) return null;
  try {
    return JSON.parse(row[1]);
  } catch {
    return null;
  }
}
