/**
 * Returns of equity, one per bar, the first against `cash` (SEMANTICS §6). From the first bar with equity at or below
 * 0 on they are na: nothing that is computed from them has a meaning then.
 */
export function barReturns(equity: Float64Array, cash: number): Float64Array {
  const returns = new Float64Array(equity.length);
  let previous = cash;
  for (let i = 0; i < equity.length; i++) {
    const now = equity[i];
    if (!(now > 0)) return returns.fill(Number.NaN, i);
    returns[i] = (now - previous) / previous;
    previous = now;
  }
  return returns;
}

/** Returns of holding the asset, one per bar, the first 0: bought at the first close, without costs. */
export function buyAndHoldReturns(close: Float64Array, firstBar = 0): Float64Array {
  return barReturns(close.subarray(firstBar), close[firstBar]);
}
