import type { IndicatorDefinition } from "../../src/indicators/definition.ts";
import { columnsOf, sourcesOf } from "./exact/regimes.ts";

const BARS = 600;
const GAP = 300;

/**
 * Bars from an na bar to the last one that it leaves na, in dialect tv: 0 if only the bar itself is na, -1 if none is. The na
 * is in each source alone, then in all of them; the worst counts.
 */
export function naAfterGap(definition: IndicatorDefinition, params: readonly number[]): number {
  const whole = sourcesOf(definition, columnsOf("ordinary", BARS, 20));
  const run = (sources: readonly Float64Array[]) => {
    const outputs = definition.outputs.map(() => new Float64Array(BARS));
    definition.kernel("tv")(sources, params, outputs);
    return outputs;
  };
  const expected = run(whole);
  const gaps = [...whole.keys(), -1].map((missing) =>
    whole.map((column, k) =>
      missing < 0 || missing === k
        ? column.map((value, i) => (i === GAP ? Number.NaN : value))
        : column,
    ),
  );
  const ends = gaps.flatMap((sources) =>
    run(sources).map((output, k) =>
      output.findLastIndex((value, i) => Number.isNaN(value) && !Number.isNaN(expected[k][i])),
    ),
  );
  return Math.max(-1, ...ends.filter((bar) => bar >= 0).map((bar) => bar - GAP));
}
