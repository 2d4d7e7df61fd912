import type { Rejection, Rejections } from "../simulation.ts";
import type { Account } from "./account.ts";
import type { Market } from "./market.ts";
import type { OrderBook } from "./order-book.ts";
import type { RiskRules } from "./risk-rules.ts";
import type { ScriptBrokerSettings } from "./settings.ts";
import type { Sizing } from "./sizing.ts";
import type { Ticks } from "./ticks.ts";
import { WorkingOrder } from "./working-order.ts";

/** Relative tolerance of affordability (SEMANTICS §5.9). */
const TOLERANCE = 1e-9;
const LISTED_REJECTIONS = 100;

/** What an order does once its price is known: sizes, limits of risk, affordability, then the account. */
export class Execution {
  private readonly slip: number;
  private readonly pyramiding: number;
  private readonly marginLong: number;
  private readonly marginShort: number;
  private readonly listed: Rejection[] = [];
  private rejected = 0;

  constructor(
    private readonly market: Market,
    private readonly account: Account,
    private readonly book: OrderBook,
    private readonly sizing: Sizing,
    private readonly risk: RiskRules,
    private readonly ticks: Ticks,
    settings: ScriptBrokerSettings,
  ) {
    this.slip = settings.slippage * settings.tick;
    this.pyramiding = Math.max(1, settings.pyramiding);
    this.marginLong = settings.margin_long / 100;
    this.marginShort = settings.margin_short / 100;
  }

  get rejections(): Rejections {
    return { count: this.rejected, listed: this.listed };
  }

  margin(side: number): number {
    return side > 0 ? this.marginLong : this.marginShort;
  }

  /** Fills an order at `price`; a market or stop order slips. */
  fill(order: WorkingOrder, price: number, slips: boolean): void {
    const paid = slips ? this.paid(order, price) : price;
    this.book.orders.retire(order);
    if (order.kind === "exit") this.closeLot(order, paid);
    else if (order.kind === "close") this.closeNamed(order, paid);
    else this.trade(order, paid);
  }

  /** Closes `units` of the position, oldest first, for a reason of the broker's own. */
  force(units: number, price: number, name: string, comment: string): void {
    const order = new WorkingOrder("close", "", -Math.sign(this.account.units));
    order.name = name;
    order.comment = comment;
    order.signalBar = this.market.bar;
    this.settle(order, units, 0, this.paid(order, price));
  }

  /** What a market or stop order pays that fills at `price`. */
  paid(order: WorkingOrder, price: number): number {
    return this.slip === 0 ? price : this.ticks.nearest(price + order.side * this.slip);
  }

  private closeLot(order: WorkingOrder, price: number): void {
    const bound = order.lot === null ? 0 : order.lot.bound;
    const units = Math.min(order.units, bound, Math.abs(this.account.units));
    if (units > 0) this.settle(order, units, 0, price);
  }

  private closeNamed(order: WorkingOrder, price: number): void {
    const held = order.side * this.account.units < 0 ? this.boundOf(order.closes) : 0;
    const units = Math.min(order.units, held);
    if (units > 0) this.settle(order, units, 0, price);
  }

  private boundOf(id: string): number {
    if (id === "") return Math.abs(this.account.units);
    return this.account.boundOf(id);
  }

  private trade(order: WorkingOrder, price: number): void {
    const { account, risk } = this;
    const { side } = order;
    const held = side * account.units;
    const opposite = Math.max(0, -held);
    let own = order.units < 0 ? this.sizing.units(order.money, price) : order.units;
    if (order.kind === "entry") {
      if (held > 0 && account.entries >= this.pyramiding) return;
      if (risk.barsEntry(side)) {
        if (opposite > 0) this.settle(order, opposite, 0, price);
        return;
      }
      own += order.market ? opposite : order.flip;
    }
    const closing = Math.min(own, opposite);
    const opening = Math.min(own - closing, risk.room(Math.max(0, held)));
    if (closing + opening <= 0) return;
    if (opening > 0 && !this.affords(order, closing, opening, price)) return;
    this.settle(order, closing, opening, price);
  }

  private settle(order: WorkingOrder, closing: number, opening: number, price: number): void {
    const { account, book } = this;
    const units = closing + opening;
    const flattens = closing > 0 && closing === Math.abs(account.units);
    account.pay(order.side, units, price);
    if (closing > 0) account.close(order, closing, units, price, order.name || order.id);
    if (flattens) book.flattened(order);
    if (opening > 0) book.opened(account.open(order, opening, units, price), order.born);
    book.filled(order, units);
    this.risk.filled(closing > 0);
  }

  /**
   * Whether what is free pays for the increase after the closing part. Free is the cash, less twice a short
   * position's value; with leverage the part of the position's value that margin does not tie up comes back.
   */
  affords(order: WorkingOrder, closing: number, opening: number, price: number): boolean {
    const { account } = this;
    const { side } = order;
    const margin = this.margin(side);
    if (margin === 0) return true;
    const { commission, quantities } = account;
    const { scale } = quantities;
    const whole = (closing + opening) / scale;
    const closed = (closing / scale) * price;
    const cash = account.cash - side * closed - commission.of(closing / scale, price, whole);
    const held = closing > 0 ? 0 : Math.abs(account.quantity) * price;
    const free = side > 0 ? cash + held * (1 - margin) : cash - held * (1 + margin);
    const needed =
      Math.abs((opening / scale) * price) * margin + commission.of(opening / scale, price, whole);
    if (needed - free <= TOLERANCE * needed) return true;
    this.rejected++;
    if (this.listed.length < LISTED_REJECTIONS) {
      this.listed.push({
        rule: -1,
        side: side > 0 ? "buy" : "sell",
        signalBar: order.signalBar,
        bar: this.market.bar,
        price,
        quantity: whole,
        needed,
        available: free,
        reason: "cash",
      });
    }
    return false;
  }
}
