import { describe, expect, test } from "vitest";
import { SourceText } from "../../../src/diagnostics/index.ts";
import type { Signature, SignatureParam } from "../../../src/dsl/text/builtins/index.ts";
import { functionsOf, variablesOf } from "../../../src/dsl/text/builtins/table.ts";
import { checkScript, verifyCore } from "../../../src/dsl/text/check/index.ts";
import { parseScript } from "../../../src/dsl/text/parse/parse-script.ts";

/** Declarations of a script, tested in their own right. */
const DECLARATIONS = ["strategy", "indicator", "library"];

/** Something that fits the parameter, as late as it may be known. */
function argument({ name, type, qualifier }: SignatureParam, fn: string): string {
  if (name === "options") return "[1, 2]";
  if (fn === "input" && name === "type") return "input.integer";
  switch (type) {
    case "int":
      return "3";
    case "float":
      return qualifier === "series" ? "close" : "1.5";
    case "bool":
      return qualifier === "series" ? "close > open" : "true";
    case "text":
      return name === "dateString" ? '"2020-01-01"' : '"D"';
    case "color":
      return "color.red";
    case "array<any>":
      return "numbers";
    case "array<element>":
      return "numbers";
    case "map<any>":
      return "pairs";
    case "matrix<any>":
      return "table";
    case "key":
      return "3";
    case "element":
      return "1.5";
    default:
      return qualifier === "series" ? "close" : "3";
  }
}

/** Type arguments that a call cannot do without. */
const TYPES: Readonly<Record<string, string>> = {
  "map.new": "<int, float>",
  "matrix.new": "<float>",
};

function callOf(signature: Signature, only: (param: SignatureParam) => boolean): string {
  const { name, params, returns } = signature;
  const repeats = params.at(-1)?.rest === true;
  const given = params
    .filter(only)
    .map((param) => `${repeats ? "" : `${param.name}=`}${argument(param, name)}`);
  const types = TYPES[name] ?? "";
  const call = `${name}${types}(${given.join(", ")})`;
  if (returns === "void") return call;
  return Array.isArray(returns)
    ? `[${returns.map((_, i) => `r${i}`).join(", ")}] = ${call}`
    : `r = ${call}`;
}

function findings(version: number, statement: string): readonly string[] {
  const source = `//@version=${version}\nstrategy("t")\nnumbers = array.new_float(2)\npairs = map.new<int, float>()\ntable = matrix.new<float>(2, 2)\n${statement}\n`;
  const { script, diagnostics } = parseScript(source);
  if (diagnostics.length > 0) return diagnostics.map(({ message }) => message);
  const checked = checkScript(script, new SourceText(source, "t.pine"), { sliced: false });
  const faults = checked.core === undefined ? [] : verifyCore(checked.core);
  return [...checked.diagnostics.map(({ message }) => message), ...faults];
}

describe.each([3, 4, 5, 6])("a script of version %i", (version) => {
  const functions = functionsOf(version).filter(({ name }) => !DECLARATIONS.includes(name));

  test("may call each function with all arguments by name", () => {
    for (const signature of functions) {
      const call = callOf(signature, () => true);
      expect(findings(version, call), call).toEqual([]);
    }
  });

  test("may leave out what is optional", () => {
    for (const signature of functions) {
      const call = callOf(signature, ({ required }) => required);
      expect(findings(version, call), call).toEqual([]);
    }
  });

  test("may name each variable", () => {
    for (const { name } of variablesOf(version)) {
      const statement = `r = ${name}`;
      expect(findings(version, statement), statement).toEqual([]);
    }
  });
});
