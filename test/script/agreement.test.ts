import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkScript } from "../../src/dsl/text/check/index.ts";
import { parseScript } from "../../src/dsl/text/parse/parse-script.ts";
import { compileScript } from "../../src/script/compile-script.ts";
import { runScript } from "../../src/script/run-script.ts";
import type { Bars } from "../../src/vector/columns.ts";
import { runSeed } from "../kernels/cases.ts";
import { scripts } from "./generate-scripts.ts";
import { marketOf } from "./random-market.ts";
import { interpretScript } from "./reference/interpret-script.ts";

const seed = runSeed("generated bar loops against the slow interpreter");
const runs = Number(process.env["SWYMC_RUNS"] ?? 40);
const market = fc.record({ from: fc.nat(), length: fc.integer({ min: 1, max: 60 }) });

interface Outcome {
  readonly trades: readonly (readonly (number | string)[])[];
  readonly equity: readonly number[];
}

function fast(text: string, bars: Bars): Outcome {
  const parsed = parseScript(text);
  const { core, diagnostics } = checkScript(parsed.script, parsed.text);
  expect(diagnostics.map(({ message }) => message)).toEqual([]);
  const { simulation } = runScript(compileScript(core!), bars);
  const { trades, labels } = simulation;
  return {
    trades: Array.from({ length: trades.length }, (_, i) => [
      trades.side[i],
      trades.quantity[i],
      labels.entryId[i],
      trades.entryBar[i],
      trades.entryPrice[i],
      trades.exitBar[i],
      trades.exitPrice[i],
      trades.commission[i],
    ]),
    equity: [...simulation.equity],
  };
}

function slow(text: string, bars: Bars): Outcome {
  const { trades, equity } = interpretScript(parseScript(text).script, bars);
  return {
    trades: trades.map((trade) => [
      trade.direction,
      trade.qty,
      trade.entryId,
      trade.entryBar,
      trade.entryPrice,
      trade.exitBar,
      trade.exitPrice,
      trade.commission,
    ]),
    equity: [...equity],
  };
}

function agree(versions: readonly number[], everywhere: boolean): void {
  fc.assert(
    fc.property(scripts(versions, everywhere), market, (text, { from, length }) => {
      const bars = marketOf(from, length, 0.01);
      expect(fast(text, bars)).toEqual(slow(text, bars));
    }),
    { seed, numRuns: runs },
  );
}

describe("random programs trade the same, bit for bit", () => {
  for (const version of [4, 5, 6]) {
    test(`version ${version}`, () => agree([version], false));
    test(`version ${version}, with state that does not advance on every bar`, () =>
      agree([version], true));
  }
});
