import type { Bars } from "../../vector/columns.ts";
import type { ExitDistance, SignalExits } from "../orders.ts";
import type { Ticks } from "../script/ticks.ts";
import type { ExitReason } from "../trades.ts";

/** A price that closes the position, and what it is. */
export interface ExitLevel {
  readonly price: number;
  readonly reason: ExitReason;
}

/**
 * Stop and target of the position that is open. Distances are measured from its average entry price; a trailing
 * stop's from the best price since the entry, which the owner reports by {@link ExitLevels.see}.
 */
export class ExitLevels {
  /** 1 long, -1 short, 0 where there is no position. */
  private sign = 0;
  private best = Number.NaN;
  private trail = 0;
  private target = Number.NaN;
  private fixed: ExitLevel | null = null;
  /** Bar whose close the distances by ATR are as of. */
  private signalBar = 0;

  constructor(
    private readonly exits: SignalExits,
    private readonly ticks: Ticks,
    private readonly tick: number,
  ) {}

  get any(): boolean {
    return this.fixed !== null || this.trail > 0 || !Number.isNaN(this.target);
  }

  /** Whether every distance is known at a close. */
  known(signalBar: number): boolean {
    return Object.values(this.exits).every(
      (exit: ExitDistance) => exit.kind !== "atr" || exit.atr[signalBar]! > 0,
    );
  }

  /** The position as it is after a fill at `price`; `signalBar` of an order that increased it, else -1. */
  place(sign: number, entry: number, price: number, signalBar: number, marginCall: number): void {
    if (sign !== this.sign) this.best = price;
    this.sign = sign;
    if (signalBar >= 0) this.signalBar = signalBar;
    this.fixed = null;
    this.trail = 0;
    this.target = Number.NaN;
    if (sign === 0) return;
    const { stopLoss, takeProfit, trailingStop } = this.exits;
    if (!Number.isNaN(marginCall)) this.fixed = { price: marginCall, reason: "margin_call" };
    if (stopLoss) {
      const level = entry - sign * this.distance(stopLoss, entry);
      this.tighten({ price: this.ticks.stop(level, -sign), reason: "stop_loss" });
    }
    if (takeProfit) {
      const level = entry + sign * this.distance(takeProfit, entry);
      this.target = this.ticks.limit(level, -sign);
    }
    this.trail = trailingStop ? this.distance(trailingStop, 1) : 0;
    this.trailsByPercent = trailingStop?.kind === "percent";
  }

  private trailsByPercent = false;

  /** The best price moves with what the position sees. */
  see(price: number): void {
    if (this.sign * price > this.sign * this.best) this.best = price;
  }

  stop(): ExitLevel | null {
    return this.stopFrom(this.best);
  }

  takeProfit(): ExitLevel | null {
    return Number.isNaN(this.target) ? null : { price: this.target, reason: "take_profit" };
  }

  /** The first bar from `from` up to before `to` on which a level may be reached, else `to`; sees the bars before it. */
  nextTouch(bars: Bars, from: number, to: number): number {
    const { high, low } = bars;
    const long = this.sign > 0;
    const fixed = this.fixed === null ? Number.NaN : this.fixed.price;
    for (let bar = from; bar < to; bar++) {
      const best = long ? high[bar]! : low[bar]!;
      const worst = long ? low[bar]! : high[bar]!;
      if (long ? best >= this.target || worst <= fixed : best <= this.target || worst >= fixed) {
        return bar;
      }
      if (this.trail === 0) continue;
      const seen = this.sign * best > this.sign * this.best ? best : this.best;
      const stop = this.trailFrom(seen);
      if (long ? worst <= stop : worst >= stop) return bar;
      this.best = seen;
    }
    return to;
  }

  private stopFrom(best: number): ExitLevel | null {
    if (this.trail === 0) return this.fixed;
    const price = this.trailFrom(best);
    const tighter = this.fixed === null || this.sign * price > this.sign * this.fixed.price;
    return tighter ? { price, reason: "trailing_stop" } : this.fixed;
  }

  private trailFrom(best: number): number {
    const away = this.trailsByPercent ? this.trail * best : this.trail;
    return this.ticks.stop(best - this.sign * away, -this.sign);
  }

  private tighten(level: ExitLevel): void {
    const tighter = this.fixed === null || this.sign * level.price >= this.sign * this.fixed.price;
    if (tighter) this.fixed = level;
  }

  /** In money per unit, from a reference price where it is a share of it. */
  private distance(exit: ExitDistance, reference: number): number {
    switch (exit.kind) {
      case "percent":
        return (exit.percent / 100) * reference;
      case "ticks":
        return exit.ticks * this.tick;
      case "atr":
        return exit.multiple * exit.atr[this.signalBar]!;
    }
  }
}
