import type { ExitCall } from "./exit-call.ts";
import type { Lot } from "./lot.ts";
import type { Ticks } from "./ticks.ts";

export type OrderKind = "entry" | "order" | "close" | "exit";
export type OcaType = "none" | "cancel" | "reduce";

/** An order that waits to be filled. Prices are levels as they are compared with the market: snapped; na is none. */
export class WorkingOrder {
  alive = true;
  kind: OrderKind;
  id: string;
  /** 1 buys, -1 sells. */
  side: number;
  /** In lot units, what a reversal adds left out; -1: the money decides at the fill. */
  units = 0;
  money = Number.NaN;
  /** Units that a priced entry adds to reverse the position it was placed in. */
  flip = 0;
  limit = Number.NaN;
  stop = Number.NaN;
  ocaName = "";
  ocaType: OcaType = "none";
  comment = "";
  signalBar = 0;
  /** When it was first placed: exits wait for orders placed before them. */
  born = 0;
  /** A closing order: the entry it closes, "" for all. */
  closes = "";
  name = "";
  /** A closing order that fills at the close it was placed on. */
  immediate = false;

  /** An exit: of which call and which entry. `units` is the quantity reserved. */
  call: ExitCall | null = null;
  lot: Lot | null = null;
  /** Of the call, that its levels are of. */
  revision = -1;
  /** Level that starts the trailing stop. */
  activation = Number.NaN;
  offset = 0;
  armed = false;
  trailStop = Number.NaN;

  constructor(kind: OrderKind, id: string, side: number) {
    this.kind = kind;
    this.id = id;
    this.side = side;
  }

  /** Makes a closing order, entry or order that is gone a new one. */
  renew(kind: OrderKind, id: string, side: number): void {
    this.alive = true;
    this.kind = kind;
    this.id = id;
    this.side = side;
    this.units = 0;
    this.money = Number.NaN;
    this.flip = 0;
    this.limit = Number.NaN;
    this.stop = Number.NaN;
    this.ocaName = "";
    this.ocaType = "none";
    this.comment = "";
    this.born = 0;
    this.closes = "";
    this.name = "";
    this.immediate = false;
  }

  /** Bar of the latest call that asked for it. */
  get askedOn(): number {
    return this.call === null ? this.signalBar : this.call.signalBar;
  }

  get market(): boolean {
    return this.kind !== "exit" && Number.isNaN(this.limit) && Number.isNaN(this.stop);
  }

  /** The stop that counts: the nearer of the fixed and the trailing one. */
  get stopLevel(): number {
    const { stop, trailStop } = this;
    if (!this.armed) return stop;
    if (Number.isNaN(stop)) return trailStop;
    return this.side > 0 ? Math.min(stop, trailStop) : Math.max(stop, trailStop);
  }

  /** The price stands at `price`: it may start the trailing stop, and moves it. */
  follow(price: number, ticks: Ticks): void {
    const { side } = this;
    if (!this.armed) {
      if (!(side > 0 ? price <= this.activation : price >= this.activation)) return;
      this.armed = true;
      this.trailStop = ticks.nearest(price + side * this.offset);
      return;
    }
    const stop = price + side * this.offset;
    if (side > 0 ? stop < this.trailStop : stop > this.trailStop)
      this.trailStop = ticks.nearest(stop);
  }
}
