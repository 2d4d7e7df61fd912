/**
 * What a bar program sees of the broker. Direction is +1 or -1; an absent number is NaN, an absent text "".
 *
 *     per bar:  openBar → the program: orders, reads → closeBar
 *
 * `openBar` fills what earlier bars queued, at the open and along the assumed path, and marks equity at the close;
 * `closeBar` takes the orders of this bar: under `process_orders_on_close` market orders fill at once and count, and so do
 * closes asked for immediately under any policy; until then the program reads the position as it was.
 *
 * Where SEMANTICS §5 is silent, as TradingView was measured to do:
 * - Pyramiding is judged when an entry is placed, against the position that the market orders placed before it will leave, and
 *   again at its fill. A priced entry adds the opposite position that it was placed in, a market entry the one it finds.
 * - Orders of no quantity: a market order's is fixed at this close (slipped), a priced one fixes its money and buys at its fill.
 *   `percent_of_equity` includes commission, `cash` does not.
 * - Of levels met together the one that stands longer goes first; replacing an order with an equal one keeps its place.
 * - `exit` takes effect for open entries and for entry orders that wait when it is called; after a changed trailing stop, and
 *   for an entry that was open already, the stop starts at this close if that lies beyond the level.
 * - `cancel` leaves market orders alone. A position that a reversal opens is not covered by exits of the one before.
 * - Margin is looked at at the open, both extremes and the close of the path.
 */
export interface ScriptBroker {
  openBar(bar: number): void;
  closeBar(bar: number): void;

  entry(
    id: string,
    direction: number,
    qty: number,
    limit: number,
    stop: number,
    ocaName: string,
    ocaType: string,
    comment: string,
  ): void;
  order(
    id: string,
    direction: number,
    qty: number,
    limit: number,
    stop: number,
    ocaName: string,
    ocaType: string,
    comment: string,
  ): void;
  /** `numbers`: see EXIT_NUMBERS; they are copied. */
  exit(
    id: string,
    fromEntry: string,
    numbers: Float64Array,
    ocaName: string,
    comment: string,
  ): void;
  close(id: string, qty: number, qtyPercent: number, immediately: boolean, comment: string): void;
  closeAll(immediately: boolean, comment: string): void;
  cancel(id: string): void;
  cancelAll(): void;
  risk(rule: string, a: number, b: string): void;

  /** `strategy.*` as of the last fill and this bar's close; names as in LEDGER_FIELDS. Plain properties, read without a call. */
  readonly position_size: number;
  readonly position_avg_price: number;
  readonly equity: number;
  readonly netprofit: number;
  readonly openprofit: number;
  readonly closedtrades: number;
  readonly opentrades: number;
  /** While false, `exit`, `cancel` and `cancelAll` do nothing. */
  readonly takesExits: boolean;
  /** The same of `close` and `closeAll`, and of `entry` by its direction. */
  readonly takesCloses: boolean;
  readonly takesLongs: boolean;
  readonly takesShorts: boolean;
  /**
   * A bar with its low above `floor` and its high below `ceiling` changes nothing by itself, and need not be opened and closed
   * where the program does nothing either.
   */
  readonly floor: number;
  readonly ceiling: number;
  /** Counts the bars on which something may have changed. */
  readonly turns: number;
  /** The rarer ones, by name. */
  ledger(field: string): number;
  ledgerText(field: string): string;
  /** `strategy.closedtrades.*(index)`, `strategy.opentrades.*(index)`; na out of range. */
  trade(list: "closed" | "open", field: string, index: number): number;
  tradeText(list: "closed" | "open", field: string, index: number): string;
}
