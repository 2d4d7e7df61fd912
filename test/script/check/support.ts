import { expect } from "vitest";
import { checkScript } from "../../../src/dsl/text/check/index.ts";
import { parseScript } from "../../../src/dsl/text/parse/parse-script.ts";

/** The whole script of a case, and where its marks stand in it. */
export function marked(source: string, tail = ""): { source: string; offsets: number[] } {
  const [, version = "5", rest] = /^(?:\/\/@version=(\d)\n)?([\s\S]*)$/.exec(source)!;
  const pieces = `//@version=${version}\nstrategy("t")\n${rest}\n${tail}`.split("§");
  const offsets: number[] = [];
  let at = 0;
  for (const piece of pieces.slice(0, -1)) {
    at += piece.length;
    offsets.push(at);
  }
  return { source: pieces.join(""), offsets };
}

export function findings(source: string) {
  const { script, text, diagnostics } = parseScript(source);
  expect(diagnostics).toEqual([]);
  return checkScript(script, text);
}
