import type { Account } from "./account.ts";
import type { KeptList } from "./kept-list.ts";
import type { WorkingOrder } from "./working-order.ts";

/** Share of a price that rounding never comes to. */
const SPARE = 1e-9;
/** The same where a margin call is reckoned from cash. */
const MARGIN_SPARE = 1e-3;

/**
 * Prices between which nothing happens by itself: no order is met, no trailing stop starts or moves, no margin call comes.
 * A bar within it need not be looked at.
 */
export class PriceBand {
  /** A bar whose low is above it, */
  floor = Number.NEGATIVE_INFINITY;
  /** and whose high is below it, changes nothing. */
  ceiling = Number.POSITIVE_INFINITY;

  /** Takes the measure of what waits; false where the next bar is to be looked at whatever its prices. */
  measure(orders: KeptList<WorkingOrder>, account: Account, margin: number): boolean {
    this.floor = Number.NEGATIVE_INFINITY;
    this.ceiling = Number.POSITIVE_INFINITY;
    if (account.units !== 0 && !this.spareMargin(account, margin)) return false;
    for (let i = 0; i < orders.length; i++) {
      const order = orders.items[i];
      if (order.market) return false;
      this.stopAt(order);
    }
    return true;
  }

  private stopAt(order: WorkingOrder): void {
    const { limit, stopLevel, activation } = order;
    const sells = order.side < 0;
    this.bound(sells, limit);
    this.bound(!sells, stopLevel);
    if (Number.isNaN(activation)) return;
    if (!order.armed) {
      this.bound(sells, activation);
      return;
    }
    // It moves with a price that is farther from it than its offset.
    const { trailStop, offset } = order;
    const spare = SPARE * (Math.abs(trailStop) + offset);
    this.bound(sells, sells ? trailStop + offset - spare : trailStop - offset + spare);
  }

  /** na bounds nothing. */
  private bound(above: boolean, price: number): void {
    if (above) {
      if (price < this.ceiling) this.ceiling = price;
    } else if (price > this.floor) this.floor = price;
  }

  /** Where `|quantity|·p·margin > cash + quantity·p` is a margin call; false where no price is safe. */
  private spareMargin({ cash, quantity }: Account, margin: number): boolean {
    if (margin === 0) return true;
    if (quantity < 0) {
      this.ceiling = ((1 - MARGIN_SPARE) * cash) / (-quantity * (1 + margin));
      return true;
    }
    if (margin === 1) return cash >= 0;
    const price = cash / (quantity * (margin - 1));
    if (margin > 1) this.ceiling = (1 - MARGIN_SPARE) * price;
    else if (price > 0) this.floor = (1 + MARGIN_SPARE) * price;
    return true;
  }
}
