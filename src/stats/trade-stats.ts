import { BlockSum } from "./block-sum.ts";

/** The columns of a trade list that metrics read. */
export interface TradeColumns {
  readonly length: number;
  readonly quantity: Float64Array;
  readonly entryPrice: Float64Array;
  /** Net of commission. */
  readonly pnl: Float64Array;
  readonly barsHeld: Int32Array;
  /** 1 while open. */
  readonly open: Uint8Array;
}

/** Sums over the closed trades. A trade's return is its net profit over its entry value. */
export interface TradeSums {
  readonly closed: number;
  readonly open: number;
  readonly wins: number;
  readonly losses: number;
  /** Money won by the winners, lost by the losers (positive), and the sum of both. */
  readonly won: number;
  readonly lost: number;
  readonly pnl: number;
  /** Σ (pnl - mean)² */
  readonly pnlDeviation: number;
  readonly returns: number;
  /** na without a closed trade. */
  readonly best: number;
  readonly worst: number;
  readonly barsHeld: number;
}

export function sumTrades(trades: TradeColumns): TradeSums {
  const won = new BlockSum();
  const lost = new BlockSum();
  const pnl = new BlockSum();
  const returns = new BlockSum();
  const counts = { closed: 0, open: 0, wins: 0, losses: 0, barsHeld: 0 };
  let best = Number.NaN;
  let worst = Number.NaN;
  for (let i = 0; i < trades.length; i++) {
    if (trades.open[i] === 1) {
      counts.open++;
      continue;
    }
    const profit = trades.pnl[i];
    const ratio = profit / Math.abs(trades.quantity[i] * trades.entryPrice[i]);
    counts.closed++;
    counts.barsHeld += trades.barsHeld[i];
    if (profit > 0) counts.wins++;
    if (profit < 0) counts.losses++;
    (profit < 0 ? lost : won).add(Math.abs(profit));
    pnl.add(profit);
    returns.add(ratio);
    if (!(ratio <= best)) best = ratio;
    if (!(ratio >= worst)) worst = ratio;
  }
  for (const sum of [won, lost, pnl, returns]) sum.join();
  return {
    ...counts,
    won: won.total,
    lost: lost.total,
    pnl: pnl.total,
    pnlDeviation: deviation(trades, pnl.total / counts.closed),
    returns: returns.total,
    best,
    worst,
  };
}

function deviation(trades: TradeColumns, mean: number): number {
  const squares = new BlockSum();
  for (let i = 0; i < trades.length; i++) {
    if (trades.open[i] === 0) squares.add((trades.pnl[i] - mean) ** 2);
  }
  squares.join();
  return squares.total;
}
