import type { Account } from "./account.ts";
import { Excursions, type Stretch } from "./excursions.ts";
import type { Extremes } from "./extremes.ts";
import type { Lot } from "./lot.ts";
import { liquidationPrice } from "./margin.ts";
import type { Market } from "./market.ts";
import type { ScriptBrokerSettings } from "./settings.ts";
import {
  COMMISSION,
  ENTRY_BAR,
  ENTRY_COMMISSION,
  ENTRY_PRICE,
  ENTRY_STAGE,
  EXIT_BAR,
  EXIT_PRICE,
  EXIT_STAGE,
  SIZE,
} from "./trade-rows.ts";

/** What `strategy.*` reads beyond the plain properties, and `strategy.closedtrades.*`, `strategy.opentrades.*`. */
export class Ledger {
  private readonly excursions: Excursions;

  constructor(
    private readonly market: Market,
    private readonly account: Account,
    private readonly extremes: Extremes,
    private readonly settings: ScriptBrokerSettings,
  ) {
    this.excursions = new Excursions(market);
  }

  number(field: string): number {
    const read = NUMBERS[field];
    if (read === undefined) throw new RangeError(`unknown field of the ledger: ${field}`);
    return read(this.account, this.market, this.settings, this.extremes);
  }

  text(field: string): string {
    if (field === "position_entry_name") {
      const { items, length } = this.account.lots;
      return length > 0 ? items[0].id : "";
    }
    if (field === "account_currency") return "";
    throw new RangeError(`unknown text of the ledger: ${field}`);
  }

  closed(field: string, index: number): number {
    const { rows } = this.account.trades;
    if (!(index >= 0 && index < rows.length)) return Number.NaN;
    const at = Math.trunc(index);
    const { time } = this.market.bars;
    const number = (place: number) => rows.number(at, place);
    switch (field) {
      case "entry_price":
        return number(ENTRY_PRICE);
      case "entry_bar_index":
        return number(ENTRY_BAR);
      case "entry_time":
        return time[number(ENTRY_BAR)];
      case "exit_price":
        return number(EXIT_PRICE);
      case "exit_bar_index":
        return number(EXIT_BAR);
      case "exit_time":
        return time[number(EXIT_BAR)];
      case "size":
        return number(SIZE);
      case "profit":
        return rows.profit(at);
      case "profit_percent":
        return percentOf(rows.profit(at), Math.abs(number(SIZE)) * number(ENTRY_PRICE));
      case "commission":
        return number(COMMISSION);
      default:
        return this.closedExcursion(field, at);
    }
  }

  open(field: string, index: number): number {
    const lot = this.lotAt(index);
    if (lot === null) return Number.NaN;
    const { account, market } = this;
    const side = Math.sign(account.units);
    const quantity = lot.units / account.quantities.scale;
    const commission = account.entryCommission(lot, lot.units);
    const profit = side * quantity * (market.mark - lot.price) - commission;
    switch (field) {
      case "entry_price":
        return lot.price;
      case "entry_bar_index":
        return lot.bar;
      case "entry_time":
        return market.bars.time[lot.bar];
      case "size":
        return side * quantity;
      case "profit":
        return profit;
      case "profit_percent":
        return percentOf(profit, quantity * lot.price);
      case "commission":
        return commission;
      case "exit_price":
      case "exit_bar_index":
      case "exit_time":
        return Number.NaN;
      default:
        return this.excursion(
          field,
          { ...ofLot(lot), side, exitBar: market.bar },
          quantity,
          commission,
        );
    }
  }

  closedText(field: string, index: number): string {
    const { texts, rows } = this.account.trades;
    if (!(index >= 0 && index < rows.length)) return "";
    const at = Math.trunc(index);
    switch (field) {
      case "entry_id":
        return texts.text("entryId", rows, at);
      case "entry_comment":
        return texts.text("entryComment", rows, at);
      case "exit_id":
        return texts.text("exitId", rows, at);
      case "exit_comment":
        return texts.text("exitComment", rows, at);
      default:
        throw new RangeError(`unknown text of a trade: ${field}`);
    }
  }

  openText(field: string, index: number): string {
    const lot = this.lotAt(index);
    if (lot === null) return "";
    if (field === "entry_id") return lot.id;
    if (field === "entry_comment") return lot.comment;
    return "";
  }

  private lotAt(index: number): Lot | null {
    let left = Math.trunc(index);
    if (!(left >= 0)) return null;
    const { items, length } = this.account.lots;
    for (let i = 0; i < length; i++) if (items[i].units > 0 && left-- === 0) return items[i];
    return null;
  }

  private closedExcursion(field: string, at: number): number {
    const { rows } = this.account.trades;
    const number = (place: number) => rows.number(at, place);
    const size = number(SIZE);
    const trade = {
      side: Math.sign(size),
      price: number(ENTRY_PRICE),
      entryBar: number(ENTRY_BAR),
      entryStage: number(ENTRY_STAGE),
      exitBar: number(EXIT_BAR),
      exitStage: number(EXIT_STAGE),
    };
    const spent = number(ENTRY_COMMISSION);
    return this.excursion(field, trade, Math.abs(size), spent, number(EXIT_PRICE));
  }

  private excursion(
    field: string,
    trade: Stretch,
    quantity: number,
    spent: number,
    exit = trade.price,
  ): number {
    const { excursions } = this;
    excursions.read(trade);
    const { side, price } = trade;
    const value = quantity * price;
    const best = Math.max(side * excursions.best, side * exit) - side * price;
    const worst = side * price - Math.min(side * excursions.worst, side * exit);
    const up = Math.max(0, quantity * best - spent);
    const down = Math.max(0, quantity * worst + spent);
    switch (field) {
      case "max_runup":
        return up;
      case "max_runup_percent":
        return percentOf(up, value);
      case "max_drawdown":
        return down;
      case "max_drawdown_percent":
        return percentOf(down, value);
      default:
        throw new RangeError(`unknown field of a trade: ${field}`);
    }
  }
}

function ofLot({ price, bar, stage }: Lot) {
  return { price, entryBar: bar, entryStage: stage, exitStage: 4 };
}

type Read = (
  account: Account,
  market: Market,
  settings: ScriptBrokerSettings,
  extremes: Extremes,
) => number;

const openProfit: Read = (account, market) =>
  account.units === 0 ? 0 : account.quantity * (market.mark - account.averagePrice);
const ofCapital =
  (read: Read): Read =>
  (account, market, settings, extremes) =>
    percentOf(read(account, market, settings, extremes), settings.initial_capital);

const NUMBERS: Readonly<Record<string, Read>> = {
  position_size: (account) => account.quantity,
  position_avg_price: (account) => account.averagePrice,
  equity: (account, market) => account.equityAt(market.mark),
  initial_capital: (_a, _m, settings) => settings.initial_capital,
  netprofit: (account) => account.netProfit,
  netprofit_percent: ofCapital((account) => account.netProfit),
  openprofit: openProfit,
  openprofit_percent: (account, market, settings, extremes) =>
    percentOf(openProfit(account, market, settings, extremes), account.equityAt(market.mark)),
  grossprofit: ({ trades }) => trades.won,
  grossprofit_percent: ofCapital(({ trades }) => trades.won),
  grossloss: ({ trades }) => trades.lost,
  grossloss_percent: ofCapital(({ trades }) => trades.lost),
  closedtrades: ({ trades }) => trades.rows.length,
  opentrades: (account) => account.openTrades,
  wintrades: ({ trades }) => trades.wins,
  losstrades: ({ trades }) => trades.losses,
  eventrades: ({ trades }) => trades.evens,
  max_drawdown: (_a, _m, _s, extremes) => extremes.drawdown,
  max_drawdown_percent: (_a, _m, _s, extremes) => extremes.drawdownPercent,
  max_runup: (_a, _m, _s, extremes) => extremes.runup,
  max_runup_percent: (_a, _m, _s, extremes) => extremes.runupPercent,
  max_contracts_held_all: ({ mostLong, mostShort, quantities }) =>
    Math.max(mostLong, mostShort) / quantities.scale,
  max_contracts_held_long: ({ mostLong, quantities }) => mostLong / quantities.scale,
  max_contracts_held_short: ({ mostShort, quantities }) => mostShort / quantities.scale,
  margin_liquidation_price: (account, _m, settings) =>
    liquidationPrice(
      account,
      (account.units > 0 ? settings.margin_long : settings.margin_short) / 100,
    ),
  opentrades_capital_held: (account, _m, settings) => {
    if (account.units === 0) return 0;
    const margin = account.units > 0 ? settings.margin_long : settings.margin_short;
    const cost = Math.abs(account.quantity) * account.averagePrice;
    return margin > 0 ? cost * (margin / 100) : cost;
  },
  avg_trade: ({ trades }) => mean(trades.profit, trades.rows.length),
  avg_winning_trade: ({ trades }) => mean(trades.won, trades.wins),
  avg_losing_trade: ({ trades }) => mean(trades.lost, trades.losses),
  avg_trade_percent: ({ trades }) => mean(100 * trades.ratios, trades.rows.length),
  avg_winning_trade_percent: ({ trades }) => mean(100 * trades.winningRatios, trades.wins),
  avg_losing_trade_percent: ({ trades }) => mean(100 * trades.losingRatios, trades.losses),
};

function mean(sum: number, count: number): number {
  return count === 0 ? Number.NaN : sum / count;
}

function percentOf(part: number, whole: number): number {
  return whole > 0 ? (100 * part) / whole : Number.NaN;
}
