import { BlockSums } from "./block-sum.ts";

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

const WON = 0;
const LOST = 1;
const PNL = 2;
const RETURNS = 3;
/** Of pnl less the first closed trade's, so that trades that do not vary have none to the last bit. */
const OFF = 4;
const OFF_SQUARES = 5;

export function sumTrades(trades: TradeColumns): TradeSums {
  const sums = new BlockSums(6);
  const counts = { closed: 0, open: 0, wins: 0, losses: 0, barsHeld: 0 };
  let best = Number.NaN;
  let worst = Number.NaN;
  let pivot = Number.NaN;
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
    sums.join(profit < 0 ? LOST : WON, Math.abs(profit), 0);
    sums.join(PNL, profit, 0);
    sums.join(RETURNS, ratio, 0);
    if (counts.closed === 1) pivot = profit;
    const off = profit - pivot;
    sums.join(OFF, off, 0);
    sums.join(OFF_SQUARES, off * off, 0);
    if (!(ratio <= best)) best = ratio;
    if (!(ratio >= worst)) worst = ratio;
  }
  const totals = sums.totals();
  return {
    ...counts,
    won: totals[WON],
    lost: totals[LOST],
    pnl: totals[PNL],
    pnlDeviation: Math.max(0, totals[OFF_SQUARES] - (totals[OFF] * totals[OFF]) / counts.closed),
    returns: totals[RETURNS],
    best,
    worst,
  };
}
