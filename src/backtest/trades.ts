/** What closed a trade: an order of a rule or script, an exit, a margin call, the end of the window. */
export const EXIT_REASONS = [
  "order",
  "stop_loss",
  "take_profit",
  "trailing_stop",
  "margin_call",
  "end",
] as const;
export type ExitReason = (typeof EXIT_REASONS)[number];

/**
 * Trades as columns, in order of entry; closed ones first, then what is still open.
 * A trade is one slice of a lot: a lot that is closed in two parts makes two trades.
 */
export interface Trades {
  readonly length: number;
  /** 1 long, -1 short. */
  readonly side: Int8Array;
  /** Units of the base asset, positive. */
  readonly quantity: Float64Array;
  /** Bar on whose close the entry order was placed. */
  readonly entrySignalBar: Int32Array;
  readonly entryBar: Int32Array;
  readonly entryPrice: Float64Array;
  /** -1 while open, as `exitBar`. */
  readonly exitSignalBar: Int32Array;
  readonly exitBar: Int32Array;
  /** na while open. */
  readonly exitPrice: Float64Array;
  /** Index into {@link EXIT_REASONS}; 0 while open. */
  readonly exitReason: Uint8Array;
  /** Bars from the entry's to the exit's bar, or to the last one. */
  readonly barsHeld: Int32Array;
  /** Before commission; an open trade is marked at the last close. */
  readonly pnlGross: Float64Array;
  /** Of entry and exit; of the entry alone while open. */
  readonly commission: Float64Array;
  readonly pnl: Float64Array;
  /** 1 while open. */
  readonly open: Uint8Array;
}

export type TradeColumns = { -readonly [K in Exclude<keyof Trades, "length">]: Trades[K] };

/** Trades under construction; the columns grow by doubling. */
export class TradeLog {
  length = 0;
  /** The first `length` values of each are trades; replaced when they grow. */
  columns: Readonly<TradeColumns> = tradeColumns(64);

  add(
    side: number,
    quantity: number,
    entrySignalBar: number,
    entryBar: number,
    entryPrice: number,
    exitSignalBar: number,
    exitBar: number,
    exitPrice: number,
    commission: number,
    exitReason = 0,
  ): void {
    const t = this.slot();
    const at = this.length++;
    const gross = side * quantity * (exitPrice - entryPrice);
    t.side[at] = side;
    t.quantity[at] = quantity;
    t.entrySignalBar[at] = entrySignalBar;
    t.entryBar[at] = entryBar;
    t.entryPrice[at] = entryPrice;
    t.exitSignalBar[at] = exitSignalBar;
    t.exitBar[at] = exitBar;
    t.exitPrice[at] = exitPrice;
    t.exitReason[at] = exitReason;
    t.barsHeld[at] = exitBar - entryBar;
    t.pnlGross[at] = gross;
    t.commission[at] = commission;
    t.pnl[at] = gross - commission;
  }

  /** A lot that is still open on `lastBar`, marked at `mark`. */
  addOpen(
    side: number,
    quantity: number,
    entrySignalBar: number,
    entryBar: number,
    entryPrice: number,
    lastBar: number,
    mark: number,
    commission: number,
  ): void {
    this.add(side, quantity, entrySignalBar, entryBar, entryPrice, -1, lastBar, mark, commission);
    const t = this.columns;
    const at = this.length - 1;
    t.exitBar[at] = -1;
    t.exitPrice[at] = Number.NaN;
    t.open[at] = 1;
  }

  finish(): Trades {
    const cut = resize(this.columns, this.length);
    return { length: this.length, ...cut };
  }

  private slot(): TradeColumns {
    if (this.length === this.columns.side.length) {
      this.columns = resize(this.columns, 2 * this.length);
    }
    return this.columns;
  }
}

export function tradeColumns(capacity: number): TradeColumns {
  return {
    side: new Int8Array(capacity),
    quantity: new Float64Array(capacity),
    entrySignalBar: new Int32Array(capacity),
    entryBar: new Int32Array(capacity),
    entryPrice: new Float64Array(capacity),
    exitSignalBar: new Int32Array(capacity),
    exitBar: new Int32Array(capacity),
    exitPrice: new Float64Array(capacity),
    exitReason: new Uint8Array(capacity),
    barsHeld: new Int32Array(capacity),
    pnlGross: new Float64Array(capacity),
    commission: new Float64Array(capacity),
    pnl: new Float64Array(capacity),
    open: new Uint8Array(capacity),
  };
}

function resize(from: Readonly<TradeColumns>, length: number): TradeColumns {
  const to = tradeColumns(length);
  for (const key of Object.keys(to) as (keyof TradeColumns)[]) {
    const source = from[key];
    to[key].set(source.length > length ? source.subarray(0, length) : source);
  }
  return to;
}
