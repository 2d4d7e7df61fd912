import type { AnalysedRun } from "./analysed-run.ts";

/** What the trades of a run did on each of its bars, by the run's own index. */
export interface Ledger {
  /** Lots held at the close. */
  readonly lots: Int32Array;
  /** Signed quantity at the close. */
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
  { equity, firstBar, trades }: AnalysedRun,
  holds: (trade: number) => boolean = () => true,
): Ledger {
  const n = equity.length;
  const column = () => new Float64Array(n);
  const book = { flow: column(), traded: column(), commission: column() };
  const [change, lots] = [column(), new Int32Array(n)];
  const fill = (bar: number, trade: number, direction: number, price: number, share: number) => {
    const value = trades.quantity[trade] * price;
    book.flow[bar] -= direction * value + share * (trades.pnlGross[trade] - trades.pnl[trade]);
    book.traded[bar] += value;
    book.commission[bar] += share * trades.commission[trade];
    change[bar] += direction * trades.quantity[trade];
  };
  for (let i = 0; i < trades.length; i++) {
    if (!holds(i)) continue;
    const open = trades.open[i] === 1;
    const [entry, exit] = [trades.entryPrice[i], trades.exitPrice[i]];
    const share = open ? 1 : entry / (entry + exit);
    fill(trades.entryBar[i] - firstBar, i, trades.side[i], entry, share);
    lots[trades.entryBar[i] - firstBar]++;
    if (open) continue;
    fill(trades.exitBar[i] - firstBar, i, -trades.side[i], exit, 1 - share);
    lots[trades.exitBar[i] - firstBar]--;
  }
  return { lots: runningCount(lots), position: runningPosition(change, lots), ...book };
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
