import type { Account } from "./account.ts";
import type { ScriptBrokerSettings } from "./settings.ts";

/**
 * The quantity of orders that name none. Its money is fixed when the order is placed; what that buys is reckoned at
 * the price it may fill at, with commission where it is a share of equity, and cut down to the lot step.
 */
export class Sizing {
  /** Orders that name no quantity have this one, in lot units. */
  readonly fixed: boolean;
  readonly fixedUnits: number;
  private readonly account: Account;
  private readonly settings: ScriptBrokerSettings;

  constructor(account: Account, settings: ScriptBrokerSettings) {
    this.account = account;
    this.settings = settings;
    this.fixed = settings.default_qty_type === "fixed";
    this.fixedUnits = account.quantities.of(settings.default_qty_value);
  }

  /** What an order that is placed now may spend. */
  money(equity: number): number {
    const { default_qty_type, default_qty_value } = this.settings;
    if (default_qty_type === "cash") return default_qty_value;
    const share = (default_qty_value / 100) * equity;
    const { type, value } = this.account.commission;
    return type === "cash_per_order" ? share - value : share;
  }

  units(money: number, price: number): number {
    return this.account.quantities.of(money / this.unitCost(price));
  }

  private unitCost(price: number): number {
    const { type, value } = this.account.commission;
    if (this.settings.default_qty_type === "cash" || type === "cash_per_order") return price;
    return type === "percent" ? price * (1 + value) : price + value;
  }
}
