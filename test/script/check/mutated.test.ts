import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkScript, verifyCore } from "../../../src/dsl/text/check/index.ts";
import { parseScript } from "../../../src/dsl/text/parse/parse-script.ts";
import { cases, marked, unslicedFaults } from "./support.ts";

const own = ["./constructs.txt", "./slice.txt"].flatMap((file) =>
  cases(readFileSync(new URL(file, import.meta.url), "utf8")).map(
    ([, source]) => marked(source).source,
  ),
);
const FOLDER = new URL("../../../fixtures/pine/", import.meta.url);
const corpus = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".pine"))
  .map((file) => [file, readFileSync(new URL(file, FOLDER), "utf8")] as const);
const SCRIPTS = [...own, ...corpus.map(([, source]) => source)];

const seed = process.env.SWYMC_FC_SEED;
const parameters = seed === undefined ? {} : { seed: Number(seed) };

/** What every checked script is, whatever it says: places inside the text, or a core without faults where all could be read. */
function holds(source: string): void {
  const parsed = parseScript(source);
  const { script, text } = parsed;
  const damaged = parsed.diagnostics.some(({ severity }) => severity === "error");
  for (const sliced of [true, false]) {
    const { core, diagnostics } = checkScript(script, text, { sliced, damaged });
    for (const { span, message } of diagnostics) {
      expect(span!.offset).toBeGreaterThanOrEqual(0);
      expect(span!.offset).toBeLessThanOrEqual(source.length);
      expect(message).not.toMatch(/undefined|NaN|\[object/);
    }
    if (damaged) continue;
    expect(core === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
    if (core !== undefined) {
      expect(sliced ? verifyCore(core) : unslicedFaults(core)).toEqual([]);
    }
  }
}

const WORDS = /[A-Za-z_][\w.]*|\d+(?:\.\d+)?|"[^"\n]*"|:=|[<>=!]=|=>|[-+*/%<>=?:,()[\]]/g;

describe("checking", () => {
  test.each(corpus)("%s gives a core without faults, or errors", (_, source) => holds(source));

  test("never throws on scripts whose words are exchanged, dropped and doubled", () => {
    const words = [...new Set(SCRIPTS.flatMap((source) => source.match(WORDS) ?? []))];
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      how: fc.constantFrom("drop", "double", "exchange"),
      word: fc.constantFrom(...words),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...SCRIPTS),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        (source, changes) => {
          let text = source;
          for (const { at, how, word } of changes) {
            const found = [...text.matchAll(WORDS)];
            const one = found[Math.floor(at * found.length)];
            if (one === undefined) continue;
            const next = how === "drop" ? "" : how === "double" ? `${one[0]} ${one[0]}` : word;
            text = text.slice(0, one.index) + next + text.slice(one.index + one[0].length);
          }
          holds(text);
        },
      ),
      { numRuns: 250, ...parameters },
    );
  });

  test("never throws on scripts whose lines are dropped, doubled and moved", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SCRIPTS),
        fc.array(fc.tuple(fc.nat(200), fc.nat(200)), { minLength: 1, maxLength: 3 }),
        (source, moves) => {
          const lines = source.split("\n");
          for (const [from, to] of moves) {
            const [line] =
              from % 2 === 0 ? lines.splice(from % lines.length, 1) : [lines[from % lines.length]];
            if (to % 3 > 0) lines.splice(to % (lines.length + 1), 0, line ?? "");
          }
          holds(lines.join("\n"));
        },
      ),
      { numRuns: 200, ...parameters },
    );
  });
});
