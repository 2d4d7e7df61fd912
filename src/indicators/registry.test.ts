import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { FIELDS } from "../vector/columns.ts";
import { DIALECTS } from "../vector/kernel.ts";
import * as api from "./index.ts";
import * as kernels from "./kernels.ts";
import { indicator, indicators, kernelOf } from "./registry.ts";

const BESIDE = "kind name field source other condition output offset comment".split(" ");

describe("the registry", () => {
  test("holds the indicators of the rule language, in order of their names", () => {
    const names = indicators.map((d) => d.name);
    expect(names).toEqual([...names].sort());
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(["bollinger", "ema", "rsi", "sma", "std_dev"]));
  });

  test("finds by name and knows no name of Object's prototype", () => {
    expect(indicator("std_dev")?.title).toBe("Standard deviation");
    for (const name of ["constructor", "__proto__", "toString", "EMA", ""]) {
      expect(indicator(name)).toBeUndefined();
    }
    expect(() => kernelOf("toString", "tv")).toThrow("no indicator is called toString");
  });

  test("lists every definition of the folder", () => {
    const folder = new URL(".", import.meta.url);
    const defined = readdirSync(folder)
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
      .filter((file) =>
        readFileSync(new URL(file, folder), "utf8").includes("Definition: IndicatorDefinition = {"),
      )
      .map((file) => file.replace(".ts", "").replaceAll("-", "_"));
    expect(defined.sort()).toEqual(indicators.map((d) => d.name));
  });

  test("every indicator has a function of a series and a stream, and nothing else has", () => {
    const functions = Object.entries(api).flatMap(([name, value]) =>
      typeof value === "function" && value !== api.IndicatorError ? [name] : [],
    );
    const others = ["createStream", "indicator", "kernelOf"];
    const wanted = indicators.flatMap(({ name }) => {
      const batch = name.replace(/_(\w)/g, (_, c) => c.toUpperCase());
      return [batch, `create${batch[0].toUpperCase()}${batch.slice(1)}`];
    });
    expect(functions.sort()).toEqual([...wanted, ...others].sort());
  });

  test("every kernel is exported by the camel-case name the build looks for", () => {
    const names = indicators.map(
      (d) => `${d.name.replace(/_(\w)/g, (_, c) => c.toUpperCase())}Kernel`,
    );
    expect(Object.keys(kernels).sort()).toEqual(names.sort());
  });

  for (const definition of indicators) {
    test(`${definition.name} is described in full`, () => {
      expect(definition.dialects).toEqual(DIALECTS);
      const known = ["source", "other", "condition", "time", ...FIELDS];
      for (const source of definition.sources) expect(known).toContain(source);
      for (const param of definition.params) {
        expect(param.name).toMatch(/^[a-z][a-z0-9_]*$/);
        expect(param.doc).not.toBe("");
        // What every function has beside its numbers.
        expect(BESIDE).not.toContain(param.name);
        if (param.name.endsWith("period"))
          expect(param).toMatchObject({ type: "int", max: 100_000 });
        if (param.default !== undefined) {
          expect(param.default).toBeGreaterThanOrEqual(param.min);
          expect(param.default).toBeLessThanOrEqual(param.max);
        }
      }
      for (const text of [definition.title, definition.formula, definition.citation]) {
        expect(text).not.toBe("");
      }
    });
  }
});
