import type { Account } from "./account.ts";
import type { Execution } from "./execution.ts";
import { callable, coverUnits } from "./margin.ts";
import type { Market } from "./market.ts";
import type { OrderBook } from "./order-book.ts";
import { PlainFills } from "./plain-fills.ts";
import type { RiskRules } from "./risk-rules.ts";
import type { ScriptBrokerSettings } from "./settings.ts";
import type { Ticks } from "./ticks.ts";
import type { WorkingOrder } from "./working-order.ts";

/**
 * Leads the price along a bar (SEMANTICS §5.3) and fills what it meets:
 *
 *     open: market orders, then what the gap crossed → first extreme → second extreme → close
 *
 * On each way the nearest level is next; of equal ones the order that stands longer. What a fill sets free, the exit of an
 * entry above all, joins from that price on. Trailing stops follow each turning point.
 */
export class Path {
  /** Ticks beyond a limit before it fills, as a price. */
  private readonly beyond: number;
  private readonly plain: PlainFills;

  constructor(
    private readonly market: Market,
    private readonly account: Account,
    private readonly book: OrderBook,
    private readonly execution: Execution,
    private readonly risk: RiskRules,
    private readonly ticks: Ticks,
    settings: ScriptBrokerSettings,
  ) {
    this.plain = new PlainFills(market, account, book, execution, risk);
    this.beyond = settings.backtest_fill_limits_assumption * settings.tick;
  }

  /** Whether an order can fill on this bar; trailing stops of one that cannot follow it here. */
  reaches(): boolean {
    const { high, low } = this.market;
    const { items, length } = this.book.orders.list;
    for (let i = 0; i < length; i++) {
      const order = items[i];
      if (order.market) return true;
      const buys = order.side > 0;
      const { limit, stopLevel } = order;
      if (buys ? low <= limit : high >= limit) return true;
      if (buys ? high >= stopLevel : low <= stopLevel) return true;
      const { activation } = order;
      if (Number.isNaN(activation)) continue;
      if (!order.armed) {
        if (buys ? low <= activation : high >= activation) return true;
        continue;
      }
      // A tick to spare, for rounding and for stops that snap.
      if (high - low >= order.offset - this.ticks.size) return true;
      order.follow(buys ? low : high, this.ticks);
    }
    return false;
  }

  run(): void {
    const { market } = this;
    const { orders } = this.book;
    const { open, high, low, close } = market;
    market.stage = 0;
    market.price = open;
    if (!this.plain.fill()) this.at(open, true);
    else if (this.account.units !== 0) this.watch(open);
    if (orders.isEmpty && !this.risk.watches && !this.mayBeCalled()) {
      market.stage = 3;
      orders.compact();
      return;
    }
    const highFirst = high - open < open - low;
    this.go(highFirst ? high : low);
    this.go(highFirst ? low : high);
    this.go(close);
    orders.compact();
  }

  /** Whether the bar's path, with the position as it is, comes by a margin call. */
  mayBeCalled(): boolean {
    const { account, market, execution } = this;
    return callable(account, market, execution.margin(account.units));
  }

  /** The last price of the bar, for what was placed on it (`process_orders_on_close`). */
  runClose(): void {
    this.market.stage = 4;
    this.at(this.market.close, true);
    this.book.orders.compact();
  }

  /** Everything that is due where the price stands. */
  private at(price: number, markets: boolean): void {
    const { list } = this.book.orders;
    const { items } = list;
    this.market.price = price;
    // Orders that fills add stand behind.
    if (markets) {
      for (let i = 0; i < list.length; i++) {
        if (items[i].alive && items[i].market) this.fill(items[i], price, true);
      }
    }
    for (let i = 0; i < list.length; i++) {
      if (items[i].alive && !items[i].market) this.touch(items[i], price);
    }
    this.watch(price);
  }

  /** Fills an order that the price has passed already. */
  private touch(order: WorkingOrder, price: number): void {
    const buys = order.side > 0;
    if (!Number.isNaN(order.activation)) order.follow(price, this.ticks);
    const { stopLevel, limit } = order;
    if (buys ? price >= stopLevel : price <= stopLevel) {
      if (order.kind === "exit" || Number.isNaN(limit)) {
        this.fill(order, price, true);
        return;
      }
      order.stop = Number.NaN;
    }
    if (!Number.isNaN(order.stop) && order.kind !== "exit") return;
    if (buys ? price <= limit - this.beyond : price >= limit + this.beyond) {
      this.fill(order, price, false);
    }
  }

  private go(target: number): void {
    const { market } = this;
    const { list } = this.book.orders;
    market.stage++;
    if (target === market.price) return;
    const direction = target > market.price ? 1 : -1;
    // Orders that fills add stand behind those that are met where they were added.
    let known = list.length;
    while (true) {
      known = Math.min(known, list.length);
      const order = this.next(direction, target, known);
      const level = order === null ? target : this.level(order, direction);
      const price = direction > 0 ? Math.max(level, market.price) : Math.min(level, market.price);
      if (known < list.length && (order === null || price !== market.price)) {
        const added = list.items[known++];
        if (added.alive) this.touch(added, market.price);
        continue;
      }
      if (order === null) break;
      market.price = price;
      this.meet(order, direction, price);
    }
    market.price = target;
    for (let i = 0; i < list.length; i++) {
      const order = list.items[i];
      if (order.alive && !Number.isNaN(order.activation)) order.follow(target, this.ticks);
    }
    this.watch(target);
  }

  /** Of the first `known` orders the one that the price meets next on its way. */
  private next(direction: number, target: number, known: number): WorkingOrder | null {
    const { items } = this.book.orders.list;
    let nearest: WorkingOrder | null = null;
    let best = target;
    for (let i = 0; i < known; i++) {
      const order = items[i];
      if (!order.alive) continue;
      const level = this.level(order, direction);
      if (direction > 0 ? level < best : level > best) {
        best = level;
        nearest = order;
      } else if (level === best && nearest === null) nearest = order;
    }
    return nearest;
  }

  /** Where an order triggers while the price moves in `direction`; na where it does not. */
  private level(order: WorkingOrder, direction: number): number {
    const { side, kind, limit } = order;
    if (side === direction) return order.stopLevel;
    // A stop-limit waits for its stop.
    if (kind !== "exit" && !Number.isNaN(order.stop)) return Number.NaN;
    const target = limit - side * this.beyond;
    const trailing = !Number.isNaN(order.activation) && !order.armed && order.offset === 0;
    if (!trailing) return target;
    const { activation } = order;
    if (Number.isNaN(target)) return activation;
    return direction > 0 ? Math.min(target, activation) : Math.max(target, activation);
  }

  private meet(order: WorkingOrder, direction: number, price: number): void {
    const { side, kind, limit } = order;
    if (side !== direction) {
      const trailed = price === order.activation && price !== limit - side * this.beyond;
      if (trailed) this.fill(order, price, true);
      else this.fill(order, this.within(limit), false);
    } else if (kind === "exit" || Number.isNaN(limit)) {
      this.fill(order, price, true);
    } else {
      order.stop = Number.NaN;
      this.touch(order, price);
    }
  }

  /** A limit that was waited for beyond its price. */
  private within(price: number): number {
    const { high, low } = this.market;
    return Math.min(high, Math.max(low, price));
  }

  private fill(order: WorkingOrder, price: number, slips: boolean): void {
    this.execution.fill(order, price, slips);
    if (this.risk.watches && this.risk.tooManyFills()) this.stop(price);
  }

  /** At turning points: margin, and the loss of a day. */
  private watch(price: number): void {
    const { account, risk, execution } = this;
    if (account.units !== 0) {
      const units = coverUnits(account, price, execution.margin(Math.sign(account.units)));
      if (units > 0) execution.force(units, price, "Margin call", "Margin call");
    }
    if (risk.watches && risk.losesTooMuch(account.equityAt(price))) this.stop(price);
  }

  /** A rule of risk: no order stays, the position goes. */
  stop(price: number): void {
    const { account, book, execution, risk } = this;
    book.clear();
    if (account.units === 0) return;
    const comment = `Close Position (${risk.halt})`;
    execution.force(Math.abs(account.units), price, "Risk management close", comment);
  }
}
