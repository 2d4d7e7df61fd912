import { kernelOf } from "../../src/indicators/registry.ts";
import { outputsOf, paramsOf } from "./ours.ts";
import type { Peer } from "./peers.ts";

/** What differs between a peer's result and ours on the bars where both answer, or null. */
export function difference(peer: Peer, prices: Float64Array): string | null {
  const found = peer.run(Array.from(prices)) as never;
  const outputs = outputsOf(peer.indicator, prices.length);
  kernelOf(peer.indicator, peer.dialect)([prices], paramsOf(peer.indicator), outputs);
  let compared = 0;
  for (let bar = peer.from ?? 0; bar < prices.length; bar++) {
    const theirs = peer.at(found, bar);
    for (let k = 0; k < outputs.length; k++) {
      const value = outputs[k][bar];
      if (Number.isNaN(value)) continue;
      const other = theirs[k];
      const allowed = peer.tolerance * Math.max(1, Math.abs(value));
      if (!(typeof other === "number" && Math.abs(other - value) <= allowed)) {
        return `bar ${bar}: ${other} where ours is ${value}`;
      }
      compared++;
    }
  }
  return compared < prices.length / 2 ? `only ${compared} values could be compared` : null;
}
