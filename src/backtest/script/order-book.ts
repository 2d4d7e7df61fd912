import type { Account } from "./account.ts";
import { ExitBook } from "./exit-book.ts";
import type { Lot } from "./lot.ts";
import type { Market } from "./market.ts";
import type { Sizing } from "./sizing.ts";
import type { Ticks } from "./ticks.ts";
import { WaitingOrders } from "./waiting-orders.ts";
import type { OcaType, WorkingOrder } from "./working-order.ts";

/** Orders of a script as they are placed, replaced, cancelled and filled. */
export class OrderBook {
  readonly orders = new WaitingOrders();
  private readonly exits: ExitBook;

  constructor(
    private readonly market: Market,
    private readonly account: Account,
    private readonly sizing: Sizing,
    ticks: Ticks,
  ) {
    this.exits = new ExitBook(market, account, ticks, this.orders);
  }

  /** Whether an exit was asked for that may still have something to do. */
  get keepsCalls(): boolean {
    return this.exits.keepsCalls;
  }

  /** Whether an exit would find something to belong to, or a call of it that is kept. */
  get takesExits(): boolean {
    const { orders, exits, account } = this;
    return orders.list.length > 0 || exits.keepsCalls || account.lots.length > 0;
  }

  /** An entry or order, in place of the unfilled one of that id; one that asks for the same keeps its place. */
  place(
    kind: "entry" | "order",
    id: string,
    side: number,
    units: number,
    money: number,
    flip: number,
    limit: number,
    stop: number,
    ocaName: string,
    ocaType: OcaType,
    comment: string,
  ): void {
    const { orders } = this;
    let order = orders.find(id);
    orders.changes++;
    const same =
      order !== null &&
      order.kind === kind &&
      order.side === side &&
      Object.is(order.limit, limit) &&
      Object.is(order.stop, stop) &&
      order.units === units;
    if (order === null || !same) {
      const born = order === null ? ++orders.placed : order.born;
      if (order !== null) orders.retire(order);
      orders.compact();
      order = orders.make(kind, id, side);
      order.born = born;
      orders.list.push(order);
    }
    order.units = units;
    order.money = money;
    order.flip = flip;
    order.limit = limit;
    order.stop = stop;
    order.ocaName = ocaName;
    order.ocaType = ocaName === "" ? "none" : ocaType;
    order.comment = comment;
    order.signalBar = this.market.bar;
  }

  /** A market order that closes `units` of the entries named `from`. */
  close(from: string, units: number, name: string, comment: string): WorkingOrder {
    const order = this.orders.make("close", from, -Math.sign(this.account.units));
    order.units = units;
    order.closes = from;
    order.name = name;
    order.comment = comment;
    order.signalBar = this.market.bar;
    this.orders.list.push(order);
    return order;
  }

  /** Tells whether anything is different after it. */
  exit(
    id: string,
    fromEntry: string,
    numbers: Float64Array,
    ocaName: string,
    comment: string,
  ): boolean {
    return this.exits.exit(id, fromEntry, numbers, ocaName, comment);
  }

  /** Priced orders and exits of that id; market orders are on their way already. */
  cancel(id: string): void {
    const { items, length } = this.orders.list;
    for (let i = 0; i < length; i++) {
      const order = items[i];
      if (order.kind !== "exit" && order.id === id && !order.market) this.orders.retire(order);
    }
    this.exits.drop(id);
    this.orders.compact();
  }

  cancelAll(): void {
    const { items, length } = this.orders.list;
    for (let i = 0; i < length; i++) if (!items[i].market) this.orders.retire(items[i]);
    this.exits.drop(null);
    this.orders.compact();
  }

  /** Market orders too: what a rule of risk does. */
  clear(): void {
    this.cancelAll();
    const { items, length } = this.orders.list;
    for (let i = 0; i < length; i++) this.orders.retire(items[i]);
    this.orders.compact();
  }

  opened(lot: Lot, born: number): void {
    this.orders.changes++;
    if (this.exits.keepsCalls) this.exits.opened(lot, born);
  }

  /** The position is gone. */
  flattened(filling: WorkingOrder): void {
    const { items, length } = this.orders.list;
    for (let i = 0; i < length; i++) if (items[i].kind === "exit") this.orders.retire(items[i]);
    this.exits.flattened(filling);
  }

  /** After a fill of `units`: its group, and the exits whose entry has nothing left. */
  filled(order: WorkingOrder, units: number): void {
    const { orders } = this;
    const { items, length } = orders.list;
    orders.changes++;
    for (let i = 0; i < length; i++) {
      const other = items[i];
      if (!other.alive || other === order) continue;
      if (other.lot !== null && other.lot.bound === 0) {
        orders.retire(other);
        continue;
      }
      if (order.ocaType === "none" || other.ocaType === "none") continue;
      if (other.ocaName !== order.ocaName) continue;
      if (order.ocaType === "reduce") this.reduce(other, units);
      else this.cancelOrder(other);
    }
  }

  /** Unlike an exit that fired, a cancelled one comes back with the next call. */
  private cancelOrder(order: WorkingOrder): void {
    this.orders.retire(order);
    order.lot?.legs.splice(order.lot.legs.indexOf(order), 1);
  }

  private reduce(order: WorkingOrder, units: number): void {
    if (order.units < 0) {
      const level = !Number.isNaN(order.limit) ? order.limit : order.stop;
      order.units = this.sizing.units(
        order.money,
        !Number.isNaN(level) ? level : this.market.price,
      );
    }
    order.units -= units;
    if (order.units <= 0) this.orders.retire(order);
  }
}
