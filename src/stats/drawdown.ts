export interface Drawdown {
  /** max(1 - equity / running maximum), the starting cash included; 0 where equity never fell. */
  readonly depth: number;
  /** Longest run of consecutive bars below the running maximum. */
  readonly bars: number;
}

/** The deepest and the longest drawdown of an equity curve, which need not be the same one. */
export function maxDrawdown(equity: Float64Array, cash: number): Drawdown {
  let depth = 0;
  let longest = 0;
  let peak = cash;
  let trough = cash;
  let since = 0;
  for (let i = 0; i < equity.length; i++) {
    const now = equity[i];
    if (now < peak) {
      since++;
      if (now < trough) trough = now;
    } else if (since > 0) {
      depth = Math.max(depth, 1 - trough / peak);
      longest = Math.max(longest, since);
      since = 0;
      peak = trough = now;
    } else {
      peak = trough = now;
    }
  }
  return { depth: Math.max(depth, 1 - trough / peak), bars: Math.max(longest, since) };
}
