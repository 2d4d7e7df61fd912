import type { SlowTrade } from "./orders.ts";

const DAY = 86_400_000;

/** `strategy.risk.*`: what may still be traded. */
export class RiskRules {
  halted = false;
  private haltedDay = Number.NaN;
  private day = Number.NaN;
  private dayEquity = 0;
  private filledToday = 0;
  private readonly rules = new Map<string, { readonly a: number; readonly b: string }>();

  set(rule: string, a: number, b: string): void {
    this.rules.set(rule, { a, b });
  }

  openBar(time: number, equity: number): void {
    const day = Math.floor(time / DAY);
    if (day === this.day) return;
    this.day = day;
    this.dayEquity = equity;
    this.filledToday = 0;
    if (this.haltedDay !== day && !Number.isNaN(this.haltedDay)) {
      this.halted = false;
      this.haltedDay = Number.NaN;
    }
  }

  filled(): void {
    this.filledToday++;
  }

  /** Whether a position may be opened in a direction. */
  allows(direction: number): boolean {
    const rule = this.rules.get("allow_entry_in");
    return rule === undefined || rule.b === "all" || rule.b === (direction > 0 ? "long" : "short");
  }

  /** What may be added to a position of `held`. */
  room(held: number): number {
    const most = this.rules.get("max_position_size")?.a ?? Number.MAX_SAFE_INTEGER;
    return Math.max(0, most - held);
  }

  /** Whether a loss has become too large; trading is halted then, for good or for the day. */
  breached(
    equity: number,
    peak: number,
    trades: readonly SlowTrade[],
    time: ArrayLike<number>,
  ): boolean {
    if (this.halted) return false;
    if (this.over("max_drawdown", peak - equity, peak)) return this.halt(Number.NaN);
    if (this.lossDays(trades, time) >= (this.rules.get("max_cons_loss_days")?.a ?? Infinity))
      return this.halt(Number.NaN);
    if (this.over("max_intraday_loss", this.dayEquity - equity, this.dayEquity))
      return this.halt(this.day);
    if (this.filledToday >= (this.rules.get("max_intraday_filled_orders")?.a ?? Infinity))
      return this.halt(this.day);
    return false;
  }

  private over(name: string, loss: number, of: number): boolean {
    const rule = this.rules.get(name);
    if (rule === undefined) return false;
    return loss >= (rule.b === "percent_of_equity" ? (of * rule.a) / 100 : rule.a);
  }

  /** Days in a row, up to the last one with trades, whose closed trades lost money together. */
  private lossDays(trades: readonly SlowTrade[], time: ArrayLike<number>): number {
    const days = new Map<number, number>();
    for (const { exitBar, profit } of trades) {
      const day = Math.floor(time[exitBar] / DAY);
      days.set(day, (days.get(day) ?? 0) + profit);
    }
    const sums = [...days.values()].reverse();
    const good = sums.findIndex((sum) => sum >= 0);
    return good < 0 ? sums.length : good;
  }

  private halt(day: number): true {
    this.halted = true;
    this.haltedDay = day;
    return true;
  }
}
