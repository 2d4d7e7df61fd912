import type { Bars } from "../../vector/columns.ts";
import type { ImpactModel } from "../execution-models.ts";
import { firstAtOrAfter } from "../first-at-or-after.ts";

const DAY = 86_400_000;
/** The volatility of an impact is taken over so many days. */
const VOLATILITY_DAYS = 20;

/**
 * Square-root market impact. All it knows of a bar is what lies before it: the bar's own volume and later ones
 * have no part (na counts as 0).
 */
export class Impact {
  private readonly volumes: RunningSums;
  private readonly squares: RunningSums | null;

  constructor(
    private readonly bars: Bars,
    private readonly model: ImpactModel,
  ) {
    this.volumes = new RunningSums(bars.volume.length, (i) => bars.volume[i]!);
    const square = (i: number) => Math.log(bars.close[i]! / bars.close[i - 1]!) ** 2;
    this.squares =
      model.model === "square_root" ? null : new RunningSums(bars.close.length, square);
  }

  /** c of the impact c · √quantity on orders that fill on a bar; na where nothing was traded before it. */
  factor(bar: number): number {
    const [from, to] = this.window(bar);
    const volume = this.volumes.over(from, to);
    if (!(volume > 0)) return Number.NaN;
    const volatility = this.squares === null ? 1 : this.volatility(bar, to - from);
    return (this.model.coefficient * volatility) / Math.sqrt(volume);
  }

  /** The bars that make up the day before a bar: from, and to (exclusive). */
  private window(bar: number): readonly [number, number] {
    const { time } = this.bars;
    if (this.model.volume === "24h") return [firstAtOrAfter(time, time[bar]! - DAY, 0), bar];
    const to = firstAtOrAfter(time, dayOf(time[bar]!), 0);
    return to === 0 ? [0, 0] : [firstAtOrAfter(time, dayOf(time[to - 1]!), 0), to];
  }

  /** Root of the mean squared log return per bar over 20 days, times the bars of a day. */
  private volatility(bar: number, barsPerDay: number): number {
    const { time } = this.bars;
    const from = firstAtOrAfter(time, time[bar]! - VOLATILITY_DAYS * DAY, 0);
    const returns = this.squares!.countOver(from, bar);
    return Math.sqrt((this.squares!.over(from, bar) / returns) * barsPerDay);
  }
}

function dayOf(time: number): number {
  return Math.floor(time / DAY) * DAY;
}

/** Sums over any stretch as differences of running sums, which are kept in two doubles and so do not drift. */
class RunningSums {
  private readonly high: Float64Array;
  private readonly low: Float64Array;
  private readonly count: Int32Array;

  /** Values that are not finite count as 0 and not as values. */
  constructor(length: number, valueAt: (index: number) => number) {
    this.high = new Float64Array(length + 1);
    this.low = new Float64Array(length + 1);
    this.count = new Int32Array(length + 1);
    let high = 0;
    let low = 0;
    for (let i = 0; i < length; i++) {
      const value = valueAt(i);
      const known = Number.isFinite(value);
      const x = known ? value : 0;
      const sum = high + x;
      const part = sum - high;
      low += high - (sum - part) + (x - part);
      high = sum;
      this.high[i + 1] = high;
      this.low[i + 1] = low;
      this.count[i + 1] = this.count[i]! + (known ? 1 : 0);
    }
  }

  over(from: number, to: number): number {
    return this.high[to]! - this.high[from]! + (this.low[to]! - this.low[from]!);
  }

  countOver(from: number, to: number): number {
    return this.count[to]! - this.count[from]!;
  }
}
