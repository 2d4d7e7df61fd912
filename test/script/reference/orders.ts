/** What the slow broker keeps: orders that wait, exits that guard lots, lots that are open, trades that are done. */
export interface Order {
  readonly call: "entry" | "order" | "close" | "close_all" | "margin" | "risk";
  readonly id: string;
  readonly direction: 1 | -1;
  /** In units; na: what the budget buys at the fill. */
  qty: number;
  /** Money of a default size of equity or cash, as of the call. */
  readonly budget: number;
  readonly limit: number;
  /** na again once it was reached and a limit is left. */
  stop: number;
  /** Where that was. */
  turnedAt?: number;
  readonly ocaName: string;
  readonly ocaType: string;
  readonly comment: string;
  readonly placedBar: number;
  /** Adds to a limit or stop entry, to reverse the position that it was placed in. */
  readonly flip: number;
  /** Counts the orders first placed under an id: exits wait for those before them. */
  readonly born: number;
  /** Orders due at one place fill in the order of their slots. */
  slot: number;
}

/** A call of strategy.exit. Each lot that it covers has a leg. */
export interface Exit {
  readonly id: string;
  readonly fromEntry: string;
  readonly qty: number;
  readonly qtyPercent: number;
  readonly profit: number;
  readonly limit: number;
  readonly loss: number;
  readonly stop: number;
  readonly trailPrice: number;
  readonly trailPoints: number;
  readonly trailOffset: number;
  readonly ocaName: string;
  readonly comment: string;
  readonly placedBar: number;
  /** It waits for entries born up to this. */
  readonly waitsFor: number;
  /** Without from_entry: the side of the position that it belongs to, 0 while it waits for one. */
  side: number;
}

/** What one exit does to one lot. */
export interface Leg {
  exit: Exit;
  readonly lot: Lot;
  /** Units: its slice of the lot's first size. */
  qty: number;
  readonly slot: number;
  spent: boolean;
  /** Best price since the trailing stop became active; na before. */
  best: number;
}

export interface Lot {
  readonly id: string;
  readonly direction: 1 | -1;
  readonly price: number;
  readonly bar: number;
  readonly signalBar: number;
  readonly comment: string;
  readonly byEntry: boolean;
  /** Units of the entry. */
  readonly size: number;
  /** Units that the ledger has left of it: it closes the oldest first. */
  units: number;
  /** Units that exits and closes of this very entry may still close. */
  bound: number;
  /** Of the whole entry. */
  readonly commission: number;
  runup: number;
  drawdown: number;
}

export interface SlowTrade {
  readonly direction: 1 | -1;
  readonly qty: number;
  readonly entryId: string;
  readonly entryComment: string;
  readonly entryBar: number;
  readonly entrySignalBar: number;
  readonly entryPrice: number;
  /** "", -1 and na while open. */
  readonly exitId: string;
  readonly exitComment: string;
  readonly exitBar: number;
  readonly exitSignalBar: number;
  readonly exitPrice: number;
  readonly commission: number;
  /** Less commission. An open one is marked at the last close. */
  readonly profit: number;
  readonly runup: number;
  readonly drawdown: number;
}

export interface SlowFill {
  readonly bar: number;
  readonly id: string;
  /** Signed. */
  readonly qty: number;
  readonly price: number;
  readonly commission: number;
}

export interface SlowOrder {
  readonly bar: number;
  readonly call: string;
  readonly args: readonly (number | string | boolean)[];
}

/**
 * Where on the straight way from p to q a level is met: at p if it is met already, at the level if the way
 * reaches it, na otherwise. A stop to buy and a limit to sell wait above, the others below.
 */
export function met(level: number, waitsAbove: boolean, p: number, q: number): number {
  if (Number.isNaN(level)) return Number.NaN;
  if (waitsAbove ? p >= level : p <= level) return p;
  if (waitsAbove ? q >= level : q <= level) return level;
  return Number.NaN;
}

export interface Reached {
  /** Where the market stands then. */
  readonly price: number;
  /** What is paid, where that is another price. */
  readonly paid?: number;
  readonly by: "market" | "limit" | "stop" | "trail";
}
