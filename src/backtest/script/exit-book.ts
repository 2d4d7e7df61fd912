import type { Account } from "./account.ts";
import { ExitCall } from "./exit-call.ts";
import { ExitLegs } from "./exit-legs.ts";
import { PROFIT, QTY, QTY_PERCENT, TRAIL_POINTS } from "./exit-numbers.ts";
import type { Lot } from "./lot.ts";
import type { Market } from "./market.ts";
import type { Ticks } from "./ticks.ts";
import type { WaitingOrders } from "./waiting-orders.ts";
import type { WorkingOrder } from "./working-order.ts";

/** The calls of `strategy.exit` that are kept, and their orders. */
export class ExitBook {
  private calls: ExitCall[] = [];
  private readonly legs: ExitLegs;

  constructor(
    private readonly market: Market,
    private readonly account: Account,
    ticks: Ticks,
    private readonly orders: WaitingOrders,
  ) {
    this.legs = new ExitLegs(market, account, ticks, orders);
  }

  get keepsCalls(): boolean {
    return this.calls.length > 0;
  }

  /** Tells whether anything is different after it. */
  exit(
    id: string,
    fromEntry: string,
    numbers: Float64Array,
    ocaName: string,
    comment: string,
  ): boolean {
    const known = this.find(id, fromEntry);
    if (known?.repeats(numbers)) {
      known.signalBar = this.market.bar;
      const settled = known.settledAt === this.orders.changes;
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

  /** An entry filled: the exits that waited for it, and those that hold for the whole position, get their orders. */
  opened(lot: Lot, born: number): void {
    const side = Math.sign(this.account.units);
    for (const call of this.calls) {
      if (!call.covers(lot.id, born, side, this.guards(call))) continue;
      if (call.fromEntry === "") call.side = side;
      this.legs.add(call, lot, false);
    }
  }

  /** The position is gone, and with it the exits that belonged to it; those that wait for an entry stay. */
  flattened(filling: WorkingOrder): void {
    if (this.calls.length === 0) return;
    this.calls = this.calls.filter(
      (call) => (call.fromEntry !== "" || call.side === 0) && this.waits(call, filling),
    );
  }

  /** Forgets the calls of an id, or all for null. */
  drop(id: string | null): void {
    if (this.calls.length === 0) return;
    const which = (call: ExitCall) => id === null || call.id === id;
    const { items, length } = this.orders.list;
    for (let i = 0; i < length; i++) {
      const { call } = items[i];
      if (call !== null && which(call)) this.orders.retire(items[i]);
    }
    const { lots } = this.account;
    for (let i = 0; i < lots.length; i++) {
      const { legs } = lots.items[i];
      const kept = legs.filter((leg) => leg.call !== null && !which(leg.call));
      legs.splice(0, legs.length, ...kept);
    }
    this.calls = this.calls.filter((call) => !which(call));
  }

  /** A call again, with the numbers that it has; `rearm` where its trailing stop is new. */
  private renew(call: ExitCall, ocaName: string, comment: string, rearm: boolean): void {
    const { fromEntry } = call;
    const { lots, units } = this.account;
    call.signalBar = this.market.bar;
    call.ocaName = ocaName;
    call.comment = comment;
    call.waitsFor = this.orders.placed;
    if (fromEntry === "") call.side = Math.sign(units);
    for (let i = 0; i < lots.length; i++) {
      const lot = lots.items[i];
      if (lot.bound === 0 || (fromEntry !== "" && lot.id !== fromEntry)) continue;
      const leg = legOf(lot, call);
      if (leg === null) this.legs.add(call, lot, true);
      else if (leg.alive) this.legs.adjust(leg, call, lot, rearm);
    }
    call.settledAt = this.orders.changes;
  }

  private find(id: string, fromEntry: string): ExitCall | null {
    for (const call of this.calls) {
      if (call.id === id && call.fromEntry === fromEntry) return call;
    }
    return null;
  }

  /** Whether an exit of the call waits to be filled. */
  private guards(call: ExitCall): boolean {
    const { items, length } = this.orders.list;
    for (let i = 0; i < length; i++) if (items[i].alive && items[i].call === call) return true;
    return false;
  }

  /** Whether there is an entry to exit from, open or on its way. */
  private hasTarget(from: string): boolean {
    const { lots } = this.account;
    for (let i = 0; i < lots.length; i++) {
      const lot = lots.items[i];
      if (lot.bound > 0 && (from === "" || lot.id === from)) return true;
    }
    const { items, length } = this.orders.list;
    for (let i = 0; i < length; i++) {
      const { kind, id } = items[i];
      if ((kind === "entry" || kind === "order") && (from === "" || id === from)) return true;
    }
    return false;
  }

  private waits(call: ExitCall, filling: WorkingOrder): boolean {
    if (coveredBy(call, filling)) return true;
    const { items, length } = this.orders.list;
    for (let i = 0; i < length; i++) if (items[i].alive && coveredBy(call, items[i])) return true;
    return false;
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
