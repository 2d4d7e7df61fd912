import { type TradeColumns, type Trades, tradeColumns } from "../trades.ts";

/** Numbers of a trade, by their place in its row. */
export const SIZE = 0;
export const ENTRY_SIGNAL = 1;
export const ENTRY_BAR = 2;
export const ENTRY_PRICE = 3;
export const EXIT_SIGNAL = 4;
export const EXIT_BAR = 5;
export const EXIT_PRICE = 6;
export const COMMISSION = 7;
export const ENTRY_COMMISSION = 8;
/** Where on the path of its bar it was entered and left. */
export const ENTRY_STAGE = 9;
export const EXIT_STAGE = 10;
/** Numbers of names and comments: see `TradeTexts`. */
export const ENTRY_ID = 11;
export const ENTRY_COMMENT = 12;
export const EXIT_ID = 13;
export const EXIT_COMMENT = 14;
const ROW = 16;

/** Trades to a page, a power of two. */
const SHIFT = 9;
const PAGE = 2 ** SHIFT;

/**
 * Trades while a run goes on, each in one row: a trade writes to one place of memory instead of one per column, and pages are
 * never copied. Columns are made of them at the end. An open trade stands as if left on the last bar at its mark.
 */
export class TradeRows {
  length = 0;
  private readonly pages: Float64Array[] = [];

  /** The page of a trade that is added, whose numbers begin at `place` of it. */
  add(): Float64Array {
    const at = this.length++;
    if (at >>> SHIFT === this.pages.length) this.pages.push(new Float64Array(PAGE * ROW));
    return this.pages[at >>> SHIFT];
  }

  /** Of the last trade. */
  get place(): number {
    return ((this.length - 1) & (PAGE - 1)) * ROW;
  }

  number(trade: number, field: number): number {
    return this.pages[trade >>> SHIFT][(trade & (PAGE - 1)) * ROW + field];
  }

  /** After commission. */
  profit(trade: number): number {
    const moved = this.number(trade, EXIT_PRICE) - this.number(trade, ENTRY_PRICE);
    return this.number(trade, SIZE) * moved - this.number(trade, COMMISSION);
  }

  /** Forgets all trades and keeps the memory. */
  clear(): void {
    this.length = 0;
  }

  /** @param closed how many of them are not open; those come first */
  trades(closed: number, columns: TradeColumns = tradeColumns(this.length)): Trades {
    const { length, pages } = this;
    for (let from = 0; from < length; from += PAGE)
      fill(columns, from, Math.min(length, from + PAGE), pages[from >>> SHIFT]);
    columns.open.fill(0, 0, closed);
    for (let at = closed; at < length; at++) {
      columns.exitBar[at] = -1;
      columns.exitPrice[at] = Number.NaN;
      columns.open[at] = 1;
    }
    return { length, ...columns };
  }

  /** One number of each. */
  column(field: number): Int32Array {
    const column = new Int32Array(this.length);
    for (let from = 0; from < column.length; from += PAGE)
      fillOne(
        column,
        from,
        Math.min(column.length, from + PAGE),
        this.pages[from >>> SHIFT],
        field,
      );
    return column;
  }
}

/** What a trade gained is reckoned as in `TradeLog`. Reasons stay 0: orders. */
function fill(to: TradeColumns, from: number, end: number, page: Float64Array): void {
  for (let at = from, row = 0; at < end; at++, row += ROW) {
    const size = page[row + SIZE];
    const gross = size * (page[row + EXIT_PRICE] - page[row + ENTRY_PRICE]);
    const commission = page[row + COMMISSION];
    to.side[at] = size > 0 ? 1 : -1;
    to.quantity[at] = Math.abs(size);
    to.entrySignalBar[at] = page[row + ENTRY_SIGNAL];
    to.entryBar[at] = page[row + ENTRY_BAR];
    to.entryPrice[at] = page[row + ENTRY_PRICE];
    to.exitSignalBar[at] = page[row + EXIT_SIGNAL];
    to.exitBar[at] = page[row + EXIT_BAR];
    to.exitPrice[at] = page[row + EXIT_PRICE];
    to.barsHeld[at] = page[row + EXIT_BAR] - page[row + ENTRY_BAR];
    to.pnlGross[at] = gross;
    to.commission[at] = commission;
    to.pnl[at] = gross - commission;
  }
}

function fillOne(
  to: Int32Array,
  from: number,
  end: number,
  page: Float64Array,
  field: number,
): void {
  for (let at = from, place = field; at < end; at++, place += ROW) to[at] = page[place];
}
