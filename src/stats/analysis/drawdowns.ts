/** A stretch of bars below an earlier maximum of equity. Bars count from the run's first. */
export interface DrawdownPeriod {
  /** Bar of the maximum, the last one where it was reached again; -1 is the starting cash. */
  readonly peak: number;
  /** Bar of the lowest equity. */
  readonly trough: number;
  /** Bar that reached the maximum again; null where none did. */
  readonly end: number | null;
  /** 1 - equity at the trough / maximum. */
  readonly depth: number;
  /** Bars below the maximum. */
  readonly bars: number;
}

/** The deepest drawdowns of an equity curve, deepest first, earlier ones first among equals; at most `count`. */
export function worstDrawdowns(equity: Float64Array, cash: number, count = 10): DrawdownPeriod[] {
  return allDrawdowns(equity, cash)
    .sort((a, b) => b.depth - a.depth || a.peak - b.peak)
    .slice(0, count);
}

function allDrawdowns(equity: Float64Array, cash: number): DrawdownPeriod[] {
  const found: DrawdownPeriod[] = [];
  let maximum = cash;
  let peak = -1;
  let trough = -1;
  const close = (at: number, end: number | null) => {
    if (trough < 0) return;
    const depth = 1 - equity[trough] / maximum;
    found.push({ peak, trough, end, depth, bars: at - peak - 1 });
  };
  for (let i = 0; i < equity.length; i++) {
    if (equity[i] >= maximum) {
      close(i, i);
      maximum = equity[i];
      peak = i;
      trough = -1;
    } else if (trough < 0 || equity[i] < equity[trough]) trough = i;
  }
  close(equity.length, null);
  return found;
}

/** Share of the running maximum that is missing, per bar: the underwater curve, 0 at a maximum. */
export function underwater(equity: Float64Array, cash: number): Float64Array {
  let maximum = cash;
  return equity.map((value) => {
    if (value > maximum) maximum = value;
    return 1 - value / maximum;
  });
}
