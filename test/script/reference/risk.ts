const DAY = 86_400_000;

/**
 * `strategy.risk.*`: what may still be traded. Days are UTC days. The loss of a day is looked at on each point of a bar's
 * path and after nothing else; the drawdown at the close of bars that closed a trade.
 */
export class RiskRules {
  /** Why trading stands still, "" while it goes on. */
  halt = "";
  private haltedDay = Number.NaN;
  private day = Number.NaN;
  /** Equity at the close before this day, and its best since. */
  private dayEquity = Number.NaN;
  private dayBest = Number.NaN;
  private filledToday = 0;
  private closedOnBar = false;
  private bestBalance = Number.NEGATIVE_INFINITY;
  /** Equity at the ends of the days so far. */
  private readonly dayEnds: number[] = [];
  private side = "all";
  private readonly limits = new Map<string, number>();

  /** A rule that is set again keeps its stricter value. */
  set(rule: string, value: number, text: string): void {
    if (rule === "allow_entry_in") this.side = text;
    else {
      const name = text === "percent_of_equity" ? `${rule} %` : rule;
      this.limits.set(name, Math.min(value, this.limit(name)));
    }
  }

  private limit(name: string): number {
    return this.limits.get(name) ?? Number.POSITIVE_INFINITY;
  }

  get halted(): boolean {
    return this.halt !== "";
  }

  openBar(time: number, equityBefore: number): void {
    const day = Math.floor(time / DAY);
    this.closedOnBar = false;
    if (this.dayEnds.length === 0) this.bestBalance = equityBefore;
    if (day === this.day) return;
    this.dayEnds.push(equityBefore);
    this.day = day;
    this.dayEquity = equityBefore;
    this.dayBest = equityBefore;
    this.filledToday = 0;
    if (!Number.isNaN(this.haltedDay)) {
      this.halt = "";
      this.haltedDay = Number.NaN;
    }
    if (this.lostDays() >= this.limit("max_cons_loss_days"))
      this.halt = "Max consecutive loss days reached";
  }

  /** Days in a row, up to yesterday, that ended below their start. */
  private lostDays(): number {
    let count = 0;
    for (let i = this.dayEnds.length - 1; i > 0 && this.dayEnds[i] < this.dayEnds[i - 1]; i--)
      count++;
    return count;
  }

  filled(closes: boolean): void {
    this.filledToday++;
    if (closes) this.closedOnBar = true;
  }

  /** Whether a position may be opened in a direction. */
  allows(direction: number): boolean {
    return this.side === "all" || this.side === (direction > 0 ? "long" : "short");
  }

  /** What may be added to a position of `held`. */
  room(held: number): number {
    return Math.max(0, Math.min(Number.MAX_SAFE_INTEGER, this.limit("max_position_size")) - held);
  }

  tooManyFills(): boolean {
    if (this.halted || this.filledToday < this.limit("max_intraday_filled_orders")) return false;
    return this.haltToday("Max number of filled orders in one day");
  }

  losesTooMuch(equity: number): boolean {
    if (this.halted) return false;
    this.dayBest = Math.max(this.dayBest, equity);
    const allowed = this.allowed("max_intraday_loss", this.dayBest);
    return this.dayEquity - equity >= allowed && this.haltToday("Max intraday loss reached");
  }

  /** `balance`: equity without the open profit. */
  drawsDownTooMuch(equity: number, balance: number): boolean {
    if (!this.closedOnBar) return false;
    this.bestBalance = Math.max(this.bestBalance, balance);
    const allowed = this.allowed("max_drawdown", this.bestBalance);
    if (this.halted || this.bestBalance - equity < allowed) return false;
    this.halt = "Max drawdown reached";
    return true;
  }

  private allowed(rule: string, of: number): number {
    const percent = this.limits.get(`${rule} %`);
    return percent === undefined
      ? this.limit(rule)
      : Math.min(this.limit(rule), (percent / 100) * of);
  }

  private haltToday(reason: string): true {
    this.halt = reason;
    this.haltedDay = this.day;
    return true;
  }
}
