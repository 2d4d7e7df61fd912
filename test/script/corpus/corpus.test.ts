import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkScript } from "../../../src/dsl/text/check/index.ts";
import { parseScript } from "../../../src/dsl/text/parse/parse-script.ts";
import { compileScript } from "../../../src/script/compile-script.ts";
import { runScript } from "../../../src/script/run-script.ts";
import { type CorpusScript, corpus } from "./corpus.ts";
import { slowRun } from "./slow-run.ts";
import { fastTrades, slowTrades } from "./trade-rows.ts";

const scripts = corpus();

function fastRun({ text, market }: CorpusScript) {
  const parsed = parseScript(text);
  const { core, diagnostics } = checkScript(parsed.script, parsed.text, { purpose: "backtest" });
  const errors = [...parsed.diagnostics, ...diagnostics].filter(
    ({ severity }) => severity === "error",
  );
  expect(errors.map(({ message }) => message)).toEqual([]);
  return runScript(compileScript(core!), market.bars, { chart: market.chart }).simulation;
}

describe.each(scripts.map((script) => [`${script.topic}/${script.name}`, script] as const))(
  "%s",
  (_, script) => {
    test("trades as written down, and as the slow interpreter does", () => {
      const expected = readFileSync(script.tradesPath, "utf8");
      const fast = fastRun(script);
      expect(fastTrades(fast)).toBe(expected);
      const slow = slowRun(script);
      expect(slowTrades(slow.trades)).toBe(expected);
      expect([...fast.equity]).toEqual([...slow.equity]);
      expect(fast.trades.length).toBeGreaterThanOrEqual(2);
    });
  },
);
