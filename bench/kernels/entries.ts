import { indicators, kernelOf } from "../../src/indicators/registry.ts";
import { outputsOf, paramsOf } from "./ours.ts";
import { peers } from "./peers.ts";

/** Ours, with the result in a column that is used again, and in a new one as the peers' are. */
export const OURS = "swymc";
export const OURS_NEW = "swymc, new column";

/** What is run for an indicator by a library, over the whole series; null where it has none. */
export function entry(
  library: string,
  indicator: string,
  prices: Float64Array,
): (() => unknown) | null {
  if (library === OURS || library === OURS_NEW) {
    if (!indicators.some((definition) => definition.name === indicator)) return null;
    const kernel = kernelOf(indicator, "tv");
    const params = paramsOf(indicator);
    const fresh = () => outputsOf(indicator, prices.length);
    const outputs = fresh();
    return library === OURS
      ? () => kernel([prices], params, outputs)
      : () => kernel([prices], params, fresh());
  }
  const peer = peers.find((p) => p.library === library && p.indicator === indicator);
  if (peer === undefined) return null;
  const numbers = Array.from(prices);
  return () => peer.run(numbers);
}
