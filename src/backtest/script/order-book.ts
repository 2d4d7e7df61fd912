import type { Account } from "./account.ts";
import { ExitCall } from "./exit-call.ts";
import {
  LIMIT,
  LOSS,
  PROFIT,
  QTY,
  QTY_PERCENT,
  STOP,
  TRAIL_OFFSET,
  TRAIL_POINTS,
  TRAIL_PRICE,
} from "./exit-numbers.ts";
import type { Lot } from "./lot.ts";
import type { Market } from "./market.ts";
import type { Sizing } from "./sizing.ts";
import type { Ticks } from "./ticks.ts";
import { type OcaType, WorkingOrder } from "./working-order.ts";

/** Orders that wait, in the order in which they came to stand as they are, and the exit calls that make more of them. */
export class OrderBook {
  readonly orders: WorkingOrder[] = [];
  private calls: ExitCall[] = [];
  private placed = 0;
  /** Orders that are dead but still in the list. */
  private dead = 0;
  /** Counts what may make a repeated exit do something else: orders and entries that come, go or get smaller. */
  private changes = 0;
  /** Orders that are gone and that nobody knows any more, for new ones. */
  private readonly spare: WorkingOrder[] = [];

  constructor(
    private readonly market: Market,
    private readonly account: Account,
    private readonly sizing: Sizing,
    private readonly ticks: Ticks,
  ) {}

  /** Whether an exit would find something to belong to, or a call of it that is kept. */
  get takesExits(): boolean {
    return this.orders.length > 0 || this.calls.length > 0 || this.account.lots.length > 0;
  }

  /** Whether no order waits. */
  get isEmpty(): boolean {
    return this.orders.length === this.dead;
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
    const known = this.find(id);
    let order = known;
    this.changes++;
    const same =
      order !== null &&
      order.kind === kind &&
      order.side === side &&
      Object.is(order.limit, limit) &&
      Object.is(order.stop, stop) &&
      order.units === units;
    if (order === null || !same) {
      const born = order === null ? ++this.placed : order.born;
      if (order !== null) this.retire(order);
      this.compact();
      order = this.make(kind, id, side);
      order.born = born;
      this.orders.push(order);
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
    const order = this.make("close", from, -Math.sign(this.account.units));
    order.units = units;
    order.closes = from;
    order.name = name;
    order.comment = comment;
    order.signalBar = this.market.bar;
    this.orders.push(order);
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
    const known = this.findCall(id, fromEntry);
    if (known?.repeats(numbers)) {
      known.signalBar = this.market.bar;
      const settled = known.settledAt === this.changes;
      if (settled && known.ocaName === ocaName && known.comment === comment) return false;
      this.renew(known, ocaName, comment, false);
      return true;
    }
    if (!asksForSomething(numbers)) return false;
    if (known === null && !this.hasTarget(fromEntry)) return false;
    const call = known ?? new ExitCall(id, fromEntry);
    if (known === null) this.calls.push(call);
    const rearm = call.ask(numbers);
    this.renew(call, ocaName, comment, rearm);
    return true;
  }

  /** A call again, with the numbers that it has; `rearm` where its trailing stop is new. */
  private renew(call: ExitCall, ocaName: string, comment: string, rearm: boolean): void {
    const { fromEntry } = call;
    call.signalBar = this.market.bar;
    call.ocaName = ocaName;
    call.comment = comment;
    call.waitsFor = this.placed;
    if (fromEntry === "") call.side = Math.sign(this.account.units);
    for (const lot of this.account.lots) {
      if (lot.bound === 0 || (fromEntry !== "" && lot.id !== fromEntry)) continue;
      const leg = legOf(lot, call);
      if (leg === null) this.addLeg(call, lot, true);
      else if (leg.alive) this.adjustLeg(leg, call, lot, rearm);
    }
    call.settledAt = this.changes;
  }

  /** Priced orders and exits of that id; market orders are on their way already. */
  cancel(id: string): void {
    for (const order of this.orders) {
      if (order.kind !== "exit" && order.id === id && !order.market) this.retire(order);
    }
    this.dropCalls((call) => call.id === id);
    this.compact();
  }

  cancelAll(): void {
    for (const order of this.orders) if (!order.market) this.retire(order);
    this.dropCalls(() => true);
    this.compact();
  }

  /** Market orders too: what a rule of risk does. */
  clear(): void {
    this.cancelAll();
    for (const order of this.orders) this.retire(order);
    this.compact();
  }

  retire(order: WorkingOrder): void {
    if (!order.alive) return;
    order.alive = false;
    this.dead++;
    this.changes++;
  }

  /** An entry filled: the exits that waited for it, and those that hold for the whole position, get their orders. */
  opened(lot: Lot, born: number): void {
    const side = Math.sign(this.account.units);
    this.changes++;
    for (const call of this.calls) {
      if (!call.covers(lot.id, born, side, this.guards(call))) continue;
      if (call.fromEntry === "") call.side = side;
      this.addLeg(call, lot, false);
    }
  }

  /** Whether an exit of the call waits to be filled. */
  private guards(call: ExitCall): boolean {
    for (const order of this.orders) if (order.alive && order.call === call) return true;
    return false;
  }

  /** The position is gone, and with it the exits that belonged to it; those that wait for an entry stay. */
  flattened(filling: WorkingOrder): void {
    for (const order of this.orders) if (order.kind === "exit") this.retire(order);
    if (this.calls.length === 0) return;
    this.calls = this.calls.filter(
      (call) => (call.fromEntry !== "" || call.side === 0) && this.waits(call, filling),
    );
  }

  /** After a fill of `units`: its group, and the exits whose entry has nothing left. */
  filled(order: WorkingOrder, units: number): void {
    this.changes++;
    for (const other of this.orders) {
      if (!other.alive || other === order) continue;
      if (other.lot !== null && other.lot.bound === 0) {
        this.retire(other);
        continue;
      }
      if (order.ocaType === "none" || other.ocaType === "none") continue;
      if (other.ocaName !== order.ocaName) continue;
      if (order.ocaType === "reduce") this.reduce(other, units);
      else this.cancelOrder(other);
    }
  }

  compact(): void {
    if (this.dead === 0) return;
    const { orders } = this;
    let to = 0;
    for (let i = 0; i < orders.length; i++) {
      const order = orders[i];
      if (order.alive) orders[to++] = order;
      else if (order.kind !== "exit") this.spare.push(order);
    }
    while (orders.length > to) orders.pop();
    this.dead = 0;
  }

  private make(kind: "entry" | "order" | "close", id: string, side: number): WorkingOrder {
    const order = this.spare.pop();
    if (order === undefined) return new WorkingOrder(kind, id, side);
    order.renew(kind, id, side);
    return order;
  }

  private find(id: string): WorkingOrder | null {
    for (const order of this.orders) {
      if (order.id === id && order.alive && (order.kind === "entry" || order.kind === "order"))
        return order;
    }
    return null;
  }

  private findCall(id: string, fromEntry: string): ExitCall | null {
    for (const call of this.calls) {
      if (call.id === id && call.fromEntry === fromEntry) return call;
    }
    return null;
  }

  /** Whether there is an entry to exit from, open or on its way. */
  private hasTarget(from: string): boolean {
    for (const lot of this.account.lots) {
      if (lot.bound > 0 && (from === "" || lot.id === from)) return true;
    }
    for (const order of this.orders) {
      if (order.kind !== "entry" && order.kind !== "order") continue;
      if (from === "" || order.id === from) return true;
    }
    return false;
  }

  private waits(call: ExitCall, filling: WorkingOrder): boolean {
    if (coveredBy(call, filling)) return true;
    for (const order of this.orders) if (order.alive && coveredBy(call, order)) return true;
    return false;
  }

  /** Unlike an exit that fired, a cancelled one comes back with the next call. */
  private cancelOrder(order: WorkingOrder): void {
    this.retire(order);
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
    if (order.units <= 0) this.retire(order);
  }

  private dropCalls(which: (call: ExitCall) => boolean): void {
    if (this.calls.length === 0) return;
    for (const order of this.orders) {
      if (order.call !== null && which(order.call)) this.retire(order);
    }
    for (const lot of this.account.lots) {
      const kept = lot.legs.filter((leg) => leg.call !== null && !which(leg.call));
      lot.legs.splice(0, lot.legs.length, ...kept);
    }
    this.calls = this.calls.filter((call) => !which(call));
  }

  private addLeg(call: ExitCall, lot: Lot, atClose: boolean): void {
    const leg = new WorkingOrder("exit", call.id, -Math.sign(this.account.units));
    leg.call = call;
    leg.lot = lot;
    leg.name = call.id;
    lot.legs.push(leg);
    this.orders.push(leg);
    this.setLeg(leg, call, lot);
    if (leg.units <= 0) {
      lot.legs.pop();
      this.orders.pop();
      return;
    }
    if (!atClose) leg.follow(this.market.price, this.ticks);
    else this.armAtClose(leg);
  }

  private adjustLeg(leg: WorkingOrder, call: ExitCall, lot: Lot, rearm: boolean): void {
    this.setLeg(leg, call, lot);
    if (leg.units <= 0) {
      lot.legs.splice(lot.legs.indexOf(leg), 1);
      this.retire(leg);
      this.compact();
      return;
    }
    if (!rearm) return;
    leg.armed = false;
    leg.trailStop = Number.NaN;
    this.armAtClose(leg);
  }

  /** A trailing stop that is new to an open entry follows from this close on, once it lies beyond the level. */
  private armAtClose(leg: WorkingOrder): void {
    const { close } = this.market;
    if (leg.side < 0 ? close > leg.activation : close < leg.activation)
      leg.follow(close, this.ticks);
  }

  private setLeg(leg: WorkingOrder, call: ExitCall, lot: Lot): void {
    leg.comment = call.comment;
    leg.ocaName = call.ocaName;
    leg.ocaType = call.ocaName === "" ? "none" : "reduce";
    if (leg.revision !== call.revision) this.setLevels(leg, call, lot);
    const units = this.reserve(leg, call, lot);
    if (leg.units === units) return;
    leg.units = units;
    this.changes++;
  }

  private setLevels(leg: WorkingOrder, call: ExitCall, lot: Lot): void {
    const { ticks } = this;
    const { side } = leg;
    const tick = ticks.size;
    leg.revision = call.revision;
    leg.limit = sooner(
      ticks.limit(call.numbers[LIMIT], side),
      ticks.limit(lot.price - side * call.numbers[PROFIT] * tick, side),
      -side,
    );
    leg.stop = sooner(
      ticks.stop(call.numbers[STOP], side),
      ticks.stop(lot.price + side * call.numbers[LOSS] * tick, side),
      side,
    );
    leg.activation = sooner(
      ticks.stop(call.numbers[TRAIL_PRICE], side),
      ticks.limit(lot.price - side * call.numbers[TRAIL_POINTS] * tick, side),
      -side,
    );
    const offset = call.numbers[TRAIL_OFFSET];
    leg.offset = !Number.isNaN(offset) ? Math.trunc(offset) * tick : 0;
  }

  /** What the call asks of the entry's original size, as far as other exits of it leave it. */
  private reserve(leg: WorkingOrder, call: ExitCall, lot: Lot): number {
    const { quantities } = this.account;
    let free = lot.original;
    for (const other of lot.legs) if (other !== leg) free -= other.units;
    let wanted = lot.original;
    const qty = call.numbers[QTY];
    const percent = call.numbers[QTY_PERCENT];
    if (!Number.isNaN(qty)) wanted = quantities.of(qty);
    else if (!Number.isNaN(percent) && percent < 100)
      wanted = quantities.of((percent / 100) * (lot.original / quantities.scale));
    return Math.min(wanted, free);
  }
}

/** A price or distance, and no quantity that is nothing. */
function asksForSomething(numbers: Float64Array): boolean {
  if (numbers[QTY] <= 0 || numbers[QTY_PERCENT] <= 0) return false;
  for (let at = PROFIT; at <= TRAIL_POINTS; at++) if (!Number.isNaN(numbers[at])) return true;
  return false;
}

function legOf(lot: Lot, call: ExitCall): WorkingOrder | null {
  for (const leg of lot.legs) if (leg.call === call) return leg;
  return null;
}

function coveredBy(call: ExitCall, order: WorkingOrder): boolean {
  if (order.kind !== "entry" && order.kind !== "order") return false;
  return order.born <= call.waitsFor && (call.fromEntry === "" || call.fromEntry === order.id);
}

/** Of two levels the one that a price moving in `direction` meets first; na where both are. */
function sooner(a: number, b: number, direction: number): number {
  if (Number.isNaN(a)) return b;
  if (Number.isNaN(b)) return a;
  return direction > 0 ? Math.min(a, b) : Math.max(a, b);
}
