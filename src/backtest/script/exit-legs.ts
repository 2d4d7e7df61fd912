import type { Account } from "./account.ts";
import type { ExitCall } from "./exit-call.ts";
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
import type { Ticks } from "./ticks.ts";
import type { WaitingOrders } from "./waiting-orders.ts";
import { WorkingOrder } from "./working-order.ts";

/** The orders that a call of `strategy.exit` has, one for each entry that it closes. */
export class ExitLegs {
  constructor(
    private readonly market: Market,
    private readonly account: Account,
    private readonly ticks: Ticks,
    private readonly orders: WaitingOrders,
  ) {}

  add(call: ExitCall, lot: Lot, atClose: boolean): void {
    const leg = new WorkingOrder("exit", call.id, -Math.sign(this.account.units));
    leg.call = call;
    leg.lot = lot;
    leg.name = call.id;
    this.set(leg, call, lot);
    if (leg.units <= 0) return;
    lot.legs.push(leg);
    this.orders.list.push(leg);
    if (!atClose) leg.follow(this.market.price, this.ticks);
    else this.armAtClose(leg);
  }

  /** `rearm` where the call's trailing stop is new. */
  adjust(leg: WorkingOrder, call: ExitCall, lot: Lot, rearm: boolean): void {
    this.set(leg, call, lot);
    if (leg.units <= 0) {
      lot.legs.splice(lot.legs.indexOf(leg), 1);
      this.orders.retire(leg);
      this.orders.compact();
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

  private set(leg: WorkingOrder, call: ExitCall, lot: Lot): void {
    leg.comment = call.comment;
    leg.ocaName = call.ocaName;
    leg.ocaType = call.ocaName === "" ? "none" : "reduce";
    if (leg.revision !== call.revision) this.setLevels(leg, call, lot);
    const units = this.reserve(leg, call, lot);
    if (leg.units === units) return;
    leg.units = units;
    this.orders.changes++;
  }

  private setLevels(leg: WorkingOrder, call: ExitCall, lot: Lot): void {
    const { ticks } = this;
    const { side } = leg;
    const { numbers } = call;
    const tick = ticks.size;
    leg.revision = call.revision;
    leg.limit = sooner(
      ticks.limit(numbers[LIMIT], side),
      ticks.limit(lot.price - side * numbers[PROFIT] * tick, side),
      -side,
    );
    leg.stop = sooner(
      ticks.stop(numbers[STOP], side),
      ticks.stop(lot.price + side * numbers[LOSS] * tick, side),
      side,
    );
    leg.activation = sooner(
      ticks.stop(numbers[TRAIL_PRICE], side),
      ticks.limit(lot.price - side * numbers[TRAIL_POINTS] * tick, side),
      -side,
    );
    const offset = numbers[TRAIL_OFFSET];
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

/** Of two levels the one that a price moving in `direction` meets first; na where both are. */
function sooner(a: number, b: number, direction: number): number {
  if (Number.isNaN(a)) return b;
  if (Number.isNaN(b)) return a;
  return direction > 0 ? Math.min(a, b) : Math.max(a, b);
}
