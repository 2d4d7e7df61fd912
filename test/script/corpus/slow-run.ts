import { parseScript } from "../../../src/dsl/text/parse/parse-script.ts";
import { interpretScript, type SlowRun } from "../reference/interpret-script.ts";
import type { CorpusScript } from "./corpus.ts";

/** A script of the corpus as the slow interpreter and the slow broker run it. */
export function slowRun({ text, market }: CorpusScript): SlowRun {
  const { script, diagnostics } = parseScript(text);
  if (diagnostics.length > 0) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  const { symbol = "", timezone = "UTC", mintick = 0.01 } = market.chart;
  return interpretScript(script, market.bars, {
    chart: { ticker: symbol, timezone, tick: mintick, timeframe: market.timeframe },
    settings: { snap: true },
  });
}
