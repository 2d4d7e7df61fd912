import { expect, test } from "vitest";
import { compileScript } from "../../../src/script/compile-script.ts";
import { runScript } from "../../../src/script/run-script.ts";
import { barsOf, coreOf } from "./recording.ts";

const CLOSES = Array.from({ length: 300 }, (_, i) => 100 + 10 * Math.sin(i / 9));

test.each([
  [
    "what request.security gives of the chart's own timeframe",
    'request.security("", timeframe.period, close)',
  ],
  ["what request.security gives of an input", 'request.security("", timeframe.period, src)'],
  ["an input.source", "src"],
])("does not use for something else: %s", (_, source) => {
  const bars = barsOf(CLOSES);
  const text = `//@version=5
strategy("t")
src = input.source(close)
c = ${source}
a = ta.ema(ta.ema(ta.ema(c, 5), 7), 9)
b = ta.ema(a, 3)
if ta.crossover(b, a)
    strategy.entry("L", strategy.long)
if ta.crossunder(b, a)
    strategy.close("L")
`;
  const { simulation } = runScript(compileScript(coreOf(text)), bars);
  expect(simulation.fills).toBeGreaterThan(5);
  expect(Array.from(bars.close)).toEqual(CLOSES);
});
