import type { ExecutionModels } from "../execution-models.ts";
import { firstAtOrAfter } from "../first-at-or-after.ts";
import type { RunSettings } from "../orders.ts";
import type { Account } from "../realistic/account.ts";
import type { Funds } from "../realistic/funds.ts";
import { Runner } from "../realistic/runner.ts";
import { TradeLog } from "../trades.ts";
import { LastPrice } from "./last-price.ts";
import type { Member } from "./portfolio.ts";

const NEVER = Number.POSITIVE_INFINITY;

/** A symbol in the run of a portfolio: its orders, and which of its bars is next or under way. */
export class Seat {
  readonly runner: Runner;
  readonly log = new TradeLog();
  /** What the other symbols know of its price. */
  readonly price: LastPrice;
  private readonly time: Float64Array;
  /** First bar that was not passed over yet. */
  private from: number;
  /** The next bar with work. */
  private next: number;
  /** Whether that bar has opened and not yet closed. */
  private entered = false;

  constructor(
    readonly member: Member,
    readonly closes: Float64Array,
    settings: RunSettings,
    models: ExecutionModels,
    funds: Funds,
  ) {
    const { bars, signals, start } = member;
    this.time = bars.time;
    this.price = new LastPrice(bars.close, closes);
    this.runner = new Runner(bars, signals, settings, models, this.log, funds);
    this.from = start;
    this.next = start;
    this.schedule();
  }

  get account(): Account {
    return this.runner.execution.account;
  }

  /** The bar under way, or the next one. */
  get bar(): number {
    return this.next;
  }

  /** When the next bar with work opens; never while one is under way. */
  get opens(): number {
    return this.entered ? NEVER : (this.time[this.next] ?? NEVER);
  }

  /** When the bar under way closes. */
  get closesAt(): number {
    return this.entered ? this.closes[this.next]! : NEVER;
  }

  enter(): void {
    this.entered = true;
    this.runner.enter(this.next);
  }

  leave(): void {
    this.entered = false;
    this.from = this.next + 1;
  }

  /** Finds the next bar with work. */
  schedule(): void {
    const { last } = this.runner;
    this.next = this.from > last ? last + 1 : this.runner.nextBusy(this.from);
  }

  /**
   * As {@link schedule}, from the first bar on that opens now or later, and after `opened`: on that bar itself where
   * every bar has work.
   */
  scheduleFrom(now: number, opened: number, everyBar: boolean): void {
    if (this.entered) return;
    this.from = firstAtOrAfter(this.time, now, this.from);
    if (this.time[this.from] === opened) this.from++;
    if (everyBar) this.next = this.from;
    else this.schedule();
  }
}
