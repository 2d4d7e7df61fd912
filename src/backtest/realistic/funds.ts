import type { ExecutionModels } from "../execution-models.ts";
import { Fees } from "./fees.ts";

/** The money that one position, or those of several symbols, are paid from. */
export class Purse {
  /** Grows with every change, of a position that it pays for too. */
  changes = 0;

  constructor(public cash: number) {}

  pay(amount: number): void {
    if (amount === 0) return;
    this.cash -= amount;
    this.changes++;
  }
}

/** The positions beside one that the same money pays for, at what they are known to be worth. */
export interface Companions {
  /** Sum of signed quantity × price. */
  value(): number;
  /** Of the short ones, positive. */
  short(): number;
  /** Of all, long and short, positive. */
  gross(): number;
}

/** What the positions of an account have in common. */
export interface Funds {
  readonly purse: Purse;
  /** By what the account has traded, where there are tiers. */
  readonly fees: Fees;
  readonly companions: Companions;
}

const NONE: Companions = { value: () => 0, short: () => 0, gross: () => 0 };

/** The funds of an account with one position. */
export function ownFunds(cash: number, commission: number, models: ExecutionModels): Funds {
  return { purse: new Purse(cash), fees: new Fees(commission, models), companions: NONE };
}
