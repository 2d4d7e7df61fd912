import { Commission } from "./commission.ts";
import { KeptList } from "./kept-list.ts";
import { Lot } from "./lot.ts";
import { LotUnits } from "./lot-units.ts";
import type { Market } from "./market.ts";
import type { RunMemory } from "./run-memory.ts";
import { ScriptTrades } from "./script-trades.ts";
import type { ScriptBrokerSettings } from "./settings.ts";
import {
  COMMISSION,
  ENTRY_COMMISSION,
  EXIT_BAR,
  EXIT_COMMENT,
  EXIT_ID,
  EXIT_PRICE,
  EXIT_SIGNAL,
  EXIT_STAGE,
  SIZE,
} from "./trade-rows.ts";
import type { WorkingOrder } from "./working-order.ts";

/** Cash, position and open entries of a script, and the trades they became. */
export class Account {
  cash: number;
  /** Signed, in lot units. */
  units = 0;
  /** The same as a quantity. */
  quantity = 0;
  /** Oldest first. */
  readonly lots = new KeptList<Lot>();
  readonly trades: ScriptTrades;
  /** Entries that are gone and that nobody knows any more, for new ones. */
  private readonly spare = new KeptList<Lot>();
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
    const { items, length } = this.lots;
    let count = 0;
    for (let i = 0; i < length; i++) if (items[i].byEntry && items[i].bound > 0) count++;
    return count;
  }

  /** Units that the exits of entries named so may close. */
  boundOf(id: string): number {
    const { items, length } = this.lots;
    let units = 0;
    for (let i = 0; i < length; i++) if (items[i].id === id) units += items[i].bound;
    return units;
  }

  get openTrades(): number {
    const { items, length } = this.lots;
    let count = 0;
    for (let i = 0; i < length; i++) if (items[i].units > 0) count++;
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
    const { anyEntry } = this;
    const { items, length } = this.lots;
    const { lot: only, closes: from } = order;
    let bound = units;
    let ledger = units;
    for (let i = 0; i < length && (bound > 0 || ledger > 0); i++) {
      const lot = items[i];
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

  /** Closes the only entry, and all of it: what `close` does where there is no other. */
  closeOnly(order: WorkingOrder, whole: number, price: number, exitName: string): void {
    const { lots } = this;
    const lot = lots.items[0];
    lot.bound = 0;
    this.trade(lot, lot.units, whole, price, order, exitName);
    lots.length = 0;
    this.drop(lot);
    this.refresh();
  }

  open(order: WorkingOrder, units: number, whole: number, price: number): Lot {
    const quantity = units / this.quantities.scale;
    const fee = this.commission.of(quantity, price, whole / this.quantities.scale);
    const lot = this.spare.pop() ?? new Lot();
    lot.id = order.id;
    lot.comment = order.comment;
    lot.byEntry = order.kind === "entry";
    lot.original = units;
    lot.units = units;
    lot.bound = units;
    lot.price = price;
    lot.bar = this.market.bar;
    lot.stage = this.market.stage;
    lot.signalBar = order.signalBar;
    lot.commission = fee;
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
    const size = -order.side * quantity;
    const page = trades.begin(lot);
    const { place } = trades.rows;
    page[place + SIZE] = size;
    page[place + ENTRY_COMMISSION] = entryFee;
    page[place + EXIT_SIGNAL] = order.askedOn;
    page[place + EXIT_BAR] = market.bar;
    page[place + EXIT_PRICE] = price;
    page[place + EXIT_STAGE] = market.stage;
    page[place + COMMISSION] = fee;
    page[place + EXIT_ID] = trades.texts.exitId.numberOf(exitName);
    page[place + EXIT_COMMENT] = trades.texts.exitComment.numberOf(order.comment);
    trades.settle(size * (price - lot.price) - fee, Math.abs(quantity * lot.price) + entryFee);
    lot.units -= units;
  }

  /** At the end of a run: entries that are open become trades, marked at `mark`. */
  listOpen(mark: number): void {
    const { lots, trades, market, quantities } = this;
    const side = Math.sign(this.units);
    for (let i = 0; i < lots.length; i++) {
      const lot = lots.items[i];
      if (lot.units === 0) continue;
      const fee = this.entryCommission(lot, lot.units);
      const page = trades.begin(lot);
      const { place } = trades.rows;
      page[place + SIZE] = side * (lot.units / quantities.scale);
      page[place + ENTRY_COMMISSION] = fee;
      page[place + EXIT_SIGNAL] = -1;
      page[place + EXIT_BAR] = market.bar;
      page[place + EXIT_PRICE] = mark;
      page[place + EXIT_STAGE] = market.stage;
      page[place + COMMISSION] = fee;
      page[place + EXIT_ID] = 0;
      page[place + EXIT_COMMENT] = 0;
    }
  }

  private tidy(): void {
    const { lots } = this;
    const { items, length } = lots;
    let to = 0;
    for (let i = 0; i < length; i++) {
      const lot = items[i];
      if (lot.units > 0 || lot.bound > 0) items[to++] = lot;
      else this.drop(lot);
    }
    lots.length = to;
    this.refresh();
  }

  /** An entry that is gone; while it had exits, these know it. */
  private drop(lot: Lot): void {
    if (lot.legs.length === 0) this.spare.push(lot);
  }

  private refresh(): void {
    const { items, length } = this.lots;
    let units = 0;
    let cost = 0;
    let price = Number.NaN;
    let held = 0;
    let fees = 0;
    for (let i = 0; i < length; i++) {
      const lot = items[i];
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
