import type { Account } from "./account.ts";

const DAY = 86_400_000;

/** Why trading stopped: "" while it goes on. */
export type Halt =
  | ""
  | "Max drawdown reached"
  | "Max intraday loss reached"
  | "Max number of filled orders in one day"
  | "Max consecutive loss days reached";

/**
 * `strategy.risk.*`. Days are UTC days of bar opens. Setting a rule again keeps the stricter value.
 *
 * `max_drawdown` compares equity at the close with the best balance after any closed trade, on bars that closed one;
 * `max_intraday_loss` looks at the worst price of each bar; `max_cons_loss_days` counts whole days.
 */
export class RiskRules {
  /** Any rule that watches the run; the others act on single orders. */
  watches = false;
  /** Any rule at all. */
  any = false;
  halt: Halt = "";
  /** A halt that ends with the day. */
  private untilDay = false;
  private sides = 0;
  private maxUnits = Number.POSITIVE_INFINITY;
  private drawdown = Number.POSITIVE_INFINITY;
  private drawdownPercent = Number.POSITIVE_INFINITY;
  private dayLoss = Number.POSITIVE_INFINITY;
  private dayLossPercent = Number.POSITIVE_INFINITY;
  private dayFills = Number.POSITIVE_INFINITY;
  private lossDays = Number.POSITIVE_INFINITY;
  private day = Number.NaN;
  private fillsToday = 0;
  private openEquity: number;
  private bestToday: number;
  private lastEquity: number;
  private daysLost = 0;
  private bestBalance: number;
  private closedTrade = false;
  private readonly account: Account;

  constructor(account: Account) {
    this.account = account;
    const { cash } = account;
    this.openEquity = cash;
    this.bestToday = cash;
    this.lastEquity = cash;
    this.bestBalance = cash;
  }

  set(rule: string, value: number, text: string): void {
    const percent = text === "percent_of_equity";
    this.any = true;
    switch (rule) {
      case "allow_entry_in":
        this.sides =
          text === "long" ? 1 : text === "short" ? -1 : text === "all" ? 0 : Math.sign(value);
        return;
      case "max_position_size":
        this.maxUnits = Math.min(this.maxUnits, this.account.quantities.of(value));
        return;
      case "max_drawdown":
        if (percent) this.drawdownPercent = Math.min(this.drawdownPercent, value);
        else this.drawdown = Math.min(this.drawdown, value);
        break;
      case "max_intraday_loss":
        if (percent) this.dayLossPercent = Math.min(this.dayLossPercent, value);
        else this.dayLoss = Math.min(this.dayLoss, value);
        break;
      case "max_intraday_filled_orders":
        this.dayFills = Math.min(this.dayFills, value);
        break;
      case "max_cons_loss_days":
        this.lossDays = Math.min(this.lossDays, value);
        break;
      default:
        throw new RangeError(`unknown rule of risk: ${rule}`);
    }
    this.watches = true;
  }

  barsEntry(side: number): boolean {
    return this.sides !== 0 && side !== this.sides;
  }

  /** Units that a position of `held` may still grow by. */
  room(held: number): number {
    return Math.max(0, this.maxUnits - held);
  }

  filled(closed: boolean): void {
    this.fillsToday++;
    if (!closed) return;
    this.closedTrade = true;
  }

  /** At the start of a bar: a new day ends what held for the old one, and may stop trading for good. */
  enter(time: number): void {
    const day = Math.floor(time / DAY);
    if (day === this.day) return;
    if (!Number.isNaN(this.day)) {
      this.daysLost = this.lastEquity < this.openEquity ? this.daysLost + 1 : 0;
    }
    this.day = day;
    this.openEquity = this.lastEquity;
    this.bestToday = this.lastEquity;
    this.fillsToday = 0;
    if (this.untilDay) {
      this.untilDay = false;
      this.halt = "";
    }
    if (this.daysLost >= this.lossDays) this.halt = "Max consecutive loss days reached";
  }

  /** Whether the orders filled today are as many as may be. */
  tooManyFills(): boolean {
    if (this.halt !== "" || this.fillsToday < this.dayFills) return false;
    this.halt = "Max number of filled orders in one day";
    this.untilDay = true;
    return true;
  }

  /** Whether equity somewhere within a bar breaks the loss of a day. */
  losesTooMuch(equity: number): boolean {
    if (this.halt !== "") return false;
    if (equity > this.bestToday) this.bestToday = equity;
    const allowed = Math.min(this.dayLoss, shareOf(this.bestToday, this.dayLossPercent));
    if (this.openEquity - equity < allowed) return false;
    this.halt = "Max intraday loss reached";
    this.untilDay = true;
    return true;
  }

  /** At the close: whether the drawdown stops trading. */
  drawsDownTooMuch(equity: number): boolean {
    this.lastEquity = equity;
    if (!this.closedTrade) return false;
    this.closedTrade = false;
    const balance = this.account.units === 0 ? equity : this.balance();
    if (balance > this.bestBalance) this.bestBalance = balance;
    const allowed = Math.min(this.drawdown, shareOf(this.bestBalance, this.drawdownPercent));
    if (this.halt !== "" || this.bestBalance - equity < allowed) return false;
    this.halt = "Max drawdown reached";
    return true;
  }

  /** Equity without the open profit. */
  private balance(): number {
    const { account } = this;
    return account.cash + account.quantity * account.averagePrice;
  }
}

/** Equity may be below 0: without a limit there is none then, either. */
function shareOf(equity: number, percent: number): number {
  return percent === Number.POSITIVE_INFINITY ? percent : (percent / 100) * equity;
}
