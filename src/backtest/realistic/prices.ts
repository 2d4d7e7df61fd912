import type { ExecutionModels } from "../execution-models.ts";
import { Ticks } from "../script/ticks.ts";

/**
 * The way from a bar's price to that of a market or stop fill, always against the order:
 *
 *     middle → bid or ask (spread) → slippage → impact → next tick
 */
export class Prices {
  readonly ticks: Ticks;
  private readonly half: number;
  private readonly slippage: number;
  private readonly slipped: number;

  constructor(slippage: number, models: ExecutionModels) {
    this.ticks = new Ticks(models.tick ?? 0, models.tick !== null);
    this.half = models.spread / 2;
    this.slippage = slippage;
    this.slipped = models.slippageTicks * (models.tick ?? 0);
  }

  /** Bid or ask. */
  quoted(middle: number, sign: number): number {
    return middle * (1 + sign * this.half);
  }

  slip(quoted: number, sign: number): number {
    return quoted * (1 + sign * this.slippage) + sign * this.slipped;
  }

  /** At or above 0: a sale may bring nothing, but does not cost. Of an asset whose price is below 0 there is no such floor. */
  final(price: number, sign: number, middle: number): number {
    const final = this.ticks.stop(price, sign);
    return middle < 0 ? final : Math.max(0, final);
  }
}
