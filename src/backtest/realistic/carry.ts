import type { ExecutionModels } from "../execution-models.ts";

const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;

/** What holding positions costs between two bars, in money; negative where it is received. */
export class Carry {
  readonly any: boolean;
  funding = 0;
  borrow = 0;

  constructor(private readonly models: ExecutionModels) {
    this.any = models.funding !== null || models.borrow !== 0;
  }

  /**
   * From one bar's open to the next one's, with the account as the earlier bar left it.
   * Funding is due at every multiple of its hours after the earlier open up to the later one.
   * @param values signed, of the positions at the earlier bar's close
   */
  charge(cash: number, values: readonly number[], from: number, to: number): number {
    const { funding, borrow } = this.models;
    const period = (funding?.hours ?? 1) * HOUR;
    const times = Math.floor(to / period) - Math.floor(from / period);
    let paid = 0;
    let lent = 0;
    for (const value of values) {
      if (funding !== null) paid += value * funding.rate * times;
      lent += Math.max(0, -value);
    }
    lent += Math.max(0, -cash);
    const interest = (lent * borrow * (to - from)) / YEAR;
    this.funding += paid;
    this.borrow += interest;
    return paid + interest;
  }
}
