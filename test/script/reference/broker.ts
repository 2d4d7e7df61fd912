import type { ScriptBroker } from "../../../src/backtest/script/script-broker.ts";
import type { ScriptBrokerSettings } from "../../../src/backtest/script/settings.ts";
import {
  type Exit,
  type Leg,
  type Lot,
  met,
  type Order,
  type Reached,
  type SlowFill,
  type SlowOrder,
  type SlowTrade,
} from "./orders.ts";
import { RiskRules } from "./risk.ts";
import { onGrid } from "./tick.ts";
import { Units } from "./units.ts";

export interface SlowBars {
  readonly time: ArrayLike<number>;
  readonly open: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly close: ArrayLike<number>;
  readonly volume: ArrayLike<number>;
}

const given = (x: number): boolean => !Number.isNaN(x);
const NONE = Number.NaN;

/**
 * The broker of SEMANTICS §5 as lists and loops. Per bar: walk the assumed path from point to point; from where the
 * price stands, fill what is met first, and look again.
 */
export class SlowBroker implements ScriptBroker {
  readonly orders: Order[] = [];
  readonly exits: Exit[] = [];
  readonly legs: Leg[] = [];
  readonly lots: Lot[] = [];
  readonly trades: SlowTrade[] = [];
  readonly fills: SlowFill[] = [];
  readonly calls: SlowOrder[] = [];
  readonly equityCurve: number[] = [];
  readonly takesExits = true;
  readonly takesCloses = true;
  readonly takesLongs = true;
  readonly takesShorts = true;
  readonly floor = Number.POSITIVE_INFINITY;
  readonly ceiling = Number.NEGATIVE_INFINITY;
  readonly turns = 0;
  rejections = 0;
  cash: number;
  private readonly units: Units;
  private readonly risk_ = new RiskRules();
  private bar = 0;
  private price = NONE;
  private mark = NONE;
  private born = 0;
  private readonly immediate: Order[] = [];
  private slots = 0;
  /** The last slot when the price came to where it stands on its way; none at the open and at a close by itself. */
  private arrivedWith = -1;
  private peak: number;
  private trough: number;
  private worst = 0;
  private bestRun = 0;
  private held = { all: 0, long: 0, short: 0 };

  constructor(
    private readonly bars: SlowBars,
    private readonly settings: ScriptBrokerSettings,
  ) {
    this.units = new Units(settings.lot_step);
    this.cash = settings.initial_capital;
    this.peak = this.cash;
    this.trough = this.cash;
  }

  // The bar.

  openBar(bar: number): void {
    this.bar = bar;
    const [open, high, low, close] = this.ohlc(bar);
    if (given(close)) this.mark = close;
    this.risk_.openBar(
      this.bars.time[bar],
      this.equityCurve.at(-1) ?? this.settings.initial_capital,
    );
    if (!this.traded) return;
    this.moveTo(open);
    this.arrivedWith = -1;
    if (this.risk_.halted) this.stopTrading();
    const highFirst = high - open < open - low;
    const path = highFirst ? [open, high, low, close] : [open, low, high, close];
    for (const point of path) {
      this.walkTo(point);
      this.callMargin();
      const equity = this.cash + this.position_size * this.price;
      if (this.risk_.losesTooMuch(equity)) this.stopTrading();
    }
  }

  closeBar(bar: number): void {
    if (this.traded) {
      this.price = this.bars.close[bar];
      this.arrivedWith = -1;
      for (const order of [...this.immediate]) {
        if (this.orders.includes(order)) this.fillOrder(order, { price: this.price, by: "market" });
      }
      if (this.settings.process_orders_on_close) {
        this.moveTo(this.price);
        this.walkTo(this.price);
        this.callMargin();
      }
      const open = this.position_size === 0 ? 0 : this.position_size * this.position_avg_price;
      if (this.risk_.drawsDownTooMuch(this.equity, this.cash + open)) this.stopTrading();
    }
    this.immediate.length = 0;
    const equity = this.equity;
    this.equityCurve[bar - this.settings.start] = equity;
    this.peak = Math.max(this.peak, equity);
    this.trough = Math.min(this.trough, equity);
    this.worst = Math.max(this.worst, this.peak - equity);
    this.bestRun = Math.max(this.bestRun, equity - this.trough);
  }

  /** A bar with a price that is na has no path: nothing fills. */
  private get traded(): boolean {
    return this.ohlc(this.bar).every(given);
  }

  /** Where equity no longer covers the margin, four times what is missing is sold. */
  private callMargin(): void {
    const held = this.heldUnits;
    const margin = (held > 0 ? this.settings.margin_long : this.settings.margin_short) / 100;
    if (held === 0 || margin === 0) return;
    const needed = this.units.quantity(Math.abs(held)) * this.price * margin;
    const lacking = needed - (this.cash + this.position_size * this.price);
    if (!(lacking > 1e-9 * needed)) return;
    const covering = this.units.of(lacking / margin / this.price);
    const units = Math.min(Math.abs(held), covering > 0 ? 4 * covering : this.units.of(1));
    const order = this.marketOrder("margin", "Margin call", units, "Margin call");
    const price = this.slipped({ price: this.price, by: "market" }, order.direction);
    this.book(order, order.direction, units, 0, price);
  }

  /** From the present price to `goal` in a straight line, filling on the way. */
  private walkTo(goal: number): void {
    if (Number.isNaN(goal)) return;
    for (;;) {
      const next = this.next(goal);
      if (next === null) break;
      this.moveTo(next.reached.price);
      if (next.leg !== undefined) this.fillLeg(next.leg, next.reached);
      else this.fillOrder(next.order!, next.reached);
      if (this.risk_.tooManyFills()) this.stopTrading();
    }
    this.moveTo(goal);
  }

  /** What is met first on the way; of what is met together, market orders, then what has stood longest. */
  private next(goal: number): { reached: Reached; order?: Order; leg?: Leg } | null {
    const met: { reached: Reached; slot: number; order?: Order; leg?: Leg }[] = [];
    for (const order of this.orders) {
      const reached = this.orderReached(order, goal);
      if (reached !== null) met.push({ reached, slot: order.slot, order });
    }
    for (const leg of this.legs) {
      const reached = leg.spent ? null : this.legReached(leg, goal);
      if (reached !== null) met.push({ reached, slot: leg.slot, leg });
    }
    const way = ({ reached }: (typeof met)[number]) => Math.abs(reached.price - this.price);
    const waits = ({ reached }: (typeof met)[number]) => (reached.by === "market" ? 0 : 1);
    met.sort((a, b) => way(a) - way(b) || waits(a) - waits(b) || a.slot - b.slot);
    return met[0] ?? null;
  }

  /** Everything that the price passes: excursions of lots, best prices of trailing stops. */
  private moveTo(price: number): void {
    if (price !== this.price) this.arrivedWith = this.slots;
    this.price = price;
    for (const lot of this.lots) {
      const gain = lot.direction * (price - lot.price) * this.units.quantity(lot.units);
      lot.runup = Math.max(lot.runup, gain);
      lot.drawdown = Math.max(lot.drawdown, -gain);
    }
    for (const leg of this.legs) this.follow(leg, price);
  }

  private follow(leg: Leg, price: number): void {
    const level = this.activation(leg);
    if (leg.spent || Number.isNaN(level)) return;
    const { direction } = leg.lot;
    const active = given(leg.best) || direction * (price - level) >= 0;
    if (active && !(direction * (price - leg.best) <= 0)) leg.best = price;
  }

  /** Where an order is met between the present price and `goal`, or null. */
  private orderReached(order: Order, goal: number): Reached | null {
    const { direction, limit, stop } = order;
    const buys = direction > 0;
    if (given(stop)) {
      const price = met(stop, buys, this.price, goal);
      return given(price) ? { price, by: "stop" } : null;
    }
    if (given(limit)) {
      const slot = order.turnedAt === this.price ? Number.POSITIVE_INFINITY : order.slot;
      const reached = this.limitReached(limit, buys, goal, slot);
      return given(reached.price) ? reached : null;
    }
    return { price: this.price, by: "market" };
  }

  // Exits.

  private legReached(leg: Leg, goal: number): Reached | null {
    const { exit, lot } = leg;
    const sells = lot.direction > 0;
    const buys = !sells;
    const gain = (ticks: number) => lot.price + lot.direction * ticks * this.tick;
    const limits = [this.limitPrice(exit.limit, buys), this.limitPrice(gain(exit.profit), buys)];
    const stops = [this.stopPrice(exit.stop, buys), this.stopPrice(gain(-exit.loss), buys)];
    const trail = { price: this.trailReached(leg, goal), by: "trail" as const };
    const limited = limits.map((limit) => this.limitReached(limit, buys, goal, leg.slot));
    const starts =
      Number.isNaN(leg.best) ||
      (this.activation(leg) === this.price && leg.slot <= this.arrivedWith);
    // A trailing stop that only starts here stands behind the limit, one that follows already before it.
    const found: Reached[] = [
      ...stops.map((stop) => ({ price: met(stop, buys, this.price, goal), by: "stop" as const })),
      ...(starts ? [...limited, trail] : [trail, ...limited]),
    ];
    const reached = found.filter(({ price }) => given(price));
    const way = ({ price }: Reached) => Math.abs(price - this.price);
    return reached.sort((a, b) => way(a) - way(b))[0] ?? null;
  }

  private trailReached(leg: Leg, goal: number): number {
    const level = this.activation(leg);
    if (Number.isNaN(level)) return NONE;
    const up = leg.lot.direction > 0;
    const offset = Number.isNaN(leg.exit.trailOffset) ? 0 : Math.trunc(leg.exit.trailOffset);
    if (Number.isNaN(leg.best)) return offset === 0 ? met(level, up, this.price, goal) : NONE;
    const stop = leg.best - leg.lot.direction * (offset * this.tick);
    return met(this.snapped(stop, "near"), !up, this.price, goal);
  }

  /**
   * A limit that the price must go beyond by so many ticks is paid at its level, or as near to it as the bar came; where the
   * price stands beyond already, by a gap or when the order is new, at that price.
   */
  private limitReached(limit: number, buys: boolean, goal: number, slot: number): Reached {
    const beyond = this.settings.backtest_fill_limits_assumption * this.tick;
    const level = buys ? limit - beyond : limit + beyond;
    const price = met(level, !buys, this.price, goal);
    const passed = price === this.price && !(level === price && slot <= this.arrivedWith);
    if (beyond === 0 || passed) return { price, by: "limit" };
    const [, high, low] = this.ohlc(this.bar);
    return { price, paid: Math.min(high, Math.max(low, limit)), by: "limit" };
  }

  /** Where the trailing stop starts: the sooner of the price and the points from the entry. */
  private activation({ exit, lot }: Leg): number {
    const buys = lot.direction < 0;
    const levels = [
      this.stopPrice(exit.trailPrice, buys),
      this.limitPrice(lot.price + lot.direction * exit.trailPoints * this.tick, buys),
    ].filter(given);
    if (levels.length === 0) return NONE;
    return buys ? Math.max(...levels) : Math.min(...levels);
  }

  private fillLeg(leg: Leg, reached: Reached): void {
    const { lot, exit } = leg;
    const direction = lot.direction > 0 ? -1 : 1;
    const units = Math.min(leg.qty, lot.bound);
    leg.spent = true;
    if (!(units > 0)) return;
    const price = this.slipped(reached, direction);
    this.book(exit, direction, units, 0, price, (one) => one === lot);
    if (exit.ocaName !== "") this.group(exit.ocaName, "reduce", units, leg);
  }

  /** Whether an exit holds for an entry that is being opened. */
  private covers(exit: Exit, lot: Lot, born: number): boolean {
    if (exit.fromEntry !== "") {
      if (exit.fromEntry !== lot.id) return false;
      // One that still guards an earlier entry of the name takes in the later ones.
      const guarding = this.legs.some(
        (leg) =>
          leg.exit.id === exit.id &&
          leg.exit.fromEntry === exit.fromEntry &&
          !leg.spent &&
          leg.lot.bound > 0,
      );
      return guarding || born <= exit.waitsFor;
    }
    return exit.side === 0 ? born <= exit.waitsFor : exit.side === lot.direction;
  }

  /** Gives a lot a leg of an exit, or changes the one it has; one that fired stays so. */
  private guard(exit: Exit, lot: Lot): Leg | null {
    const own = (leg: Leg) => leg.exit.id === exit.id && leg.exit.fromEntry === exit.fromEntry;
    const legs = this.legs.filter((leg) => leg.lot === lot);
    const old = legs.find(own);
    if (old?.spent) return null;
    const taken = legs.filter((leg) => leg !== old).reduce((sum, leg) => sum + leg.qty, 0);
    const share = (exit.qtyPercent / 100) * this.units.quantity(lot.size);
    const whole = Number.isNaN(exit.qtyPercent) || exit.qtyPercent >= 100;
    const wanted = given(exit.qty)
      ? this.units.of(exit.qty)
      : whole
        ? lot.size
        : this.units.of(share);
    const qty = Math.min(wanted, lot.size - taken);
    if (qty <= 0) {
      if (old !== undefined) remove(this.legs, old);
      return null;
    }
    if (old !== undefined) {
      const { trailPrice, trailPoints, trailOffset } = old.exit;
      const now = [exit.trailPrice, exit.trailPoints, exit.trailOffset];
      const same = [trailPrice, trailPoints, trailOffset].every((x, i) => Object.is(x, now[i]));
      old.exit = exit;
      old.qty = qty;
      return same ? null : old;
    }
    const leg: Leg = { exit, lot, qty, slot: ++this.slots, spent: false, best: NONE };
    this.legs.push(leg);
    return leg;
  }

  // Orders.

  private fillOrder(order: Order, reached: Reached): void {
    if (reached.by === "stop" && given(order.limit)) {
      order.stop = NONE;
      order.turnedAt = this.price;
      return;
    }
    remove(this.orders, order);
    const { direction } = order;
    const price = this.slipped(reached, direction);
    const held = this.heldUnits;
    const against = Math.max(0, -direction * held);
    if (order.call === "close" || order.call === "close_all") {
      const named = (lot: Lot) => order.call === "close_all" || lot.id === order.id;
      const open = this.lots.filter(named).reduce((sum, lot) => sum + lot.bound, 0);
      const units = Math.min(order.qty, against, open);
      if (units > 0) this.book(order, direction, units, 0, price, named);
      return;
    }
    let units = this.orderUnits(order, price);
    if (order.call === "entry") {
      if (against === 0 && !this.mayAdd(direction)) return;
      const priced = given(order.limit) || reached.by === "stop";
      if (!this.risk_.allows(direction)) units = against;
      else units += priced ? order.flip : against;
    }
    const closing = Math.min(units, against);
    const room = this.units.of(this.risk_.room(this.units.quantity(Math.max(0, direction * held))));
    const opening = Math.min(units - closing, room);
    units = closing + opening;
    if (!(units > 0)) return;
    if (opening > 0 && !this.affords(direction, closing, opening, price)) {
      this.rejections++;
      return;
    }
    this.book(order, direction, closing, opening, price);
    if (order.ocaName !== "" && order.ocaType !== "none") {
      this.group(order.ocaName, order.ocaType, units, order);
    }
  }

  private mayAdd(direction: number): boolean {
    if (direction * this.heldUnits <= 0) return true;
    const entries = this.lots.filter(({ byEntry, bound }) => byEntry && bound > 0);
    return entries.length < Math.max(1, this.settings.pyramiding);
  }

  private orderUnits(order: Order, price: number): number {
    return given(order.qty) ? order.qty : this.bought(order.budget, price);
  }

  /** What money buys at a price, commission included where it is a share of equity. */
  private bought(money: number, price: number): number {
    const { commission_type: type, commission_value: commission } = this.settings;
    if (this.settings.default_qty_type === "cash") return this.units.of(money / price);
    if (type === "percent") return this.units.of(money / (price * (1 + commission / 100)));
    if (type === "cash_per_contract") return this.units.of(money / (price + commission));
    return this.units.of(money / price);
  }

  /** Free cash = cash - 2·|short|·price, after the closing part; only what opens is tested (SEMANTICS §5.9). */
  private affords(direction: number, closing: number, opening: number, price: number): boolean {
    const margin = (direction > 0 ? this.settings.margin_long : this.settings.margin_short) / 100;
    if (margin === 0) return true;
    const total = closing + opening;
    const closed = this.units.quantity(closing) * price;
    const cash = this.cash - direction * closed - this.commissionOf(closing, total, price);
    const held = closing > 0 ? 0 : this.position_size;
    const free = cash + held * price - Math.abs(held * price) * margin;
    const value = Math.abs(this.units.quantity(opening) * price) * margin;
    const needed = value + this.commissionOf(opening, total, price);
    return needed - free <= 1e-9 * needed;
  }

  /** An OCA group after one of its members filled. A cancelled exit comes back with its next call, one used up does not. */
  private group(name: string, type: string, units: number, filled: Order | Leg): void {
    for (const order of this.orders.filter((one) => one.ocaName === name && one !== filled)) {
      if (order.ocaType !== "cancel" && order.ocaType !== "reduce") continue;
      if (type === "reduce") {
        const level = given(order.limit)
          ? order.limit
          : given(order.stop)
            ? order.stop
            : this.price;
        order.qty = this.orderUnits(order, level) - units;
      }
      if (type === "cancel" || order.qty <= 0) remove(this.orders, order);
    }
    for (const leg of this.legs.filter((one) => one.exit.ocaName === name && one !== filled)) {
      if (leg.spent) continue;
      leg.qty -= units;
      if (type === "cancel") remove(this.legs, leg);
      else leg.spent = leg.qty <= 0;
    }
  }

  // Books.

  /**
   * One fill: closes `closing`, of the lots that are named, then opens. The ledger closes the oldest lot first whatever
   * the name, unless close_entries_rule is ANY.
   */
  private book(
    what: Order | Exit,
    direction: 1 | -1,
    closing: number,
    opening: number,
    price: number,
    named: (lot: Lot) => boolean = () => true,
  ): void {
    const total = closing + opening;
    const any = this.settings.close_entries_rule === "ANY";
    let bound = closing;
    for (const lot of this.lots.filter(named)) {
      const part = Math.min(bound, lot.bound);
      lot.bound -= part;
      bound -= part;
    }
    let left = closing;
    for (const lot of this.lots.filter((one) => !any || named(one))) {
      const part = Math.min(left, lot.units);
      if (part === 0) continue;
      this.trades.push(this.closed(lot, part, total, what, price));
      lot.units -= part;
      left -= part;
    }
    for (const lot of [...this.lots]) if (lot.units === 0 && lot.bound === 0) this.forget(lot);
    if (closing > 0 && this.heldUnits === 0) this.afterFlat("born" in what ? what : null);
    if (opening > 0) {
      const commission = this.commissionOf(opening, total, price);
      const lot: Lot = {
        id: what.id,
        direction,
        price,
        bar: this.bar,
        signalBar: what.placedBar,
        comment: what.comment,
        byEntry: "call" in what && what.call === "entry",
        size: opening,
        units: opening,
        bound: opening,
        commission,
        runup: 0,
        drawdown: 0,
      };
      this.lots.push(lot);
      for (const exit of this.exits) {
        if (!("born" in what) || !this.covers(exit, lot, what.born)) continue;
        if (exit.fromEntry === "") exit.side = direction;
        const leg = this.guard(exit, lot);
        if (leg !== null) this.follow(leg, this.price);
      }
    }
    const quantity = this.units.quantity(total);
    const commission = this.commissionOf(total, total, price);
    this.cash = this.cash - direction * (quantity * price) - commission;
    this.fills.push({ bar: this.bar, id: what.id, qty: direction * quantity, price, commission });
    this.risk_.filled(closing > 0);
    const size = this.position_size;
    this.held.all = Math.max(this.held.all, Math.abs(size));
    this.held.long = Math.max(this.held.long, size);
    this.held.short = Math.max(this.held.short, -size);
  }

  private closed(
    lot: Lot,
    units: number,
    total: number,
    by: Order | Exit,
    price: number,
  ): SlowTrade {
    const qty = this.units.quantity(units);
    const exitFee = this.commissionOf(units, total, price);
    const commission = this.entryCommission(lot, units) + exitFee;
    return {
      direction: lot.direction,
      qty,
      entryId: lot.id,
      entryComment: lot.comment,
      entryBar: lot.bar,
      entrySignalBar: lot.signalBar,
      entryPrice: lot.price,
      exitId: exitName(by),
      exitComment: by.comment,
      exitBar: this.bar,
      exitSignalBar: by.placedBar,
      exitPrice: price,
      commission,
      profit: lot.direction * qty * (price - lot.price) - commission,
      runup: lot.runup,
      drawdown: lot.drawdown,
    };
  }

  private entryCommission(lot: Lot, units: number): number {
    if (this.settings.commission_type === "cash_per_order")
      return lot.commission * (units / lot.size);
    return this.commissionOf(units, units, lot.price);
  }

  private forget(lot: Lot): void {
    remove(this.lots, lot);
    for (const leg of this.legs.filter((one) => one.lot === lot)) remove(this.legs, leg);
  }

  /** Exits die with their position, but not those that still wait for an entry, or for the one that is being filled. */
  private afterFlat(filling: Order | null): void {
    this.legs.length = 0;
    for (const exit of [...this.exits]) {
      const waits = (order: Order) =>
        (order.call === "entry" || order.call === "order") &&
        order.born <= exit.waitsFor &&
        (exit.fromEntry === "" || order.id === exit.fromEntry);
      const waiting = [...this.orders, ...(filling === null ? [] : [filling])].some(waits);
      if (!waiting || (exit.fromEntry === "" && exit.side !== 0)) remove(this.exits, exit);
    }
  }

  /** Of `units` out of an order of `total`: a fee per order is shared by quantity. */
  private commissionOf(units: number, total: number, price: number): number {
    const { commission_type: type, commission_value: value } = this.settings;
    const quantity = this.units.quantity(units);
    if (type === "percent") return Math.abs(quantity * price) * (value / 100);
    return type === "cash_per_contract"
      ? quantity * value
      : value * (quantity / this.units.quantity(total));
  }

  private slipped({ price, paid, by }: Reached, direction: number): number {
    const { slippage } = this.settings;
    if (by === "limit" || slippage === 0) return paid ?? price;
    return this.snapped(price + direction * slippage * this.tick, "near");
  }

  private get tick(): number {
    return this.settings.tick;
  }

  private snapped(price: number, side: "down" | "up" | "near"): number {
    return this.settings.snap ? onGrid(price, this.tick, side) : price;
  }

  /** A limit is filled at its level or better, so it snaps to the better side; a stop to the worse. */
  private limitPrice(price: number, buys: boolean): number {
    return this.snapped(price, buys ? "down" : "up");
  }

  private stopPrice(price: number, buys: boolean): number {
    return this.snapped(price, buys ? "up" : "down");
  }

  private ohlc(bar: number): [number, number, number, number] {
    const { open, high, low, close } = this.bars;
    return [open[bar], high[bar], low[bar], close[bar]];
  }

  /** A rule of risk: no order stays, the position goes at the present price. */
  private stopTrading(): void {
    for (const list of [this.orders, this.exits, this.legs]) list.length = 0;
    const units = Math.abs(this.heldUnits);
    if (units === 0) return;
    const comment = `Close Position (${this.risk_.halt})`;
    const order = this.marketOrder("risk", "Risk management close", units, comment);
    const price = this.slipped({ price: this.price, by: "market" }, order.direction);
    this.book(order, order.direction, units, 0, price);
  }

  // Calls of the program.

  entry(
    id: string,
    direction: number,
    qty: number,
    limit: number,
    stop: number,
    ocaName: string,
    ocaType: string,
    comment: string,
  ): void {
    this.note("entry", [id, direction, qty, limit, stop, ocaName, ocaType, comment]);
    if (this.risk_.halted) return;
    // What is added to is the position that the market orders placed so far will leave.
    if (direction * this.heldAfter(true) > 0 && !this.mayAdd(direction)) return;
    this.place("entry", id, direction, qty, limit, stop, ocaName, ocaType, comment);
  }

  order(
    id: string,
    direction: number,
    qty: number,
    limit: number,
    stop: number,
    ocaName: string,
    ocaType: string,
    comment: string,
  ): void {
    this.note("order", [id, direction, qty, limit, stop, ocaName, ocaType, comment]);
    if (this.risk_.halted) return;
    this.place("order", id, direction, qty, limit, stop, ocaName, ocaType, comment);
  }

  private place(
    call: "entry" | "order",
    id: string,
    direction: number,
    qty: number,
    limit: number,
    stop: number,
    ocaName: string,
    ocaType: string,
    comment: string,
  ): void {
    const buys = direction > 0;
    const { default_qty_type: type, default_qty_value: share } = this.settings;
    const wanted = Number.isNaN(qty) && type === "fixed" ? share : qty;
    const priced = given(limit) || given(stop);
    const fixed = given(qty) || type === "fixed";
    const fee =
      this.settings.commission_type === "cash_per_order" ? this.settings.commission_value : 0;
    const budget = type === "cash" ? share : (share / 100) * this.equity - fee;
    const near = this.mark + direction * this.settings.slippage * this.tick;
    const units = fixed ? this.units.of(wanted) : priced ? NONE : this.bought(budget, near);
    const reverses = call === "entry" && direction * this.heldUnits < 0;
    if (units === 0 && !reverses) return;
    const old = this.waiting(id);
    const order: Order = {
      call,
      id,
      direction: buys ? 1 : -1,
      qty: units,
      budget,
      limit: this.limitPrice(limit, buys),
      stop: this.stopPrice(stop, buys),
      flip: call === "entry" && priced ? Math.max(0, -direction * this.heldAfter(false)) : 0,
      ocaName,
      ocaType: ocaName === "" ? "none" : ocaType,
      comment,
      placedBar: this.bar,
      born: old?.born ?? ++this.born,
      slot: ++this.slots,
    };
    if (old !== undefined) {
      const same =
        Object.is(old.qty, order.qty) &&
        Object.is(old.limit, order.limit) &&
        Object.is(old.stop, order.stop) &&
        old.direction === order.direction &&
        old.call === call;
      if (same) order.slot = old.slot;
      remove(this.orders, old);
    }
    this.orders.push(order);
  }

  exit(
    id: string,
    fromEntry: string,
    numbers: Float64Array,
    ocaName: string,
    comment: string,
  ): void {
    const [qty, qtyPercent, profit, limit, loss, stop, trailPrice, trailPoints, trailOffset] =
      numbers as unknown as readonly [
        number,
        number,
        number,
        number,
        number,
        number,
        number,
        number,
        number,
      ];
    this.note("exit", [
      id,
      fromEntry,
      qty,
      qtyPercent,
      profit,
      limit,
      loss,
      stop,
      trailPrice,
      trailPoints,
      trailOffset,
      ocaName,
      comment,
    ]);
    if (qty <= 0 || qtyPercent <= 0) return;
    if (![profit, limit, loss, stop, trailPrice, trailPoints].some(given)) return;
    const old = this.exits.find((one) => one.id === id && one.fromEntry === fromEntry);
    const named = (one: { readonly id: string }) => fromEntry === "" || one.id === fromEntry;
    const guarded = this.lots.filter((lot) => lot.bound > 0 && named(lot));
    const waits = this.orders.some(
      (one) => (one.call === "entry" || one.call === "order") && named(one),
    );
    if (old === undefined && guarded.length === 0 && !waits) return;
    const exit: Exit = {
      id,
      fromEntry,
      qty,
      qtyPercent,
      profit,
      limit,
      loss,
      stop,
      trailPrice,
      trailPoints,
      trailOffset,
      ocaName,
      comment,
      placedBar: this.bar,
      waitsFor: this.born,
      side: fromEntry === "" ? Math.sign(this.heldUnits) : 0,
    };
    if (old === undefined) this.exits.push(exit);
    else this.exits[this.exits.indexOf(old)] = exit;
    const close = this.bars.close[this.bar];
    for (const lot of guarded) {
      const leg = this.guard(exit, lot);
      // A trailing stop that is new follows from this close on, where that lies beyond its start.
      if (leg === null) continue;
      leg.best = lot.direction * (close - this.activation(leg)) > 0 ? close : NONE;
    }
  }

  close(id: string, qty: number, qtyPercent: number, immediately: boolean, comment: string): void {
    this.note("close", [id, qty, qtyPercent, immediately, comment]);
    const open = this.lots.filter((lot) => lot.id === id).reduce((sum, lot) => sum + lot.bound, 0);
    const share = (this.units.quantity(open) * qtyPercent) / 100;
    const wanted = given(qty)
      ? this.units.of(qty)
      : given(qtyPercent)
        ? this.units.of(share)
        : open;
    this.market("close", id, Math.min(wanted, open), immediately, comment);
  }

  closeAll(immediately: boolean, comment: string): void {
    this.note("close_all", [immediately, comment]);
    this.market("close_all", "", Math.abs(this.heldUnits), immediately, comment);
  }

  private market(
    call: Order["call"],
    id: string,
    units: number,
    immediately: boolean,
    comment: string,
  ): void {
    if (!(units > 0)) return;
    const order = this.marketOrder(call, id, units, comment);
    this.orders.push(order);
    if (immediately) this.immediate.push(order);
  }

  private marketOrder(call: Order["call"], id: string, units: number, comment: string): Order {
    return {
      call,
      id,
      direction: this.heldUnits > 0 ? -1 : 1,
      qty: units,
      budget: NONE,
      limit: NONE,
      stop: NONE,
      flip: 0,
      ocaName: "",
      ocaType: "none",
      comment,
      placedBar: this.bar,
      born: 0,
      slot: ++this.slots,
    };
  }

  private waiting(id: string): Order | undefined {
    return this.orders.find(
      (one) => (one.call === "entry" || one.call === "order") && one.id === id,
    );
  }

  /** The position that the market orders placed so far will leave, or only those of them that close. */
  private heldAfter(all: boolean): number {
    let held = this.heldUnits;
    for (const order of [...this.orders].sort((a, b) => a.slot - b.slot)) {
      if (given(order.limit) || given(order.stop)) continue;
      const against = Math.max(0, -order.direction * held);
      if (order.call === "close" || order.call === "close_all") {
        held += order.direction * Math.min(order.qty, against);
      } else if (all && order.call === "order") held += order.direction * order.qty;
      else if (all && against > 0) held = order.direction * order.qty;
    }
    return held;
  }

  /** Market orders are on their way already. */
  cancel(id: string): void {
    this.note("cancel", [id]);
    this.drop((one) => one.id === id);
  }

  cancelAll(): void {
    this.note("cancel_all", []);
    this.drop(() => true);
  }

  private drop(which: (one: { readonly id: string }) => boolean): void {
    const priced = ({ limit, stop }: Order) => given(limit) || given(stop);
    for (const order of this.orders.filter(which).filter(priced)) remove(this.orders, order);
    for (const exit of this.exits.filter(which)) remove(this.exits, exit);
    for (const leg of this.legs.filter(({ exit }) => which(exit))) remove(this.legs, leg);
  }

  risk(rule: string, a: number, b: string): void {
    this.risk_.set(rule, a, b);
  }

  private note(call: string, args: (number | string | boolean)[]): void {
    this.calls.push({ bar: this.bar, call, args });
  }

  // Reads.

  private get heldUnits(): number {
    return this.lots.reduce((sum, lot) => sum + lot.direction * lot.units, 0);
  }

  get position_size(): number {
    return this.units.quantity(this.heldUnits);
  }

  get position_avg_price(): number {
    const open = this.lots.filter(({ units }) => units > 0);
    if (open.length === 0) return NONE;
    if (open.length === 1) return open[0].price;
    return open.reduce((sum, lot) => sum + lot.units * lot.price, 0) / Math.abs(this.heldUnits);
  }

  get equity(): number {
    const size = this.position_size;
    return size === 0 ? this.cash : this.cash + size * this.mark;
  }

  get openprofit(): number {
    const close = this.mark;
    const size = this.position_size;
    return size === 0 ? 0 : size * (close - this.position_avg_price);
  }

  /** Profit of the closed trades, less what the open ones have cost so far. */
  get netprofit(): number {
    const open = this.lots.reduce((sum, lot) => sum + this.entryCommission(lot, lot.units), 0);
    return this.trades.reduce((sum, { profit }) => sum + profit, 0) - open;
  }

  get closedtrades(): number {
    return this.trades.length;
  }

  get opentrades(): number {
    return this.lots.filter(({ units }) => units > 0).length;
  }

  ledger(field: string): number {
    const { trades } = this;
    const sum = (list: readonly SlowTrade[]) =>
      list.reduce((total, { profit }) => total + profit, 0);
    const wins = trades.filter(({ profit }) => profit > 0);
    const losses = trades.filter(({ profit }) => profit < 0);
    const mean = (list: readonly SlowTrade[], f: (trade: SlowTrade) => number) =>
      list.length === 0 ? NONE : list.reduce((total, trade) => total + f(trade), 0) / list.length;
    const profit = (trade: SlowTrade) => trade.profit;
    const percent = (trade: SlowTrade) => (100 * trade.profit) / (trade.qty * trade.entryPrice);
    const start = this.settings.initial_capital;
    const values: Record<string, () => number> = {
      position_size: () => this.position_size,
      position_avg_price: () => this.position_avg_price,
      equity: () => this.equity,
      netprofit: () => this.netprofit,
      openprofit: () => this.openprofit,
      closedtrades: () => this.closedtrades,
      opentrades: () => this.opentrades,
      initial_capital: () => start,
      grossprofit: () => sum(wins),
      grossloss: () => -sum(losses),
      wintrades: () => wins.length,
      losstrades: () => losses.length,
      eventrades: () => trades.length - wins.length - losses.length,
      max_drawdown: () => this.worst,
      max_runup: () => this.bestRun,
      max_contracts_held_all: () => this.held.all,
      max_contracts_held_long: () => this.held.long,
      max_contracts_held_short: () => this.held.short,
      avg_trade: () => mean(trades, profit),
      avg_winning_trade: () => mean(wins, profit),
      avg_losing_trade: () => -mean(losses, profit),
      avg_trade_percent: () => mean(trades, percent),
      avg_winning_trade_percent: () => mean(wins, percent),
      avg_losing_trade_percent: () => -mean(losses, percent),
      netprofit_percent: () => (100 * this.netprofit) / start,
      openprofit_percent: () => (100 * this.openprofit) / (start + this.netprofit),
      grossprofit_percent: () => (100 * sum(wins)) / start,
      grossloss_percent: () => (-100 * sum(losses)) / start,
      opentrades_capital_held: () => Math.abs(this.position_size) * this.position_avg_price,
    };
    const read = values[field];
    if (read === undefined) throw new Error(`the slow broker does not know strategy.${field}`);
    return read();
  }

  ledgerText(field: string): string {
    if (field === "position_entry_name") return this.lots[0]?.id ?? "";
    if (field === "account_currency") return "USD";
    throw new Error(`the slow broker does not know strategy.${field}`);
  }

  trade(list: "closed" | "open", field: string, index: number): number {
    const trade = list === "closed" ? this.trades[index] : this.openTrades()[index];
    return trade === undefined ? NONE : numberOf(trade, field, this.bars.time);
  }

  tradeText(list: "closed" | "open", field: string, index: number): string {
    const trade = list === "closed" ? this.trades[index] : this.openTrades()[index];
    if (trade === undefined) return "";
    if (field === "entry_id") return trade.entryId;
    if (field === "entry_comment") return trade.entryComment;
    return field === "exit_id" ? trade.exitId : trade.exitComment;
  }

  openTrades(): SlowTrade[] {
    const close = this.mark;
    return this.lots
      .filter(({ units }) => units > 0)
      .map((lot) => {
        const qty = this.units.quantity(lot.units);
        const commission = this.entryCommission(lot, lot.units);
        return {
          direction: lot.direction,
          qty,
          entryId: lot.id,
          entryComment: lot.comment,
          entryBar: lot.bar,
          entrySignalBar: lot.signalBar,
          entryPrice: lot.price,
          exitId: "",
          exitComment: "",
          exitBar: -1,
          exitSignalBar: -1,
          exitPrice: NONE,
          commission,
          profit: lot.direction * qty * (close - lot.price) - commission,
          runup: lot.runup,
          drawdown: lot.drawdown,
        };
      });
  }
}

function numberOf(trade: SlowTrade, field: string, time: ArrayLike<number>): number {
  const value = trade.qty * trade.entryPrice;
  const values: Record<string, number> = {
    entry_price: trade.entryPrice,
    entry_bar_index: trade.entryBar,
    entry_time: time[trade.entryBar],
    exit_price: trade.exitPrice,
    exit_bar_index: trade.exitBar < 0 ? NONE : trade.exitBar,
    exit_time: trade.exitBar < 0 ? NONE : time[trade.exitBar],
    size: trade.direction * trade.qty,
    profit: trade.profit,
    profit_percent: (100 * trade.profit) / value,
    commission: trade.commission,
    max_runup: trade.runup,
    max_runup_percent: (100 * trade.runup) / value,
    max_drawdown: trade.drawdown,
    max_drawdown_percent: (100 * trade.drawdown) / value,
  };
  return values[field];
}

/** As TradingView's list of trades names what closed one. */
function exitName(by: Order | Exit): string {
  if (!("call" in by)) return by.id;
  if (by.call === "close") return `Close entry(s) order ${by.id}`;
  return by.call === "close_all" ? "Close position order" : by.id;
}

function remove<T>(list: T[], item: T): void {
  const at = list.indexOf(item);
  if (at >= 0) list.splice(at, 1);
}
