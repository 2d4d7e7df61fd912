import type { ExecutionModels } from "../execution-models.ts";

const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;

/** What holding a position costs between two bars, in money; negative where it is received. */
export class Carry {
  readonly any: boolean;
  funding = 0;
  borrow = 0;

  constructor(private readonly models: ExecutionModels) {
    this.any = models.funding !== null || models.borrow !== 0;
  }

  /**
   * From one bar's open to the next one's, with the account as the earlier bar left it and its close.
   * Funding is due at every multiple of its hours after the earlier open up to the later one.
   */
  charge(cash: number, quantity: number, close: number, from: number, to: number): number {
    const { funding, borrow } = this.models;
    const value = quantity * close;
    let paid = 0;
    if (funding !== null && quantity !== 0) {
      const period = funding.hours * HOUR;
      const times = Math.floor(to / period) - Math.floor(from / period);
      paid = value * funding.rate * times;
    }
    const lent = Math.max(0, -value) + Math.max(0, -cash);
    const interest = (lent * borrow * (to - from)) / YEAR;
    this.funding += paid;
    this.borrow += interest;
    return paid + interest;
  }
}
