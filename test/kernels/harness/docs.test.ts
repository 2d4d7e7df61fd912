import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { indicatorDocs } from "../../../scripts/indicator-docs/page.ts";
import { warmupWords } from "../../../scripts/indicator-docs/warmup-words.ts";
import type { IndicatorDefinition } from "../../../src/indicators/definition.ts";
import { indicator, indicators } from "../../../src/indicators/registry.ts";

test("docs/indicators.md is what the registry says; `npm run docs` writes it", () => {
  const page = readFileSync(new URL("../../../docs/indicators.md", import.meta.url), "utf8");
  expect(page).toBe(indicatorDocs(indicators));
});

describe("a warm-up in words", () => {
  const words = (warmup: IndicatorDefinition["warmup"], names: readonly string[]) =>
    warmupWords({
      ...indicator("sma")!,
      dialects: ["tv"],
      params: names.map((name) => ({ name, type: "int", min: 1, max: 1000, doc: "" })),
      warmup,
    });

  test("names the terms of the sum", () => {
    expect(words(() => 0, ["n"])).toBe("none");
    expect(words(() => 1, ["n"])).toBe("1 bar");
    expect(words(([n]) => n - 1, ["n"])).toBe("n - 1 bars");
    expect(words(([n]) => 3 * n - 2, ["n"])).toBe("3 · n - 2 bars");
    expect(words(([a, b]) => a + b + 4, ["a", "b"])).toBe("a + b + 4 bars");
    expect(words(([a, b, c]) => Math.max(a, b) + c - 2, ["a", "b", "c"])).toBe(
      "max(a, b) + c - 2 bars",
    );
    expect(words(([n]) => n + Math.floor(Math.sqrt(n)) - 2, ["n"])).toBe("n + ⌊√n⌋ - 2 bars");
  });

  test("says what it is for usual numbers where it finds no sum", () => {
    expect(words(([n]) => n * n, ["n"])).toBe("400 bars with n 20");
  });

  test("tells dialects and undefined cases apart", () => {
    expect(warmupWords(indicator("ema")!)).toBe(
      "period - 1 bars (tv, talib, backtrader, vectorbt); none (pandas)",
    );
    expect(warmupWords(indicator("std_dev")!)).toContain(
      "period - 1 bars, never defined with period 1 (pandas)",
    );
  });
});
