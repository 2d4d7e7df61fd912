import type { Account } from "./account.ts";
import { Excursions, type Stretch } from "./excursions.ts";
import type { Extremes } from "./extremes.ts";
import type { Lot } from "./lot.ts";
import { liquidationPrice } from "./margin.ts";
import type { Market } from "./market.ts";
import type { ScriptBrokerSettings } from "./settings.ts";

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
    if (field === "position_entry_name") return this.account.lots[0]?.id ?? "";
    if (field === "account_currency") return "";
    throw new RangeError(`unknown text of the ledger: ${field}`);
  }

  closed(field: string, index: number): number {
    const { log } = this.account.trades;
    if (!(index >= 0 && index < log.length)) return Number.NaN;
    const at = Math.trunc(index);
    const t = log.columns;
    const { time } = this.market.bars;
    const side = t.side[at];
    switch (field) {
      case "entry_price":
        return t.entryPrice[at];
      case "entry_bar_index":
        return t.entryBar[at];
      case "entry_time":
        return time[t.entryBar[at]];
      case "exit_price":
        return t.exitPrice[at];
      case "exit_bar_index":
        return t.exitBar[at];
      case "exit_time":
        return time[t.exitBar[at]];
      case "size":
        return side * t.quantity[at];
      case "profit":
        return t.pnl[at];
      case "profit_percent":
        return percentOf(t.pnl[at], t.quantity[at] * t.entryPrice[at]);
      case "commission":
        return t.commission[at];
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
    const { notes, log } = this.account.trades;
    if (!(index >= 0 && index < log.length)) return "";
    const at = Math.trunc(index);
    switch (field) {
      case "entry_id":
        return notes.text("entryId", at);
      case "entry_comment":
        return notes.text("entryComment", at);
      case "exit_id":
        return notes.text("exitId", at);
      case "exit_comment":
        return notes.text("exitComment", at);
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
    for (const lot of this.account.lots) if (lot.units > 0 && left-- === 0) return lot;
    return null;
  }

  private closedExcursion(field: string, at: number): number {
    const { account } = this;
    const { log, notes } = account.trades;
    const t = log.columns;
    const trade = {
      side: t.side[at],
      price: t.entryPrice[at],
      entryBar: t.entryBar[at],
      entryStage: notes.entryStage[at],
      exitBar: t.exitBar[at],
      exitStage: notes.exitStage[at],
    };
    return this.excursion(field, trade, t.quantity[at], notes.entryCommission[at], t.exitPrice[at]);
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
  closedtrades: ({ trades }) => trades.log.length,
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
  avg_trade: ({ trades }) => mean(trades.profit, trades.log.length),
  avg_winning_trade: ({ trades }) => mean(trades.won, trades.wins),
  avg_losing_trade: ({ trades }) => mean(trades.lost, trades.losses),
  avg_trade_percent: ({ trades }) => mean(100 * trades.ratios, trades.log.length),
  avg_winning_trade_percent: ({ trades }) => mean(100 * trades.winningRatios, trades.wins),
  avg_losing_trade_percent: ({ trades }) => mean(100 * trades.losingRatios, trades.losses),
};

function mean(sum: number, count: number): number {
  return count === 0 ? Number.NaN : sum / count;
}

function percentOf(part: number, whole: number): number {
  return whole > 0 ? (100 * part) / whole : Number.NaN;
}
