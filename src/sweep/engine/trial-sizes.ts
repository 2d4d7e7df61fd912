import { decimalPlaces, decimalUnits } from "../../backtest/quantities.ts";
import { decimalText } from "../../ir/decimal.ts";
import type { PlanRule, PlanSizing } from "../../vector/plan.ts";
import { RULE_BYTES, RULE_VALUE, T_RULES, T_SCALE } from "../../vector/wasm/layout.ts";

/** How much each rule of a trial orders. */
export class TrialSizes {
  readonly #sizings: readonly PlanSizing[];
  readonly #areQuantities: boolean;

  constructor(rules: readonly PlanRule[]) {
    this.#sizings = rules.map(({ sizing }) => sizing);
    this.#areQuantities = this.#sizings.some(({ kind }) => kind.startsWith("quantity"));
  }

  /**
   * @param record of the trial
   * @param from first of its scalars
   */
  write(floats: Float64Array, record: number, scalars: Float64Array, from: number): void {
    const places = this.#areQuantities ? this.#places(scalars, from) : 0;
    floats[(record + T_SCALE) >>> 3] = places === 0 ? 1 : Number(`1e${places}`);
    let at = (record + T_RULES + RULE_VALUE) >>> 3;
    for (const sizing of this.#sizings) {
      floats[at] = sizeOf(sizing, places, scalars, from);
      at += RULE_BYTES >>> 3;
    }
  }

  /** Decimal places of the finest quantity. */
  #places(scalars: Float64Array, from: number): number {
    return Math.max(
      0,
      ...this.#sizings.map((sizing) => {
        const text = quantityOf(sizing, scalars, from);
        return text === null ? 0 : decimalPlaces(text);
      }),
    );
  }
}

/** A quantity in its finest decimal place, money, or a share of equity. */
function sizeOf(sizing: PlanSizing, places: number, scalars: Float64Array, from: number): number {
  if (sizing.kind === "percent_of_equity") return scalars[from + sizing.scalar]! / 100;
  if (sizing.kind === "cash") return scalars[from + sizing.scalar]!;
  const text = quantityOf(sizing, scalars, from);
  return text === null ? 0 : decimalUnits(text, places);
}

function quantityOf(sizing: PlanSizing, scalars: Float64Array, from: number): string | null {
  if (sizing.kind === "quantity") return sizing.quantity;
  return sizing.kind === "quantity_scalar" ? decimalText(scalars[from + sizing.scalar]!) : null;
}
