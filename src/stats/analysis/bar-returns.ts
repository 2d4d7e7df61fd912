/**
 * Returns of equity, one per bar, the first against `cash` (SEMANTICS §6). From the first bar with equity at or below
 * 0 on they are na: nothing that is computed from them has a meaning then.
 */
export function barReturns(equity: Float64Array, cash: number): Float64Array {
  const returns = new Float64Array(equity.length);
  let sound = 0;
  for (; sound < equity.length; sound++) {
    const now = equity[sound];
    if (!(now > 0)) break;
    const previous = sound === 0 ? cash : equity[sound - 1];
    returns[sound] = (now - previous) / previous;
  }
  return returns.fill(Number.NaN, sound);
}

/** Returns of holding the asset, one per bar, the first 0: bought at the first close, without costs. */
export function buyAndHoldReturns(close: Float64Array, firstBar = 0): Float64Array {
  return barReturns(close.subarray(firstBar), close[firstBar]);
}
