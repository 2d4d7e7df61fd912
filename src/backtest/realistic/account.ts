import type { OrderRule } from "../orders.ts";
import { decimalPlaces, decimalUnits } from "../quantities.ts";
import type { TradeLog } from "../trades.ts";
import type { Purse } from "./funds.ts";

/** Relative tolerance of affordability, of sizes that mean the whole position, and of a lot's step. */
export const TOLERANCE = 1e-9;

/** The commission of so many units of an order, their share of what it pays as a whole included. */
export type FeeOf = (units: number) => number;

interface Lot {
  units: number;
  /** Of the entry. */
  readonly feeOf: FeeOf;
  readonly signalBar: number;
  readonly bar: number;
  readonly price: number;
}

/**
 * Position and lots, first in first out, and the cash that pays for them. Quantities are held in units of 10^-k, k = most decimals of the rules
 * and of the lot's step, and so are exact while they are given as decimals.
 */
export class Account {
  /** Signed. */
  units = 0;
  executions = 0;
  commission = 0;
  traded = 0;
  lastPrice = Number.NaN;
  readonly scale: number;
  /** All quantities are whole units. */
  readonly exact: boolean;
  private lots: Lot[] = [];

  constructor(
    private readonly purse: Purse,
    rules: readonly OrderRule[],
    lot: string | null,
    cuts: boolean,
    private readonly trades: TradeLog,
  ) {
    const written = rules.flatMap(({ sizing }) =>
      sizing.kind === "quantity" ? [sizing.quantity] : [],
    );
    const places = Math.max(0, ...[...written, ...(lot === null ? [] : [lot])].map(decimalPlaces));
    this.scale = Number(`1e${places}`);
    const decimals = rules.every(({ sizing: { kind } }) => kind === "quantity" || kind === "close");
    this.exact = lot !== null || (decimals && !cuts);
    this.places = places;
  }

  private readonly places: number;

  get cash(): number {
    return this.purse.cash;
  }

  /** Grows with every change, of cash alone too. */
  get fills(): number {
    return this.purse.changes;
  }

  get quantity(): number {
    return this.units / this.scale;
  }

  unitsOf(decimal: string): number {
    return decimalUnits(decimal, this.places);
  }

  /** By quantity; na where flat. */
  averageEntry(): number {
    let value = 0;
    let units = 0;
    for (const lot of this.lots) {
      value += lot.units * lot.price;
      units += lot.units;
    }
    return this.lots.length === 1 ? this.lots[0]!.price : value / units;
  }

  /** Books a fill of `order` units: what closes first, then what opens. */
  fill(
    order: number,
    sign: number,
    price: number,
    feeOf: FeeOf,
    signalBar: number,
    bar: number,
    reason: number,
  ): void {
    const opposite = Math.max(0, -sign * this.units);
    const closing = Math.min(order, opposite);
    const opening = order - closing;
    const flattens = closing > 0 && closing === opposite;
    const closed =
      closing > 0 ? this.close(closing, flattens, feeOf, -sign, signalBar, bar, price, reason) : 0;
    if (opening > 0) this.lots.push({ units: opening, feeOf, signalBar, bar, price });
    const filled = flattens ? order : closed + opening;
    const value = (filled / this.scale) * price;
    const fee = feeOf(filled);
    this.purse.cash = this.purse.cash - sign * value - fee;
    this.purse.changes++;
    this.units = (flattens ? 0 : this.units) + sign * (flattens ? opening : filled);
    this.executions++;
    this.commission += fee;
    this.traded += Math.abs(value);
    this.lastPrice = price;
  }

  /** Reports the lots that are still open. */
  finish(lastBar: number, mark: number): void {
    const side = Math.sign(this.units);
    for (const { units, feeOf, signalBar, bar, price } of this.lots) {
      const quantity = units / this.scale;
      this.trades.addOpen(side, quantity, signalBar, bar, price, lastBar, mark, feeOf(units));
    }
  }

  /** @returns the units closed, which meet the end of a lot where they came within the tolerance of it */
  private close(
    units: number,
    all: boolean,
    feeOf: FeeOf,
    side: number,
    signalBar: number,
    bar: number,
    price: number,
    reason: number,
  ): number {
    const tolerance = this.exact ? 0 : TOLERANCE;
    let closed = 0;
    while (this.lots.length > 0 && (all || units - closed > tolerance * units)) {
      const lot = this.lots[0]!;
      const left = units - closed;
      const whole = all || left >= lot.units * (1 - tolerance);
      const part = whole ? lot.units : left;
      this.trades.add(
        side,
        part / this.scale,
        lot.signalBar,
        lot.bar,
        lot.price,
        signalBar,
        bar,
        price,
        lot.feeOf(part) + feeOf(part),
        reason,
      );
      closed += part;
      if (whole) this.lots.shift();
      else lot.units -= part;
    }
    return closed;
  }
}
