import { periodClose, type Timeframe } from "../runtime/timeframe.ts";
import type { GroupedBars } from "./group-bars.ts";

/**
 * The values of longer bars as the chart's bars see them: each sees the last that has closed by its own close. With
 * `gaps` only the bar that is the first to see it; with `lookahead` each bar sees that of the period it lies in, which
 * the checker allows where the value itself is of an earlier one.
 */
export function alignValues<T extends number | string>(
  values: ArrayLike<T>,
  { bars, of }: GroupedBars,
  timeframe: Timeframe,
  closes: Float64Array,
  gaps: boolean,
  lookahead: boolean,
  na: T,
  out: { readonly length: number; [bar: number]: T },
): void {
  let seen = -1;
  for (let i = 0; i < out.length; i++) {
    const within = of[i]!;
    const closed = closes[i]! >= periodClose(bars.time[within]!, timeframe);
    const known = lookahead || closed ? within : within - 1;
    out[i] = known < 0 || (gaps && known === seen) ? na : values[known]!;
    seen = known;
  }
}
