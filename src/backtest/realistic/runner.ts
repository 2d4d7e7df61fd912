import type { Bars } from "../../vector/columns.ts";
import type { ExecutionModels } from "../execution-models.ts";
import { type Firing, firing, nextSet } from "../firing.ts";
import { lastClose } from "../last-close.ts";
import type { RunSettings, Signals } from "../orders.ts";
import type { Order } from "../simulation.ts";
import type { TradeLog } from "../trades.ts";
import { Execution, type Request } from "./execution.ts";
import { ExitLevels } from "./exit-levels.ts";
import type { Funds } from "./funds.ts";
import { legsOf } from "./path.ts";

/**
 * The orders and exits of one symbol, bar by bar. Of each bar that is entered, in this order:
 *
 *     enter → atOpen → alongPath → reachClose → atClose → decide → atClose → end
 *
 * What fills at one price fills in the order in which it was placed. `exitsOnly` stops before the first order that is not
 * against the position, so that those of other symbols may come first; the same step without it fills the rest.
 */
export class Runner {
  readonly execution: Execution;
  readonly working: Order[] = [];
  readonly last: number;
  private readonly firing: Firing;
  private readonly levels: ExitLevels;
  private readonly atCloses: boolean;
  /** Share of the position's value below which equity is called; na for never. */
  private readonly maintenance: number;
  private resume = Number.NEGATIVE_INFINITY;
  /** What is to fill at the price that was reached. */
  private queue: Order[] = [];
  /** Exits that the gap before the bar crossed were looked for. */
  private opened = false;
  /** An exit of this bar was refused or cut: it is tried again on the next one. */
  private held = -1;

  constructor(
    private readonly bars: Bars,
    private readonly signals: Signals,
    private readonly settings: RunSettings,
    private readonly models: ExecutionModels,
    log: TradeLog,
    private readonly funds: Funds,
  ) {
    this.firing = firing(signals);
    this.last = bars.time.length - 1;
    this.atCloses = settings.fill === "close";
    const { leverage, maintenanceMargin } = models;
    this.maintenance = maintenanceMargin ?? (leverage === null ? Number.NaN : 1 / (2 * leverage));
    const known = (signalBar: number) => this.levels.known(signalBar);
    this.execution = new Execution(bars, signals, settings, models, log, known, funds);
    const { ticks } = this.execution.prices;
    this.levels = new ExitLevels(signals.exits ?? {}, ticks, models.tick ?? Number.NaN);
  }

  /** The first bar from `from` on that has work. Sees the bars before it, so that it is asked once. */
  nextBusy(from: number): number {
    const { units } = this.execution.account;
    const length = this.last + 1;
    let to = nextSet(this.firing.any(Math.sign(units)), from, length);
    for (const { firstBar } of this.working) to = Math.min(to, Math.max(from, firstBar));
    if (units === 0) return to;
    if (this.models.closeAtEnd) to = Math.min(to, this.last);
    return this.levels.any ? this.levels.nextTouch(this.bars, from, to) : to;
  }

  enter(bar: number): void {
    this.cancelReplaced(bar);
    const open = this.bars.open[bar]!;
    const crossed = ({ limit, side }: Order) => (side === "buy" ? open <= limit : open >= limit);
    const wanted = (order: Order) => (isMarket(order) ? !this.atCloses : crossed(order));
    this.opened = Number.isNaN(open);
    this.queue = this.due(bar, open, wanted);
  }

  /** Orders at the open, then exits that it crossed. */
  atOpen(bar: number, exitsOnly = false): void {
    const open = this.bars.open[bar]!;
    if (!this.fillQueue(bar, open, exitsOnly) || this.opened) return;
    this.opened = true;
    this.exitAt(bar, open);
  }

  alongPath(bar: number): void {
    if (this.working.length === 0 && this.execution.account.units === 0) return;
    const sign = Math.sign(this.execution.account.units);
    for (const [from, to] of legsOf(this.bars, bar, this.models.bothHit, sign)) {
      this.walk(bar, from, to);
    }
  }

  reachClose(bar: number): void {
    if (this.atCloses) this.queue = this.due(bar, this.bars.close[bar]!, isMarket);
  }

  atClose(bar: number, exitsOnly = false): void {
    this.fillQueue(bar, this.bars.close[bar]!, exitsOnly);
  }

  /** Evaluates the rules on the closed bar. */
  decide(bar: number): void {
    const time = this.bars.time[bar]!;
    if (time < this.resume || !this.place(bar)) return;
    this.resume = time + this.signals.cooldown;
    if (this.settings.delay === 0) this.reachClose(bar);
  }

  end(bar: number): void {
    if (bar === this.last && this.models.closeAtEnd) this.closeAll(bar);
  }

  /** Once no bar is left: replacements that would have taken effect, and the trades that are open. */
  finish(): void {
    const { account } = this.execution;
    this.cancelReplaced(this.last + 1);
    account.finish(this.last, lastClose(this.bars.close, this.last, account.lastPrice));
  }

  /** The levels after cash, or what other positions are worth, has changed without a fill. */
  replaceLevels(): void {
    this.placeLevels(Number.NaN, -1);
  }

  /** Exits that a price, the bar's open or one that its path begins a leg with, is beyond. */
  private exitAt(bar: number, price: number): void {
    const sign = Math.sign(this.execution.account.units);
    if (sign === 0) return;
    this.levels.see(price);
    const [stop, target] = [this.levels.stop(), this.levels.takeProfit()];
    if (stop !== null && sign * price <= sign * stop.price) this.exit(bar, price, stop.reason);
    else if (target !== null && sign * price >= sign * target.price)
      this.exit(bar, price, target.reason);
  }

  /** Walks from one price to another, filling what is reached in the order in which it is. */
  private walk(bar: number, from: number, to: number): void {
    const way = Math.sign(to - from);
    if (way === 0) return;
    let at = from;
    for (;;) {
      const order = this.nextLimit(bar, to, way);
      const level = this.nextLevel(bar, at, to, way);
      const limit = order === null ? Number.NaN : order.limit;
      if (order !== null && (level === null || way * limit <= way * level.price)) {
        this.levels.see(limit);
        at = way * limit > way * at ? limit : at;
        this.fillOrder(order, bar, limit);
      } else if (level !== null) {
        this.levels.see(level.price);
        at = level.price;
        this.exit(bar, level.price, level.reason);
      } else {
        this.levels.see(to);
        return;
      }
    }
  }

  /** Falling prices reach buy limits, rising ones sell limits. */
  private nextLimit(bar: number, to: number, way: number): Order | null {
    let next: Order | null = null;
    for (const order of this.working) {
      const { limit, firstBar, side } = order;
      if (firstBar > bar || (side === "buy") !== way < 0 || !(way * limit <= way * to)) continue;
      if (next === null || way * limit < way * next.limit) next = order;
    }
    return next;
  }

  private nextLevel(bar: number, at: number, to: number, way: number) {
    const sign = Math.sign(this.execution.account.units);
    if (sign === 0 || this.held === bar) return null;
    const level = way === sign ? this.levels.takeProfit() : this.levels.stop();
    if (level === null || !(way * level.price <= way * to)) return null;
    return { price: way * level.price < way * at ? at : level.price, reason: level.reason };
  }

  private exit(bar: number, price: number, reason: Request["reason"]): void {
    const { account } = this.execution;
    if (this.held === bar) return;
    const sign = -Math.sign(account.units);
    const passive = reason === "take_profit";
    const request = { rule: -1, sign, signalBar: bar, passive, reason };
    const fills = passive || this.execution.canFill(bar);
    if (!fills || !this.fill(request, bar, price)) this.held = bar;
  }

  private closeAll(bar: number): void {
    const { account } = this.execution;
    const price = lastClose(this.bars.close, bar, account.lastPrice);
    if (account.units === 0 || !this.execution.canFill(bar)) return;
    const sign = -Math.sign(account.units);
    this.fill({ rule: -1, sign, signalBar: bar, passive: false, reason: "end" }, bar, price);
  }

  /** The orders that are `wanted` at a price, in the order in which they were placed. */
  private due(bar: number, price: number, wanted: (order: Order) => boolean): Order[] {
    if (this.working.length === 0 || Number.isNaN(price)) return [];
    const priced = this.execution.canFill(bar);
    return this.working.filter(
      (order) => order.firstBar <= bar && wanted(order) && (priced || !isMarket(order)),
    );
  }

  /** @returns whether nothing is left */
  private fillQueue(bar: number, price: number, exitsOnly: boolean): boolean {
    const { account } = this.execution;
    for (const [filled, order] of this.queue.entries()) {
      const against = signOf(order) * account.units < 0;
      if (exitsOnly && !against) {
        this.queue = this.queue.slice(filled);
        return false;
      }
      this.fillOrder(order, bar, price);
    }
    this.queue = [];
    return true;
  }

  private fillOrder(order: Order, bar: number, price: number): void {
    const { rule, signalBar } = order;
    this.working.splice(this.working.indexOf(order), 1);
    const sign = signOf(order);
    const passive = !isMarket(order);
    this.fill({ rule, sign, signalBar, passive, reason: "order" }, bar, price);
  }

  private fill(request: Request, bar: number, price: number): boolean {
    const { account } = this.execution;
    const before = account.units;
    const whole = this.execution.fill(request, bar, price);
    const grown = account.units * request.sign > Math.max(0, before * request.sign);
    if (account.units !== before)
      this.placeLevels(account.lastPrice, grown ? request.signalBar : -1);
    return whole;
  }

  private placeLevels(price: number, signalBar: number): void {
    const { account } = this.execution;
    const sign = Math.sign(account.units);
    this.levels.place(sign, account.averageEntry(), price, signalBar, this.marginCall(sign));
  }

  /**
   * The price at which equity is the maintenance share of the value of all positions, those of other symbols taken as they
   * are; na where no price is, 0 where every price is beyond it.
   */
  private marginCall(sign: number): number {
    const { maintenance } = this;
    if (sign === 0 || Number.isNaN(maintenance)) return Number.NaN;
    const { cash, quantity } = this.execution.account;
    const { companions } = this.funds;
    const rest = cash + companions.value() - maintenance * companions.gross();
    if (sign < 0 && rest <= 0) return 0;
    const price = -rest / (quantity * (1 - sign * maintenance));
    return price > 0 ? price : Number.NaN;
  }

  private place(signalBar: number): boolean {
    const { signals, settings, working } = this;
    const sign = Math.sign(this.execution.account.units);
    const before = working.length;
    signals.rules.forEach(({ side, limit: limits }, rule) => {
      if (!this.firing.fires(rule, sign, signalBar)) return;
      const asked = limits === undefined ? Number.NaN : limits[signalBar]!;
      if (limits !== undefined && Number.isNaN(asked)) return;
      const limit = this.execution.prices.ticks.limit(asked, side === "buy" ? 1 : -1);
      const wait = this.atCloses && limits === undefined ? 0 : 1;
      working.push({ rule, side, signalBar, firstBar: signalBar + settings.delay + wait, limit });
    });
    return working.length > before;
  }

  /** A replacement takes effect when its orders do, so that latency holds for it as well. */
  private cancelReplaced(bar: number): void {
    const { working } = this;
    if (!this.signals.replaceOrders || !working.some(({ firstBar }) => firstBar === bar)) return;
    working.splice(0, working.length, ...working.filter(({ firstBar }) => firstBar >= bar));
  }
}

function isMarket({ limit }: Order): boolean {
  return Number.isNaN(limit);
}

function signOf({ side }: Order): number {
  return side === "buy" ? 1 : -1;
}
