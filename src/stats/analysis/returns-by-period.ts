import { type PeriodUnit, periodsOf } from "./calendar.ts";

/**
 * Returns of equity over calendar periods (UTC) instead of bars, for methods that need few of them or the like of
 * other reports: equity at a period's last bar over that of the period before, the first over `cash`. Na from the
 * first period with equity at or below 0 at a bar on.
 * @param time of the run's bars, epoch ms
 */
export function returnsByPeriod(
  equity: Float64Array,
  cash: number,
  time: Float64Array,
  unit: PeriodUnit,
): Float64Array {
  const periods = periodsOf(time, unit);
  const returns = new Float64Array(periods.length);
  let previous = cash;
  for (let k = 0; k < periods.length; k++) {
    const { from, to } = periods[k];
    const within = equity.subarray(from, to);
    if (!within.every((value) => value > 0)) return returns.fill(Number.NaN, k);
    returns[k] = within[within.length - 1] / previous - 1;
    previous = within[within.length - 1];
  }
  return returns;
}
