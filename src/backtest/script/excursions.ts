import type { Market } from "./market.ts";

/** A trade's way through the bars. A stage is the point of the path that the price was on its way to: see {@link Market}. */
export interface Stretch {
  readonly side: number;
  readonly price: number;
  readonly entryBar: number;
  readonly entryStage: number;
  readonly exitBar: number;
  readonly exitStage: number;
}

/**
 * Best and worst price that a trade saw: on the bars between, and on those of its fills as far as the assumed path lay behind
 * the entry and before the exit. So TradingView reckons run-up and drawdown of trades. A trade that is read
 * bar after bar goes on from where the last read ended.
 */
export class Excursions {
  best = Number.NaN;
  worst = Number.NaN;
  private readonly market: Market;
  private last: Stretch | null = null;
  private until = -1;
  private bestBefore = Number.NaN;
  private worstBefore = Number.NaN;

  constructor(market: Market) {
    this.market = market;
  }

  /** Sets `best` and `worst`; they include the price of the entry. */
  read(trade: Stretch): void {
    const { side, price, entryBar, exitBar } = trade;
    const { high, low } = this.market.bars;
    if (!sameEntry(this.last, trade) || exitBar <= this.until) {
      this.until = entryBar;
      this.best = price;
      this.worst = price;
      if (exitBar > entryBar) this.seePath(trade, entryBar, trade.entryStage, 4);
      this.bestBefore = this.best;
      this.worstBefore = this.worst;
    }
    this.last = trade;
    this.best = this.bestBefore;
    this.worst = this.worstBefore;
    for (let bar = this.until + 1; bar < exitBar; bar++) {
      this.see(side, high[bar]);
      this.see(side, low[bar]);
    }
    this.until = Math.max(this.until, exitBar - 1);
    this.bestBefore = this.best;
    this.worstBefore = this.worst;
    this.seePath(trade, exitBar, exitBar > entryBar ? -1 : trade.entryStage, trade.exitStage);
  }

  /** The points of the path from `entry` on and before `exit`. */
  private seePath({ side }: Stretch, bar: number, entry: number, exit: number): void {
    const { open, high, low, close } = this.market.bars;
    const highFirst = high[bar] - open[bar] < open[bar] - low[bar];
    if (entry < 0 && exit > 0) this.see(side, open[bar]);
    if (entry <= 1 && exit > 1) this.see(side, highFirst ? high[bar] : low[bar]);
    if (entry <= 2 && exit > 2) this.see(side, highFirst ? low[bar] : high[bar]);
    if (entry <= 3 && exit > 3) this.see(side, close[bar]);
  }

  private see(side: number, price: number): void {
    if (side > 0 ? price > this.best : price < this.best) this.best = price;
    if (side > 0 ? price < this.worst : price > this.worst) this.worst = price;
  }
}

function sameEntry(a: Stretch | null, b: Stretch): boolean {
  return (
    a !== null &&
    a.entryBar === b.entryBar &&
    a.entryStage === b.entryStage &&
    a.side === b.side &&
    a.price === b.price
  );
}
