import { Commission } from "./commission.ts";
import { Lot } from "./lot.ts";
import { LotUnits } from "./lot-units.ts";
import type { Market } from "./market.ts";
import type { RunMemory } from "./run-memory.ts";
import { ScriptTrades } from "./script-trades.ts";
import type { ScriptBrokerSettings } from "./settings.ts";
import type { WorkingOrder } from "./working-order.ts";

/** Cash, position and open entries of a script, and the trades they became. */
export class Account {
  cash: number;
  /** Signed, in lot units. */
  units = 0;
  /** The same as a quantity. */
  quantity = 0;
  /** Oldest first. */
  readonly lots: Lot[] = [];
  readonly trades: ScriptTrades;
  averagePrice = Number.NaN;
  /** Commission of the entries that are still open. */
  openCommission = 0;
  fills = 0;
  commissionPaid = 0;
  traded = 0;
  mostLong = 0;
  mostShort = 0;
  readonly quantities: LotUnits;
  readonly commission: Commission;
  private readonly market: Market;
  private readonly anyEntry: boolean;

  constructor(market: Market, settings: ScriptBrokerSettings, memory: RunMemory | null = null) {
    this.trades = new ScriptTrades(memory);
    this.market = market;
    this.cash = settings.initial_capital;
    this.quantities = new LotUnits(settings.lot_step);
    this.commission = new Commission(settings);
    this.anyEntry = settings.close_entries_rule === "ANY";
  }

  /** Entries that take a place of pyramiding: each keeps its own until as much was closed in its name as it bought. */
  get entries(): number {
    let count = 0;
    for (const lot of this.lots) if (lot.byEntry && lot.bound > 0) count++;
    return count;
  }

  get openTrades(): number {
    let count = 0;
    for (const lot of this.lots) if (lot.units > 0) count++;
    return count;
  }

  /** Profit of the closed trades, and what the open ones have cost so far. */
  get netProfit(): number {
    return this.trades.profit - this.openCommission;
  }

  equityAt(price: number): number {
    return this.units === 0 ? this.cash : this.cash + this.quantity * price;
  }

  /** The money of a fill; the ledger follows by `close` and `open`. */
  pay(side: number, units: number, price: number): void {
    const quantity = units / this.quantities.scale;
    const value = quantity * price;
    const fee = this.commission.of(quantity, price, quantity);
    this.cash = this.cash - side * value - fee;
    this.units += side * units;
    this.quantity = this.units / this.quantities.scale;
    this.fills++;
    this.commissionPaid += fee;
    this.traded += Math.abs(value);
  }

  /**
   * Closes `units` out of an order of `whole`: of the entries named `from` (all for ""), or of `lot` alone.
   * The ledger takes the oldest trades, or those of the same entries under `close_entries_rule="ANY"`.
   */
  close(order: WorkingOrder, units: number, whole: number, price: number, exitName: string): void {
    const { lots, anyEntry } = this;
    const { lot: only, closes: from } = order;
    let bound = units;
    let ledger = units;
    for (let i = 0; i < lots.length && (bound > 0 || ledger > 0); i++) {
      const lot = lots[i];
      const named = only === null ? from === "" || lot.id === from : lot === only;
      if (named && bound > 0) {
        const part = Math.min(bound, lot.bound);
        lot.bound -= part;
        bound -= part;
      }
      if ((named || !anyEntry) && ledger > 0 && lot.units > 0) {
        const part = Math.min(ledger, lot.units);
        this.trade(lot, part, whole, price, order, exitName);
        ledger -= part;
      }
    }
    this.tidy();
  }

  open(order: WorkingOrder, units: number, whole: number, price: number): Lot {
    const quantity = units / this.quantities.scale;
    const fee = this.commission.of(quantity, price, whole / this.quantities.scale);
    const lot = new Lot(order, units, price, this.market, fee);
    this.lots.push(lot);
    this.refresh();
    return lot;
  }

  /** Commission of `units` of an entry. */
  entryCommission(lot: Lot, units: number): number {
    const { commission, quantities } = this;
    if (commission.type === "cash_per_order") return lot.commission * (units / lot.original);
    return commission.of(units / quantities.scale, lot.price, 1);
  }

  private trade(
    lot: Lot,
    units: number,
    whole: number,
    price: number,
    order: WorkingOrder,
    exitName: string,
  ): void {
    const { trades, market, quantities } = this;
    const { scale } = quantities;
    const quantity = units / scale;
    const entryFee = this.entryCommission(lot, units);
    const fee = entryFee + this.commission.of(quantity, price, whole / scale);
    const side = -order.side;
    trades.log.add(
      side,
      quantity,
      lot.signalBar,
      lot.bar,
      lot.price,
      order.askedOn,
      market.bar,
      price,
      fee,
    );
    trades.notes.add(
      lot.id,
      lot.comment,
      exitName,
      order.comment,
      lot.stage,
      market.stage,
      entryFee,
    );
    trades.settle(
      side * quantity * (price - lot.price) - fee,
      Math.abs(quantity * lot.price) + entryFee,
    );
    lot.units -= units;
  }

  private tidy(): void {
    const { lots } = this;
    let to = 0;
    for (let i = 0; i < lots.length; i++) {
      if (lots[i].units > 0 || lots[i].bound > 0) lots[to++] = lots[i];
    }
    while (lots.length > to) lots.pop();
    this.refresh();
  }

  private refresh(): void {
    const { lots } = this;
    let units = 0;
    let cost = 0;
    let price = Number.NaN;
    let held = 0;
    let fees = 0;
    for (const lot of lots) {
      if (lot.units === 0) continue;
      units += lot.units;
      cost += lot.units * lot.price;
      price = lot.price;
      held++;
      fees += this.entryCommission(lot, lot.units);
    }
    this.averagePrice = held > 1 ? cost / units : price;
    this.openCommission = fees;
    if (this.units > this.mostLong) this.mostLong = this.units;
    if (-this.units > this.mostShort) this.mostShort = -this.units;
  }
}
