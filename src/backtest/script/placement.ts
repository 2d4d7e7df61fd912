import type { Account } from "./account.ts";
import type { Market } from "./market.ts";
import type { OrderBook } from "./order-book.ts";
import type { RiskRules } from "./risk-rules.ts";
import type { ScriptBrokerSettings } from "./settings.ts";
import type { Sizing } from "./sizing.ts";
import type { Ticks } from "./ticks.ts";
import type { OcaType } from "./working-order.ts";

/** Entries, orders and closes as a program asks for them: whether they are taken, and their size. Each tells whether it is. */
export class Placement {
  /** Whether closing orders were placed that fill at this close. */
  immediate = false;
  private readonly pyramiding: number;
  private readonly slip: number;
  /** The last entry that a closing order was named after, and its name. */
  private closedId = "";
  private closeName = "Close position order";

  constructor(
    private readonly market: Market,
    private readonly account: Account,
    private readonly book: OrderBook,
    private readonly sizing: Sizing,
    private readonly risk: RiskRules,
    private readonly ticks: Ticks,
    settings: ScriptBrokerSettings,
  ) {
    this.pyramiding = Math.max(1, settings.pyramiding);
    this.slip = settings.slippage * settings.tick;
  }

  /** Whether an entry is taken; without market orders on their way. */
  takes(side: number): boolean {
    if (this.risk.halt !== "") return false;
    return !(side * this.account.units > 0 && this.account.entries >= this.pyramiding);
  }

  entry(
    id: string,
    side: number,
    qty: number,
    limit: number,
    stop: number,
    ocaName: string,
    ocaType: string,
    comment: string,
  ): boolean {
    if (this.risk.halt !== "") return false;
    if (!this.takes(side) && side * this.unitsAfterMarkets() > 0) return false;
    const priced = !Number.isNaN(limit) || !Number.isNaN(stop);
    const flip = priced ? Math.max(0, -side * this.unitsAfterCloses()) : 0;
    return this.place("entry", id, side, qty, flip, limit, stop, ocaName, ocaType, comment);
  }

  order(
    id: string,
    side: number,
    qty: number,
    limit: number,
    stop: number,
    ocaName: string,
    ocaType: string,
    comment: string,
  ): boolean {
    if (this.risk.halt !== "") return false;
    return this.place("order", id, side, qty, 0, limit, stop, ocaName, ocaType, comment);
  }

  close(
    id: string,
    qty: number,
    qtyPercent: number,
    immediately: boolean,
    comment: string,
  ): boolean {
    const bound = this.account.boundOf(id);
    return this.closeSome(id, bound, qty, qtyPercent, immediately, comment);
  }

  closeAll(immediately: boolean, comment: string): boolean {
    const bound = Math.abs(this.account.units);
    return this.closeSome("", bound, Number.NaN, Number.NaN, immediately, comment);
  }

  private place(
    kind: "entry" | "order",
    id: string,
    side: number,
    qty: number,
    flip: number,
    limit: number,
    stop: number,
    ocaName: string,
    ocaType: string,
    comment: string,
  ): boolean {
    const { sizing, ticks, market, account } = this;
    const atLimit = ticks.limit(limit, side);
    const atStop = ticks.stop(stop, side);
    const priced = !Number.isNaN(limit) || !Number.isNaN(stop);
    let units = !Number.isNaN(qty) ? account.quantities.of(qty) : sizing.fixedUnits;
    let money = Number.NaN;
    if (Number.isNaN(qty) && !sizing.fixed) {
      money = sizing.money(account.equityAt(market.mark));
      units = priced ? -1 : sizing.units(money, market.mark + side * this.slip);
    }
    const reverses = kind === "entry" && side * account.units < 0;
    if (units === 0 && !reverses) return false;
    const oca = ocaType === "cancel" || ocaType === "reduce" ? (ocaType as OcaType) : "none";
    this.book.place(kind, id, side, units, money, flip, atLimit, atStop, ocaName, oca, comment);
    return true;
  }

  private closeSome(
    id: string,
    bound: number,
    qty: number,
    qtyPercent: number,
    immediately: boolean,
    comment: string,
  ): boolean {
    if (bound === 0) return false;
    const { quantities } = this.account;
    let units = bound;
    if (!Number.isNaN(qty)) units = Math.min(bound, quantities.of(qty));
    else if (!Number.isNaN(qtyPercent) && qtyPercent < 100)
      units = quantities.of((qtyPercent / 100) * (bound / quantities.scale));
    if (units <= 0) return false;
    if (id !== this.closedId) {
      this.closedId = id;
      this.closeName = id === "" ? "Close position order" : `Close entry(s) order ${id}`;
    }
    const order = this.book.close(id, units, this.closeName, comment);
    order.immediate = immediately;
    this.immediate ||= immediately;
    return true;
  }

  /** The position that the market orders placed so far will leave. */
  private unitsAfterMarkets(): number {
    const { items, length } = this.book.orders.list;
    let { units } = this.account;
    for (let i = 0; i < length; i++) {
      const order = items[i];
      if (!order.market) continue;
      const opposite = Math.max(0, -order.side * units);
      if (order.kind === "close") units += order.side * Math.min(order.units, opposite);
      else if (order.kind === "order") units += order.side * order.units;
      else if (opposite > 0) units = order.side * order.units;
    }
    return units;
  }

  private unitsAfterCloses(): number {
    const { items, length } = this.book.orders.list;
    let { units } = this.account;
    for (let i = 0; i < length; i++) {
      const order = items[i];
      if (order.kind !== "close") continue;
      units += order.side * Math.min(order.units, Math.max(0, -order.side * units));
    }
    return units;
  }
}
