import type { Bars } from "../../vector/columns.ts";
import type { EquityCurve } from "../equity-curve.ts";
import { type ExecutionModels, NO_MODELS } from "../execution-models.ts";
import { type Firing, firing, nextSet } from "../firing.ts";
import type { RunSettings, Signals } from "../orders.ts";
import type { Order, Simulation } from "../simulation.ts";
import type { TradeLog } from "../trades.ts";
import { Carry } from "./carry.ts";
import { Execution, type Request } from "./execution.ts";
import { ExitLevels } from "./exit-levels.ts";
import { legsOf } from "./path.ts";

/** What a run left behind, beside its trades and its equity. */
export type RealisticRun = Pick<
  Simulation,
  "cash" | "position" | "fills" | "commission" | "traded" | "rejections" | "pending" | "realism"
>;

/**
 * Runs signals with costs, limits and exits. Per bar on which anything can happen:
 *
 *     carry → orders and gapped exits at the open → path inside the bar → orders at the close → rules → new orders
 *
 * Bars in between are passed over: to the next signal, due order, reachable level or bar that charges.
 */
export function runRealistic(
  bars: Bars,
  signals: Signals,
  settings: RunSettings,
  log: TradeLog,
  curve: EquityCurve,
): RealisticRun {
  const inTicks = Object.values(signals.exits ?? {}).some(({ kind }) => kind === "ticks");
  if (inTicks && (settings.execution?.tick ?? null) === null) {
    throw new RangeError("exits in ticks on a run without the size of a tick");
  }
  return new Run(bars, signals, settings, settings.execution ?? NO_MODELS, log, curve).run();
}

class Run {
  private readonly firing: Firing;
  private readonly execution: Execution;
  private readonly levels: ExitLevels;
  private readonly carry: Carry;
  private readonly working: Order[] = [];
  private readonly last: number;
  private readonly atClose: boolean;
  /** Share of the position's value below which equity is called; na for never. */
  private readonly maintenance: number;
  private resume = Number.NEGATIVE_INFINITY;
  /** An exit of this bar was refused or cut: it is tried again on the next one. */
  private held = -1;

  constructor(
    private readonly bars: Bars,
    private readonly signals: Signals,
    private readonly settings: RunSettings,
    private readonly models: ExecutionModels,
    log: TradeLog,
    private readonly curve: EquityCurve,
  ) {
    this.firing = firing(signals);
    this.carry = new Carry(models);
    this.last = bars.time.length - 1;
    this.atClose = settings.fill === "close";
    const { leverage, maintenanceMargin } = models;
    this.maintenance = maintenanceMargin ?? (leverage === null ? Number.NaN : 1 / (2 * leverage));
    const known = (signalBar: number) => this.levels.known(signalBar);
    this.execution = new Execution(bars, signals, settings, models, log, known);
    const { ticks } = this.execution.prices;
    this.levels = new ExitLevels(signals.exits ?? {}, ticks, models.tick ?? Number.NaN);
  }

  run(): RealisticRun {
    const { account } = this.execution;
    for (let bar = this.settings.start; bar <= this.last; bar++) {
      bar = this.nextBusy(bar);
      if (bar > this.last) break;
      this.step(bar);
    }
    this.cancelReplaced(this.last + 1);
    this.curve.markUntil(this.last + 1, account);
    account.finish(this.last, this.curve.lastClose(this.last, account.lastPrice));
    const { cash, quantity: position, executions: fills, commission, traded } = account;
    const realism = this.execution.realism(this.carry);
    const pending = this.working;
    return {
      cash,
      position,
      fills,
      commission,
      traded,
      rejections: this.execution.rejections,
      pending,
      realism,
    };
  }

  /** The first bar from `from` on that has work. */
  private nextBusy(from: number): number {
    const { units, cash } = this.execution.account;
    const length = this.last + 1;
    if (this.carry.any && (units !== 0 || cash < 0)) return from;
    let to = nextSet(this.firing.any(Math.sign(units)), from, length);
    for (const { firstBar } of this.working) to = Math.min(to, Math.max(from, firstBar));
    if (units === 0) return to;
    if (this.models.closeAtEnd) to = Math.min(to, this.last);
    return this.levels.any ? this.levels.nextTouch(this.bars, from, to) : to;
  }

  private step(bar: number): void {
    const { bars, signals, settings } = this;
    this.curve.markUntil(bar, this.execution.account);
    this.charge(bar);
    this.cancelReplaced(bar);
    this.atOpen(bar);
    this.alongPath(bar);
    if (this.atClose) this.fillDue(bar, bars.close[bar]!, isMarket);
    if (bars.time[bar]! >= this.resume && this.place(bar)) {
      this.resume = bars.time[bar]! + signals.cooldown;
      if (this.atClose && settings.delay === 0) this.fillDue(bar, bars.close[bar]!, isMarket);
    }
    if (bar === this.last && this.models.closeAtEnd) this.closeAll(bar);
  }

  private charge(bar: number): void {
    const { account } = this.execution;
    if (!this.carry.any || bar === this.settings.start) return;
    const { time } = this.bars;
    const close = this.curve.lastClose(bar - 1, account.lastPrice);
    const price = account.units === 0 ? 0 : close;
    account.pay(
      this.carry.charge(account.cash, account.quantity, price, time[bar - 1]!, time[bar]!),
    );
    this.placeLevels(Number.NaN, -1);
  }

  private atOpen(bar: number): void {
    const open = this.bars.open[bar]!;
    if (Number.isNaN(open)) return;
    const crossed = ({ limit, side }: Order) => (side === "buy" ? open <= limit : open >= limit);
    this.fillDue(bar, open, (order) => (isMarket(order) ? !this.atClose : crossed(order)));
    this.exitAt(bar, open);
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

  private alongPath(bar: number): void {
    if (this.working.length === 0 && this.execution.account.units === 0) return;
    const sign = Math.sign(this.execution.account.units);
    for (const [from, to] of legsOf(this.bars, bar, this.models.bothHit, sign)) {
      this.walk(bar, from, to);
    }
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
    const price = this.curve.lastClose(bar, account.lastPrice);
    if (account.units === 0 || !this.execution.canFill(bar)) return;
    const sign = -Math.sign(account.units);
    this.fill({ rule: -1, sign, signalBar: bar, passive: false, reason: "end" }, bar, price);
  }

  /** Fills the due orders that are `wanted` at a price, in the order in which they were placed. */
  private fillDue(bar: number, price: number, wanted: (order: Order) => boolean): void {
    if (this.working.length === 0 || Number.isNaN(price)) return;
    const priced = this.execution.canFill(bar);
    const due = this.working.filter(
      (order) => order.firstBar <= bar && wanted(order) && (priced || !isMarket(order)),
    );
    for (const order of due) this.fillOrder(order, bar, price);
  }

  private fillOrder(order: Order, bar: number, price: number): void {
    const { rule, side, signalBar } = order;
    this.working.splice(this.working.indexOf(order), 1);
    const sign = side === "buy" ? 1 : -1;
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

  /** The price at which equity is the maintenance share of the position's value; na where there is none above 0. */
  private marginCall(sign: number): number {
    const { cash, quantity } = this.execution.account;
    const price = -cash / (quantity * (1 - sign * this.maintenance));
    return sign !== 0 && price > 0 ? price : Number.NaN;
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
      const wait = this.atClose && limits === undefined ? 0 : 1;
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
