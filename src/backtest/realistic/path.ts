import type { Bars } from "../../vector/columns.ts";
import type { BothHit } from "../execution-models.ts";

type Leg = readonly [from: number, to: number];

/**
 * The legs of the path inside a bar. `tv_path` (SEMANTICS §5.3): O-H-L-C where the open is strictly nearer the high,
 * else O-L-H-C. `stop_first` takes a position's worse extreme first, `target_first` its better one.
 * Prices that are na have no legs.
 * @param sign of the position after the open
 */
export function legsOf(bars: Bars, bar: number, policy: BothHit, sign: number): readonly Leg[] {
  const open = bars.open[bar]!;
  const high = bars.high[bar]!;
  const low = bars.low[bar]!;
  const close = bars.close[bar]!;
  if (Number.isNaN(open + high + low)) return [];
  const nearHigh = high - open < open - low;
  const highFirst =
    policy === "tv_path" || sign === 0 ? nearHigh : sign > 0 === (policy === "target_first");
  const [first, second] = highFirst ? [high, low] : [low, high];
  const legs: Leg[] = [
    [open, first],
    [first, second],
  ];
  return Number.isNaN(close) ? legs : [...legs, [second, close]];
}
