import { BLOCK, BlockSums } from "./block-sum.ts";

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
  const scan = new TradeScan(trades);
  for (let from = 0; from < trades.length; from += BLOCK)
    scan.add(from, Math.min(trades.length, from + BLOCK));
  return scan.totals();
}

/** In pieces, so that V8 enters a loop it compiled whole. */
class TradeScan {
  private readonly sums = new BlockSums(6);
  private closed = 0;
  private open = 0;
  private wins = 0;
  private losses = 0;
  private barsHeld = 0;
  private readonly range = Float64Array.of(Number.NaN, Number.NaN, Number.NaN);

  constructor(private readonly trades: TradeColumns) {}

  add(from: number, to: number): void {
    const { sums, range } = this;
    const { open, pnl, quantity, entryPrice, barsHeld } = this.trades;
    for (let i = from; i < to; i++) {
      if (open[i] === 1) {
        this.open++;
        continue;
      }
      const profit = pnl[i];
      const ratio = profit / Math.abs(quantity[i] * entryPrice[i]);
      if (this.closed === 0) range[PIVOT] = profit;
      this.closed++;
      this.barsHeld += barsHeld[i];
      if (profit > 0) this.wins++;
      if (profit < 0) this.losses++;
      sums.join(profit < 0 ? LOST : WON, Math.abs(profit), 0);
      sums.join(PNL, profit, 0);
      sums.join(RETURNS, ratio, 0);
      const off = profit - range[PIVOT];
      sums.join(OFF, off, 0);
      sums.join(OFF_SQUARES, off * off, 0);
      if (!(ratio <= range[BEST])) range[BEST] = ratio;
      if (!(ratio >= range[WORST])) range[WORST] = ratio;
    }
  }

  totals(): TradeSums {
    const { closed, open, wins, losses, barsHeld, range } = this;
    const totals = this.sums.totals();
    return {
      ...{ closed, open, wins, losses, barsHeld },
      won: totals[WON],
      lost: totals[LOST],
      pnl: totals[PNL],
      pnlDeviation: Math.max(0, totals[OFF_SQUARES] - (totals[OFF] * totals[OFF]) / closed),
      returns: totals[RETURNS],
      best: range[BEST],
      worst: range[WORST],
    };
  }
}

const BEST = 0;
const WORST = 1;
/** Profit of the first closed trade. */
const PIVOT = 2;
