import type { IndicatorDefinition } from "../../src/indicators/definition.ts";
import { ours, type Rival } from "./rivals.ts";

/** Largest difference, absolute or relative to the value. */
const TOLERANCE = 1e-9;

/** Where a rival's answers differ from ours, with every bar replaced once, or null. */
export function difference(
  definition: IndicatorDefinition,
  rival: Rival,
  prices: Float64Array,
): string | null {
  const mine = ours(definition, rival.dialect);
  const theirs = rival.create();
  let compared = 0;
  for (let bar = 0; bar < prices.length; bar++) {
    const first = prices[(bar * 7) % prices.length];
    mine.update(first);
    theirs.update(first);
    const found = mine.replace(prices[bar]);
    const other = rival.values(theirs.replace(prices[bar]) as never);
    const values =
      typeof found === "number"
        ? [found]
        : definition.outputs.map((output) => (found as Record<string, number>)[output]);
    for (let k = 0; k < values.length; k++) {
      if (Number.isNaN(values[k])) continue;
      const allowed = TOLERANCE * Math.max(1, Math.abs(values[k]));
      if (!(Math.abs(other[k]! - values[k]) <= allowed)) {
        return `bar ${bar}: ${other[k]} where ours is ${values[k]}`;
      }
      compared++;
    }
  }
  return compared < prices.length / 2 ? `only ${compared} values could be compared` : null;
}
