import type { Bars } from "../../vector/columns.ts";
import type { Order, Simulation } from "../simulation.ts";
import { Account } from "./account.ts";
import { EquityRecord } from "./equity-record.ts";
import { Execution } from "./execution.ts";
import { EXTREMES, Extremes } from "./extremes.ts";
import { Ledger } from "./ledger.ts";
import { Market } from "./market.ts";
import { OrderBook } from "./order-book.ts";
import { Path } from "./path.ts";
import { PriceBand } from "./price-band.ts";
import { RiskRules } from "./risk-rules.ts";
import type { RunMemory } from "./run-memory.ts";
import type { ScriptBroker } from "./script-broker.ts";
import type { ScriptBrokerSettings } from "./settings.ts";
import { Sizing } from "./sizing.ts";
import { Ticks } from "./ticks.ts";
import type { TradeLabels } from "./trade-notes.ts";
import type { OcaType, WorkingOrder } from "./working-order.ts";

/** What a script did: a {@link Simulation}, and the names of its trades. A rejection or an order has no rule (-1). */
export interface ScriptSimulation extends Simulation {
  readonly labels: TradeLabels;
}

/**
 * The broker of scripts (SEMANTICS §5) over `bars`. `calc_on_order_fills` it does not know.
 *
 * @param ledger fields that are read by `ledger`; extremes that are not among them are not kept
 * @param memory where the run is kept, unless in memory of its own
 */
export function createScriptBroker(
  bars: Bars,
  settings: ScriptBrokerSettings,
  ledger: Iterable<string> = EXTREMES,
  memory: RunMemory | null = null,
): SimulatedBroker {
  memory?.begin();
  return new SimulatedBroker(bars, settings, ledger, memory);
}

export class SimulatedBroker implements ScriptBroker {
  position_size = 0;
  position_avg_price = Number.NaN;
  netprofit = 0;
  closedtrades = 0;
  opentrades = 0;
  turns = 0;

  private readonly market: Market;
  private readonly account: Account;
  private readonly sizing: Sizing;
  private readonly book: OrderBook;
  private readonly rules: RiskRules;
  private readonly execution: Execution;
  private readonly path: Path;
  private readonly ticks: Ticks;
  private readonly reads: Ledger;
  private readonly record: EquityRecord;
  private readonly start: number;
  private readonly lent: boolean;
  private readonly onClose: boolean;
  private readonly pyramiding: number;
  private readonly slip: number;
  private seenFills = 0;
  /** Nothing happens by itself while the price stays within the band. */
  private quiet = true;
  private readonly band = new PriceBand();
  /** Whether closing orders were placed that fill at this close. */
  private immediate = false;
  /** The last entry that a closing order was named after, and its name. */
  private closedId = "";
  private closeName = "Close position order";

  constructor(
    bars: Bars,
    settings: ScriptBrokerSettings,
    ledger: Iterable<string>,
    memory: RunMemory | null,
  ) {
    const start = Math.min(settings.start, bars.close.length);
    const market = new Market(bars, start);
    const account = new Account(market, settings, memory);
    const sizing = new Sizing(account, settings);
    const ticks = new Ticks(settings.tick, settings.snap);
    const book = new OrderBook(market, account, sizing, ticks);
    const risk = new RiskRules(account);
    const execution = new Execution(market, account, book, sizing, risk, ticks, settings);
    this.market = market;
    this.account = account;
    this.sizing = sizing;
    this.ticks = ticks;
    this.book = book;
    this.rules = risk;
    this.execution = execution;
    this.path = new Path(market, account, book, execution, risk, ticks, settings);
    const extremes = new Extremes(settings.initial_capital);
    this.reads = new Ledger(market, account, extremes, settings);
    this.start = start;
    this.lent = memory !== null;
    const seen = [...ledger].some((field) => EXTREMES.has(field)) ? extremes : null;
    this.record = new EquityRecord(market, account, seen, start, memory);
    this.onClose = settings.process_orders_on_close;
    this.pyramiding = Math.max(1, settings.pyramiding);
    this.slip = settings.slippage * settings.tick;
  }

  get equity(): number {
    return this.account.equityAt(this.market.mark);
  }

  get takesExits(): boolean {
    return this.book.takesExits;
  }

  get takesCloses(): boolean {
    return this.account.lots.length > 0;
  }

  get takesLongs(): boolean {
    return this.takesEntries(1);
  }

  get takesShorts(): boolean {
    return this.takesEntries(-1);
  }

  get floor(): number {
    return this.quiet ? this.band.floor : Number.POSITIVE_INFINITY;
  }

  get ceiling(): number {
    return this.quiet ? this.band.ceiling : Number.NEGATIVE_INFINITY;
  }

  get openprofit(): number {
    if (this.account.units === 0) return 0;
    return this.position_size * (this.market.mark - this.position_avg_price);
  }

  openBar(bar: number): void {
    const { market, band } = this;
    market.bar = bar;
    if (!this.quiet || market.high >= band.ceiling || market.low <= band.floor) this.fillBar(bar);
  }

  closeBar(bar: number): void {
    if (!this.quiet) this.endBar(bar);
  }

  entry(
    id: string,
    direction: number,
    qty: number,
    limit: number,
    stop: number,
    ocaName: string,
    ocaType: string,
    comment: string,
  ): void {
    if (this.rules.halt !== "") return;
    const side = direction > 0 ? 1 : -1;
    if (!this.takesEntries(side) && side * this.unitsAfterMarkets() > 0) return;
    const priced = !Number.isNaN(limit) || !Number.isNaN(stop);
    const flip = priced ? Math.max(0, -side * this.unitsAfterCloses()) : 0;
    this.place("entry", id, side, qty, flip, limit, stop, ocaName, ocaType, comment);
  }

  order(
    id: string,
    direction: number,
    qty: number,
    limit: number,
    stop: number,
    ocaName: string,
    ocaType: string,
    comment: string,
  ): void {
    if (this.rules.halt !== "") return;
    const side = direction > 0 ? 1 : -1;
    this.place("order", id, side, qty, 0, limit, stop, ocaName, ocaType, comment);
  }

  exit(
    id: string,
    fromEntry: string,
    numbers: Float64Array,
    ocaName: string,
    comment: string,
  ): void {
    if (this.book.exit(id, fromEntry, numbers, ocaName, comment)) this.quiet = false;
  }

  close(id: string, qty: number, qtyPercent: number, immediately: boolean, comment: string): void {
    let bound = 0;
    for (const lot of this.account.lots) if (lot.id === id) bound += lot.bound;
    this.closeSome(id, bound, qty, qtyPercent, immediately, comment);
  }

  closeAll(immediately: boolean, comment: string): void {
    const bound = Math.abs(this.account.units);
    this.closeSome("", bound, Number.NaN, Number.NaN, immediately, comment);
  }

  cancel(id: string): void {
    this.book.cancel(id);
  }

  cancelAll(): void {
    this.book.cancelAll();
  }

  risk(rule: string, a: number, b: string): void {
    this.rules.set(rule, a, b);
    this.quiet &&= !this.rules.watches;
  }

  ledger(field: string): number {
    this.record.catchUp(this.market.bar);
    return this.reads.number(field);
  }

  ledgerText(field: string): string {
    return this.reads.text(field);
  }

  trade(list: "closed" | "open", field: string, index: number): number {
    return list === "closed" ? this.reads.closed(field, index) : this.reads.open(field, index);
  }

  tradeText(list: "closed" | "open", field: string, index: number): string {
    return list === "closed"
      ? this.reads.closedText(field, index)
      : this.reads.openText(field, index);
  }

  /** Ends the run; the broker is of no use after it. */
  finish(): ScriptSimulation {
    const { account, market, record } = this;
    market.bar = market.bars.close.length - 1;
    record.catchUp(market.bar + 1);
    const { log, notes } = account.trades;
    const side = Math.sign(account.units);
    for (const lot of account.lots) {
      if (lot.units === 0) continue;
      const commission = account.entryCommission(lot, lot.units);
      log.addOpen(
        side,
        lot.units / account.quantities.scale,
        lot.signalBar,
        lot.bar,
        lot.price,
        market.bars.close.length - 1,
        market.mark,
        commission,
      );
      notes.add(lot.id, lot.comment, "", "", lot.stage, market.stage, commission);
    }
    return {
      start: this.start,
      trades: this.lent ? { length: log.length, ...log.columns } : log.finish(),
      labels: notes,
      equity: record.curve,
      cash: account.cash,
      position: account.quantity,
      fills: account.fills,
      commission: account.commissionPaid,
      traded: account.traded,
      barsInPosition: record.barsInPosition,
      // Equity is marked bar by bar, and read so.
      invested: new Int32Array(0),
      rejections: this.execution.rejections,
      pending: this.book.orders.filter(({ kind }) => kind !== "exit").map(pendingOrder),
    };
  }

  /** Whether an entry is taken; without market orders on their way. */
  private takesEntries(side: number): boolean {
    if (this.rules.halt !== "") return false;
    return !(side * this.account.units > 0 && this.account.entries >= this.pyramiding);
  }

  private fillBar(bar: number): void {
    this.quiet = false;
    this.record.catchUp(bar);
    if (this.rules.watches) this.watchedBar(bar);
    else if (this.mayFill()) this.path.run();
    this.mark();
  }

  private endBar(bar: number): void {
    this.turns++;
    const { market, path, rules, record } = this;
    record.catchUp(bar);
    if ((this.onClose || this.immediate) && market.traded) {
      if (this.immediate) this.closeNow();
      if (this.onClose && this.book.orders.length > 0) path.runClose();
      this.mark();
    }
    if (rules.watches && market.traded && rules.drawsDownTooMuch(this.equity)) {
      path.stop(market.close);
      this.mark();
    }
    record.close(bar);
    const { account, book, execution } = this;
    this.quiet =
      !rules.watches && this.band.measure(book.orders, account, execution.margin(account.units));
  }

  /** Whether the bar's path has to be walked: for an order, or for a margin call at its worst price. */
  private mayFill(): boolean {
    const { market, account, book } = this;
    if (book.orders.length === 0 && account.units === 0) return false;
    if (!market.traded) return false;
    if (book.orders.length > 0 && this.path.reaches()) return true;
    return this.path.mayBeCalled();
  }

  private watchedBar(bar: number): void {
    const { market, rules, path } = this;
    if (!market.traded) return;
    rules.enter(market.bars.time[bar]);
    if (rules.halt !== "") path.stop(market.open);
    path.run();
  }

  private mark(): void {
    const { account } = this;
    if (account.fills === this.seenFills) return;
    this.seenFills = account.fills;
    this.position_size = account.quantity;
    this.position_avg_price = account.averagePrice;
    this.netprofit = account.netProfit;
    this.closedtrades = account.trades.log.length;
    this.opentrades = account.openTrades;
  }

  private place(
    kind: "entry" | "order",
    id: string,
    side: number,
    qty: number,
    flip: number,
    limit: number,
    stop: number,
    ocaName: string,
    ocaType: string,
    comment: string,
  ): void {
    const { sizing, ticks, market } = this;
    const atLimit = ticks.limit(limit, side);
    const atStop = ticks.stop(stop, side);
    const priced = !Number.isNaN(limit) || !Number.isNaN(stop);
    let units = !Number.isNaN(qty) ? this.account.quantities.of(qty) : sizing.fixedUnits;
    let money = Number.NaN;
    if (Number.isNaN(qty) && !sizing.fixed) {
      money = sizing.money(this.equity);
      units = priced ? -1 : sizing.units(money, market.mark + side * this.slip);
    }
    const reverses = kind === "entry" && side * this.account.units < 0;
    if (units === 0 && !reverses) return;
    const oca = ocaType === "cancel" || ocaType === "reduce" ? (ocaType as OcaType) : "none";
    this.book.place(kind, id, side, units, money, flip, atLimit, atStop, ocaName, oca, comment);
    this.quiet = false;
  }

  private closeSome(
    id: string,
    bound: number,
    qty: number,
    qtyPercent: number,
    immediately: boolean,
    comment: string,
  ): void {
    if (bound === 0) return;
    const { quantities } = this.account;
    let units = bound;
    if (!Number.isNaN(qty)) units = Math.min(bound, quantities.of(qty));
    else if (!Number.isNaN(qtyPercent) && qtyPercent < 100)
      units = quantities.of((qtyPercent / 100) * (bound / quantities.scale));
    if (units <= 0) return;
    if (id !== this.closedId) {
      this.closedId = id;
      this.closeName = id === "" ? "Close position order" : `Close entry(s) order ${id}`;
    }
    const order = this.book.close(id, units, this.closeName, comment);
    this.quiet = false;
    if (!immediately) return;
    order.immediate = true;
    this.immediate = true;
  }

  /** `immediately`: at this close, before anything else. */
  private closeNow(): void {
    const { market, book } = this;
    this.immediate = false;
    market.price = market.close;
    market.stage = 4;
    for (const order of book.orders) {
      if (order.immediate && order.alive) this.execution.fill(order, market.close, true);
    }
    book.compact();
  }

  /** The position that the market orders placed so far will leave. */
  private unitsAfterMarkets(): number {
    let { units } = this.account;
    for (const order of this.book.orders) {
      if (!order.market) continue;
      const opposite = Math.max(0, -order.side * units);
      if (order.kind === "close") units += order.side * Math.min(order.units, opposite);
      else if (order.kind === "order") units += order.side * order.units;
      else if (opposite > 0) units = order.side * order.units;
    }
    return units;
  }

  private unitsAfterCloses(): number {
    let { units } = this.account;
    for (const order of this.book.orders) {
      if (order.kind !== "close") continue;
      units += order.side * Math.min(order.units, Math.max(0, -order.side * units));
    }
    return units;
  }
}

function pendingOrder(order: WorkingOrder): Order {
  return {
    rule: -1,
    side: order.side > 0 ? "buy" : "sell",
    signalBar: order.signalBar,
    firstBar: order.signalBar + 1,
    limit: order.limit,
  };
}
