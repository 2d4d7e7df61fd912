import { Lots } from "./lots.ts";
import type { OrderRule, RunSettings } from "./orders.ts";
import { decimalPlaces, decimalUnits } from "./quantities.ts";
import type { Rejection, Rejections } from "./simulation.ts";
import type { TradeLog } from "./trades.ts";

/** Relative tolerance of affordability, and of a sized exit that means the whole position. */
const TOLERANCE = 1e-9;
const LISTED_REJECTIONS = 100;

/**
 * The account: cash, position and lots. Everything about a fill (value, commission, sizes, equity at
 * the fill, free cash) is reckoned at its price, slippage included.
 *
 * Quantities are held in units of 10^-k, k = most decimals of the rules, and so are exact while they are
 * given as decimals. Sizes of equity or cash are real numbers; one that meets the
 * position, or a lot of it, within a relative 1e-9 closes it whole.
 */
export class Broker {
  cash: number;
  /** Signed position in units of 10^-k. */
  units = 0;
  fills = 0;
  commission = 0;
  traded = 0;
  lastPrice = Number.NaN;
  private readonly lots: Lots;
  private readonly rules: readonly OrderRule[];
  /** Units per rule of a fixed quantity, 0 for a size. */
  private readonly fixed: Float64Array;
  private readonly exact: boolean;
  private readonly scale: number;
  private readonly rate: number;
  private readonly listed: Rejection[] = [];
  private rejected = 0;

  constructor(rules: readonly OrderRule[], settings: RunSettings, trades: TradeLog) {
    const places = rules.reduce((most, { sizing }) => Math.max(most, placesOf(sizing)), 0);
    this.rules = rules;
    this.scale = Number(`1e${places}`);
    this.fixed = Float64Array.from(rules, ({ sizing }) =>
      sizing.kind === "quantity" ? decimalUnits(sizing.quantity, places) : 0,
    );
    this.exact = rules.every(({ sizing: { kind } }) => kind === "quantity" || kind === "close");
    this.cash = settings.cash;
    this.rate = settings.commission;
    this.lots = new Lots(trades, this.scale, this.rate, this.exact ? 0 : TOLERANCE);
  }

  /** Signed position in units of the base asset. */
  get quantity(): number {
    return this.units / this.scale;
  }

  get rejections(): Rejections {
    return { count: this.rejected, listed: this.listed };
  }

  /** Fills an order of a rule at `price`, or rejects it whole. */
  fill(rule: number, signalBar: number, bar: number, price: number): void {
    const sign = this.rules[rule].side === "buy" ? 1 : -1;
    const opposite = Math.max(0, -sign * this.units);
    const order = this.orderUnits(rule, price, opposite);
    if (!(order > 0 && order < Number.POSITIVE_INFINITY)) {
      if (this.rules[rule].sizing.kind !== "close") this.reject(rule, signalBar, bar, price, 0, 0);
      return;
    }
    const closing = Math.min(order, opposite);
    const opening = order - closing;
    if (opening > 0 && !this.affords(rule, signalBar, bar, price, order, closing, sign)) return;

    const flattens = closing > 0 && closing === opposite;
    let filled = order;
    if (flattens) this.lots.closeAll(-sign, signalBar, bar, price);
    else if (closing > 0) filled = this.lots.close(closing, -sign, signalBar, bar, price);
    if (opening > 0) this.lots.open(opening, signalBar, bar, price);
    const value = (filled / this.scale) * price;
    const fee = Math.abs(value) * this.rate;
    this.cash = this.cash - sign * value - fee;
    this.units = (flattens ? 0 : this.units) + sign * (flattens ? opening : filled);
    this.fills++;
    this.commission += fee;
    this.traded += Math.abs(value);
    this.lastPrice = price;
  }

  /** Reports the lots that are still open. */
  finish(lastBar: number, mark: number): void {
    this.lots.report(Math.sign(this.units), lastBar, mark);
  }

  private orderUnits(rule: number, price: number, opposite: number): number {
    const { sizing } = this.rules[rule];
    let units = opposite;
    switch (sizing.kind) {
      case "close":
        return opposite;
      case "quantity":
        units = this.fixed[rule];
        break;
      case "cash":
        units = (sizing.cash / (price * (1 + this.rate))) * this.scale;
        break;
      case "percent_of_equity": {
        const equity = this.cash + this.quantity * price;
        units = (((sizing.percent / 100) * equity) / (price * (1 + this.rate))) * this.scale;
      }
    }
    const whole = !this.exact && Math.abs(units - opposite) <= TOLERANCE * opposite;
    return whole && opposite > 0 ? opposite : units;
  }

  /** Whether free cash pays for the increasing part, after the closing part; else the order is rejected. */
  private affords(
    rule: number,
    signalBar: number,
    bar: number,
    price: number,
    order: number,
    closing: number,
    sign: number,
  ): boolean {
    const closed = (closing / this.scale) * price;
    const cash = this.cash - sign * closed - Math.abs(closed) * this.rate;
    const short = sign < 0 && closing === 0 ? Math.abs(this.quantity) : 0;
    const available = cash - 2 * short * Math.abs(price);
    const value = Math.abs(((order - closing) / this.scale) * price);
    const needed = value + value * this.rate;
    if (needed - available <= TOLERANCE * needed) return true;
    this.reject(rule, signalBar, bar, price, order / this.scale, needed, available);
    return false;
  }

  private reject(
    rule: number,
    signalBar: number,
    bar: number,
    price: number,
    quantity: number,
    needed: number,
    available = this.cash,
  ): void {
    this.rejected++;
    if (this.listed.length >= LISTED_REJECTIONS) return;
    const { side } = this.rules[rule];
    const reason = "cash";
    this.listed.push({ rule, side, signalBar, bar, price, quantity, needed, available, reason });
  }
}

function placesOf(sizing: OrderRule["sizing"]): number {
  return sizing.kind === "quantity" ? decimalPlaces(sizing.quantity) : 0;
}
