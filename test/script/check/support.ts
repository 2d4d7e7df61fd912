import { expect } from "vitest";
import { checkScript, verifyCore } from "../../../src/dsl/text/check/index.ts";
import type { CoreScript } from "../../../src/dsl/text/core.ts";
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

/** Cases of a text file: `== name`, the script, `--`, what becomes of it. */
export function cases(
  text: string,
): readonly (readonly [name: string, source: string, expected: string])[] {
  return text
    .split(/^== /m)
    .slice(1)
    .map((part) => {
      const [head, expected = ""] = part.split(/^--\n/m);
      const line = head.indexOf("\n");
      return [head.slice(0, line), head.slice(line + 1).trimEnd(), expected.trimEnd()];
    });
}

/** Faults of a core before it is sliced; one that holds what is unsupported is never run, and has no types to speak of. */
export function unslicedFaults(core: CoreScript): readonly string[] {
  const faults = verifyCore(core);
  return faults.includes("a placeholder is kept") ? [] : faults;
}
