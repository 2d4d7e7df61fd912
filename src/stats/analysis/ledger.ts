import type { AnalysedRun } from "./analysed-run.ts";

/** What the trades of a run did on the bars that have fills: one value per such bar. */
export interface Ledger {
  /** The bars, by the run's own index, ascending. */
  readonly bars: Int32Array;
  /** Lots held from the bar's close on. */
  readonly lots: Int32Array;
  /** Signed quantity held from the bar's close on. */
  readonly position: Float64Array;
  /** Money that fills brought, costs taken off. */
  readonly flow: Float64Array;
  /** Value of fills. */
  readonly traded: Float64Array;
  readonly commission: Float64Array;
}

/**
 * Books the chosen trades by bar. A trade states the costs of entry and exit as one sum: it is split by the values of
 * both, which is exact for commissions in percent.
 */
export function ledgerOf(
  { firstBar, trades }: AnalysedRun,
  holds: (trade: number) => boolean = () => true,
): Ledger {
  const bars = barsWithFills(trades, firstBar, holds);
  const column = () => new Float64Array(bars.length);
  const book = { flow: column(), traded: column(), commission: column() };
  const [change, lots] = [column(), new Int32Array(bars.length)];
  const fill = (at: number, trade: number, direction: number, price: number, share: number) => {
    const value = trades.quantity[trade] * price;
    book.flow[at] -= direction * value + share * (trades.pnlGross[trade] - trades.pnl[trade]);
    book.traded[at] += value;
    book.commission[at] += share * trades.commission[trade];
    change[at] += direction * trades.quantity[trade];
  };
  for (let i = 0; i < trades.length; i++) {
    if (!holds(i)) continue;
    const open = trades.open[i] === 1;
    const [entry, exit] = [trades.entryPrice[i], trades.exitPrice[i]];
    const share = open ? 1 : entry / (entry + exit);
    const from = rowAt(bars, trades.entryBar[i] - firstBar);
    fill(from, i, trades.side[i], entry, share);
    lots[from]++;
    if (open) continue;
    const to = rowAt(bars, trades.exitBar[i] - firstBar);
    fill(to, i, -trades.side[i], exit, 1 - share);
    lots[to]--;
  }
  return { bars, lots: runningCount(lots), position: runningPosition(change, lots), ...book };
}

/** The first row whose bar is not before `bar`. */
export function rowAt(bars: Int32Array, bar: number): number {
  let low = 0;
  let high = bars.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (bars[middle] < bar) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of the run's bars `from` to before `to` close with a lot held. */
export function barsInPosition({ bars, lots }: Ledger, from: number, to: number): number {
  let count = 0;
  for (let row = Math.max(0, rowAt(bars, from + 1) - 1); row < bars.length; row++) {
    if (bars[row] >= to) break;
    if (lots[row] > 0) count += Math.min(to, bars[row + 1] ?? to) - Math.max(from, bars[row]);
  }
  return count;
}

function barsWithFills(
  trades: AnalysedRun["trades"],
  firstBar: number,
  holds: (trade: number) => boolean,
): Int32Array {
  const bars = new Int32Array(2 * trades.length);
  let count = 0;
  for (let i = 0; i < trades.length; i++) {
    if (!holds(i)) continue;
    bars[count++] = trades.entryBar[i] - firstBar;
    if (trades.open[i] === 0) bars[count++] = trades.exitBar[i] - firstBar;
  }
  const sorted = bars.subarray(0, count).sort();
  return sorted.filter((bar, k) => k === 0 || bar !== sorted[k - 1]);
}

function runningCount(changes: Int32Array): Int32Array {
  for (let i = 1; i < changes.length; i++) changes[i] += changes[i - 1];
  return changes;
}

/** Exactly 0 where no lot is held. */
function runningPosition(changes: Float64Array, lots: Int32Array): Float64Array {
  let position = 0;
  for (let i = 0; i < changes.length; i++) {
    position = lots[i] === 0 ? 0 : position + changes[i];
    changes[i] = position;
  }
  return changes;
}
