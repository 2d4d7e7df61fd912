import type { Bars } from "../../vector/columns.ts";
import { Account } from "./account.ts";
import { EquityRecord } from "./equity-record.ts";
import { Execution } from "./execution.ts";
import { EXTREMES, Extremes } from "./extremes.ts";
import { Ledger } from "./ledger.ts";
import { Market } from "./market.ts";
import { OrderBook } from "./order-book.ts";
import { Path } from "./path.ts";
import { Placement } from "./placement.ts";
import { PriceBand } from "./price-band.ts";
import { RiskRules } from "./risk-rules.ts";
import type { RunMemory } from "./run-memory.ts";
import type { ScriptBroker } from "./script-broker.ts";
import { type ScriptSimulation, simulationOf } from "./script-simulation.ts";
import type { ScriptBrokerSettings } from "./settings.ts";
import { Sizing } from "./sizing.ts";
import { Ticks } from "./ticks.ts";

/** A {@link ScriptBroker} over bars that are known. */
export class SimulatedBroker implements ScriptBroker {
  position_size = 0;
  position_avg_price = Number.NaN;
  netprofit = 0;
  closedtrades = 0;
  opentrades = 0;
  turns = 0;

  private readonly market: Market;
  private readonly account: Account;
  private readonly book: OrderBook;
  private readonly placement: Placement;
  private readonly rules: RiskRules;
  private readonly execution: Execution;
  private readonly path: Path;
  private readonly reads: Ledger;
  private readonly record: EquityRecord;
  private readonly start: number;
  private readonly memory: RunMemory | null;
  private readonly onClose: boolean;
  private seenFills = 0;
  /** Nothing happens by itself while the price stays within the band. */
  private quiet = true;
  private readonly band = new PriceBand();

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
    const extremes = new Extremes(settings.initial_capital);
    const seen = [...ledger].some((field) => EXTREMES.has(field)) ? extremes : null;
    this.market = market;
    this.account = account;
    this.book = book;
    this.rules = risk;
    this.execution = execution;
    this.placement = new Placement(market, account, book, sizing, risk, ticks, settings);
    this.path = new Path(market, account, book, execution, risk, ticks, settings);
    this.reads = new Ledger(market, account, extremes, settings);
    this.record = new EquityRecord(market, account, seen, start, memory);
    this.start = start;
    this.memory = memory;
    this.onClose = settings.process_orders_on_close;
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
    return this.placement.takes(1);
  }

  get takesShorts(): boolean {
    return this.placement.takes(-1);
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
    const side = direction > 0 ? 1 : -1;
    if (this.placement.entry(id, side, qty, limit, stop, ocaName, ocaType, comment))
      this.quiet = false;
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
    const side = direction > 0 ? 1 : -1;
    if (this.placement.order(id, side, qty, limit, stop, ocaName, ocaType, comment))
      this.quiet = false;
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
    if (this.placement.close(id, qty, qtyPercent, immediately, comment)) this.quiet = false;
  }

  closeAll(immediately: boolean, comment: string): void {
    if (this.placement.closeAll(immediately, comment)) this.quiet = false;
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
    const { market, account, book, execution, record, start, memory } = this;
    return simulationOf({ market, account, book, execution, record, start, memory });
  }

  private fillBar(bar: number): void {
    const { market, rules, path, record } = this;
    this.quiet = false;
    if (!market.traded) return;
    if (!rules.watches && !this.mayFill()) return;
    record.catchUp(bar);
    if (rules.watches) {
      rules.enter(market.bars.time[bar]);
      if (rules.halt !== "") path.stop(market.open);
    }
    path.run();
    this.mark();
  }

  private endBar(bar: number): void {
    this.turns++;
    const { market, path, rules, placement } = this;
    const closes = this.onClose || placement.immediate;
    if ((closes || rules.watches) && market.traded) {
      this.record.catchUp(bar);
      if (placement.immediate) this.closeNow();
      if (this.onClose && this.book.orders.list.length > 0) path.runClose();
      if (closes) this.mark();
      if (rules.watches && rules.drawsDownTooMuch(this.equity)) {
        path.stop(market.close);
        this.mark();
      }
    }
    const { account, book, execution } = this;
    this.quiet =
      !rules.watches &&
      this.band.measure(book.orders.list, account, execution.margin(account.units));
  }

  /** Whether the bar's path has to be walked: for an order, or for a margin call at its worst price. */
  private mayFill(): boolean {
    const waits = this.book.orders.list.length > 0;
    if (!waits && this.account.units === 0) return false;
    if (waits && this.path.reaches()) return true;
    return this.path.mayBeCalled();
  }

  private mark(): void {
    const { account } = this;
    if (account.fills === this.seenFills) return;
    this.seenFills = account.fills;
    this.position_size = account.quantity;
    this.position_avg_price = account.averagePrice;
    this.netprofit = account.netProfit;
    this.closedtrades = account.trades.rows.length;
    this.opentrades = account.openTrades;
  }

  /** `immediately`: at this close, before anything else. */
  private closeNow(): void {
    const { market, book, placement } = this;
    const { list } = book.orders;
    placement.immediate = false;
    market.price = market.close;
    market.stage = 4;
    for (let i = 0; i < list.length; i++) {
      const order = list.items[i];
      if (order.immediate && order.alive) this.execution.fill(order, market.close, true);
    }
    book.orders.compact();
  }
}
