import type { AnalysedTrades } from "./analysed-run.ts";
import { RangeExtremes } from "./range-extremes.ts";

export interface ExcursionInput {
  readonly trades: AnalysedTrades;
  /** Columns of the whole dataset. */
  readonly high: Float64Array;
  readonly low: Float64Array;
  /** Whether orders fill at the close of their bar, before which the trade was not there. */
  readonly fillsAtClose: boolean;
}

/** One value per trade of the list, open ones up to the last bar; fractions of the entry price, at least 0. */
export interface Excursions {
  /** Farthest that the price went against the trade (MAE). */
  readonly adverse: Float64Array;
  /** Farthest that it went for the trade (MFE). */
  readonly favourable: Float64Array;
}

/**
 * Maximum adverse and favourable excursion of each trade (Sweeney, Maximum Adverse Excursion, 1997). Bars that the
 * trade saw whole count with high and low, that of the exit with the exit's price alone: whether its high and low came
 * before is not known. With fills at the close the bar of the entry counts for nothing and that of the exit whole.
 * Linear in the bars, and logarithmic per trade.
 */
export function excursions({ trades, high, low, fillsAtClose }: ExcursionInput): Excursions {
  const range = new RangeExtremes(low, high);
  const adverse = new Float64Array(trades.length);
  const favourable = new Float64Array(trades.length);
  for (let i = 0; i < trades.length; i++) {
    const entry = trades.entryPrice[i];
    const open = trades.open[i] === 1;
    const late = fillsAtClose ? 1 : 0;
    const from = trades.entryBar[i] + late;
    const to = open ? low.length : trades.exitBar[i] + late;
    const exit = open ? entry : trades.exitPrice[i];
    const fall = 1 - Math.min(range.lowest(from, to), entry, exit) / entry;
    const rise = Math.max(range.highest(from, to), entry, exit) / entry - 1;
    const long = trades.side[i] > 0;
    adverse[i] = long ? fall : rise;
    favourable[i] = long ? rise : fall;
  }
  return { adverse, favourable };
}
