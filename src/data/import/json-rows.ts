import { fail } from "../../diagnostics/index.ts";
import type { ImportSource } from "./format.ts";
import { textOf } from "./text.ts";

/** Longest row of an array of bars, in characters; a kline of Binance takes 0.2 KB. */
const LONGEST_ROW = 4096;

export type Cell = string | number | boolean | null;

/**
 * The rows of a JSON array of arrays, in lots as they come. Nothing is nested deeper and no row is long, so that
 * neither depth nor size of the document matters.
 */
export async function* jsonRows(source: ImportSource, format: string): AsyncGenerator<Cell[][]> {
  let expected: "[" | "row or end" | "row" | "comma or end" | "nothing" = "[";
  let rest = "";
  let row = 0;
  const wrong = (problem: string): never =>
    fail("import_layout", { path: source.path, format, where: `row ${row + 1}`, problem });
  for await (const more of textOf(source)) {
    const text = rest + more;
    const lot: Cell[][] = [];
    let at = 0;
    for (;;) {
      at = skipBlank(text, at);
      if (at === text.length) break;
      const char = text[at];
      if (expected === "[" && char === "[") expected = "row or end";
      else if (expected === "comma or end" && char === ",") expected = "row";
      else if (expected.endsWith("or end") && char === "]") expected = "nothing";
      else if (expected.startsWith("row") && char === "[") {
        const end = text.indexOf("]", at);
        if (end < 0 && text.length - at <= LONGEST_ROW) break;
        if (end < 0 || end - at > LONGEST_ROW) wrong(`longer than ${LONGEST_ROW} characters`);
        lot.push(cells(text.slice(at, end + 1), wrong));
        row++;
        expected = "comma or end";
        at = end;
      } else
        wrong(`${JSON.stringify(text.slice(at, at + 20))} where ${wanted(expected)} should stand`);
      at++;
    }
    rest = text.slice(at);
    if (lot.length > 0) yield lot;
  }
  if (expected !== "nothing") wrong("the document ends in the middle");
}

function cells(text: string, wrong: (problem: string) => never): Cell[] {
  const inner = text.lastIndexOf("[");
  if (inner > 0) wrong("an array inside of a row");
  let parsed: unknown[];
  try {
    parsed = JSON.parse(text);
  } catch {
    return wrong(`${text.slice(0, 80)} is not JSON`);
  }
  if (parsed.some((cell) => typeof cell === "object" && cell !== null)) {
    wrong("an object inside of a row");
  }
  return parsed as Cell[];
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \n\r\t\uFEFF".includes(text[at])) at++;
  return at;
}

function wanted(expected: string): string {
  if (expected === "nothing") return "the document should end";
  return expected === "[" ? "an array of rows" : `a ${expected}`;
}
