import type { ScriptBrokerSettings } from "./settings.ts";

/** What a fill costs (SEMANTICS §5.7). A fee per order is shared by quantity among the parts of the order. */
export class Commission {
  readonly type: ScriptBrokerSettings["commission_type"];
  /** Fraction for percent, else money. */
  readonly value: number;

  constructor(settings: ScriptBrokerSettings) {
    this.type = settings.commission_type;
    this.value =
      this.type === "percent" ? settings.commission_value / 100 : settings.commission_value;
  }

  /** Of `quantity` out of an order of `whole`. */
  of(quantity: number, price: number, whole: number): number {
    if (this.value === 0) return 0;
    if (this.type === "percent") return Math.abs(quantity * price) * this.value;
    if (this.type === "cash_per_contract") return quantity * this.value;
    return this.value * (quantity / whole);
  }
}
