import { type Parity, parity, plain } from "./parity.ts";
import { peers } from "./peers/index.ts";
import { talibPeers } from "./peers/talib.ts";
import { barsOf, type Shape } from "./shapes.ts";
import { TALIB, type Talib } from "./talib.ts";

/** Bars that are compared before anything is timed. */
export const SAMPLE = 5000;

/** An indicator of another library beside ours on one shape of data. */
export interface Checked extends Parity {
  readonly library: string;
  readonly indicator: string;
}

/** Compares everything that the others have of these indicators with ours. */
export async function check(
  shape: Shape,
  names: ReadonlySet<string>,
  talib: Talib | undefined,
): Promise<Checked[]> {
  const bars = barsOf(shape, SAMPLE);
  const numbers = plain(bars);
  const found: Checked[] = peers
    .filter(({ indicator }) => names.has(indicator))
    .map((peer) => {
      const result = peer.run(numbers) as never;
      const agreed = parity(peer, bars, (bar) => peer.at(result, bar, SAMPLE));
      return { library: peer.library, indicator: peer.indicator, ...agreed };
    });
  if (talib === undefined) return found;
  await talib.load(`${shape}, sample`, bars);
  for (const peer of talibPeers.filter(({ indicator }) => names.has(indicator))) {
    const columns = await talib.values(peer.calls);
    const agreed = parity(peer, bars, (bar) => peer.at(columns, bar));
    found.push({ library: TALIB, indicator: peer.indicator, ...agreed });
  }
  return found;
}
