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
    if (!allAboveZero(equity, from, to)) return returns.fill(Number.NaN, k);
    returns[k] = equity[to - 1] / previous - 1;
    previous = equity[to - 1];
  }
  return returns;
}

function allAboveZero(values: Float64Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (!(values[i] > 0)) return false;
  return true;
}
