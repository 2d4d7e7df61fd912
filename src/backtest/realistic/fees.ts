import type { CommissionTier, ExecutionModels } from "../execution-models.ts";

const TIER_WINDOW = 30 * 86_400_000;

/** Commission of fills: by value (of takers and makers, by tiers of what was traded), per unit and per order. */
export class Fees {
  readonly perUnit: number;
  readonly perOrder: number;
  private readonly taker: number;
  private readonly maker: number;
  private readonly tiers: readonly CommissionTier[] | null;
  /** Of every fill: its time, and the value of all up to it. */
  private readonly times: number[] = [];
  private readonly traded: number[] = [];
  /** First fill within the window. */
  private head = 0;

  constructor(commission: number, models: ExecutionModels) {
    this.perUnit = models.commissionPerUnit;
    this.perOrder = models.commissionPerOrder;
    this.taker = commission;
    this.maker = models.makerCommission ?? commission;
    this.tiers = models.commissionTiers;
  }

  /** The fraction of value at a time; fills of that very time count as earlier ones where they were noted. */
  rate(maker: boolean, time: number): number {
    if (this.tiers === null) return maker ? this.maker : this.taker;
    const volume = this.volumeBefore(time);
    let tier = this.tiers[0]!;
    for (const each of this.tiers) if (each.volume <= volume) tier = each;
    return maker ? tier.maker : tier.taker;
  }

  /** @param share of the order that the quantity is */
  of(value: number, quantity: number, rate: number, share: number): number {
    return Math.abs(value) * rate + quantity * this.perUnit + this.perOrder * share;
  }

  note(value: number, time: number): void {
    if (this.tiers === null) return;
    this.times.push(time);
    this.traded.push((this.traded[this.traded.length - 1] ?? 0) + Math.abs(value));
  }

  private volumeBefore(time: number): number {
    const { times, traded } = this;
    while (this.head < times.length && times[this.head]! < time - TIER_WINDOW) this.head++;
    const all = traded[traded.length - 1] ?? 0;
    return all - (traded[this.head - 1] ?? 0);
  }
}
