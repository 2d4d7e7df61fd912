import type { Account } from "./account.ts";
import type { Execution } from "./execution.ts";
import type { Market } from "./market.ts";
import type { OrderBook } from "./order-book.ts";
import type { RiskRules } from "./risk-rules.ts";
import type { WorkingOrder } from "./working-order.ts";

/**
 * The fill of most bars: one market order waits, and it opens a position, closes the only entry, or turns from that to the
 * other side; no exit, group or rule of risk hangs on it. What {@link Execution} would do, without asking for what else
 * there is.
 */
export class PlainFills {
  constructor(
    private readonly market: Market,
    private readonly account: Account,
    private readonly book: OrderBook,
    private readonly execution: Execution,
    private readonly risk: RiskRules,
  ) {}

  /** Fills the order that waits where the price stands, if that can be paid; false, and nothing is done, where more hangs on it. */
  fill(): boolean {
    const { book, risk, execution } = this;
    const { list } = book.orders;
    if (list.length !== 1 || risk.any || book.keepsCalls) return false;
    const order = list.items[0];
    if (!order.alive || !order.market || order.ocaType !== "none") return false;
    const closing = this.closing(order);
    if (closing < 0) return false;
    const opening = order.kind === "close" ? 0 : order.units;
    if (closing + opening <= 0) return false;
    const paid = execution.paid(order, this.market.price);
    if (opening === 0 || execution.affords(order, closing, opening, paid))
      this.settle(order, closing, opening, paid);
    book.orders.takeOnly();
    return true;
  }

  /** Units of the position that it closes, which are all or none; -1 where it is not as plain. */
  private closing({ kind, side, units, closes }: WorkingOrder): number {
    const { lots, units: held } = this.account;
    if (lots.length === 0) return kind === "close" ? -1 : 0;
    if (lots.length > 1 || kind === "order" || side * held >= 0) return -1;
    const lot = lots.items[0];
    const all = -side * held;
    if (lot.units !== all || lot.bound !== all) return -1;
    if (kind === "close" && (units !== all || (closes !== "" && closes !== lot.id))) return -1;
    return all;
  }

  private settle(order: WorkingOrder, closing: number, opening: number, price: number): void {
    const { account, risk } = this;
    const units = closing + opening;
    account.pay(order.side, units, price);
    if (closing > 0) account.closeOnly(order, units, price, order.name || order.id);
    if (opening > 0) account.open(order, opening, units, price);
    risk.filled(closing > 0);
  }
}
