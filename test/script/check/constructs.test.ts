import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkScript, printCore, verifyCore } from "../../../src/dsl/text/check/index.ts";
import { parseScript } from "../../../src/dsl/text/parse/parse-script.ts";
import { cases, findings, marked, unslicedFaults } from "./support.ts";

const read = (file: string) => cases(readFileSync(new URL(file, import.meta.url), "utf8"));

describe.each([
  ["core of", read("./constructs.txt")],
  ["slice:", read("./slice.txt")],
])("%s", (_, list) => {
  test.each(list)("%s", (_name, source, expected) => {
    const whole = marked(source).source;
    const { core, diagnostics } = findings(whole);
    expect(diagnostics).toEqual([]);
    expect(verifyCore(core!)).toEqual([]);
    expect(printCore(core!).split("\n")).toEqual(expected.split("\n"));
    const { script, text } = parseScript(whole);
    const all = checkScript(script, text, { sliced: false });
    expect(unslicedFaults(all.core!)).toEqual([]);
  });
});
