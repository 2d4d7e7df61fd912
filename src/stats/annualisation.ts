const DAY = 86_400_000;
const YEAR = 365 * DAY;

export interface BarsPerYearOptions {
  /** Length of a bar in ms. */
  readonly interval: number;
  /** Session days per year, such as 252; a year of 365 days where it is not given. */
  readonly calendar?: number;
}

/**
 * Bars per year, which annualises: 365 days over the interval, or `calendar` times the median number of bars
 * per UTC day that has any. A step of 28 to 31 days is a calendar month.
 * @param time epoch ms of the bars that the run covers
 */
export function barsPerYear(time: Float64Array, options: BarsPerYearOptions): number {
  if (options.calendar !== undefined) return options.calendar * medianBarsPerDay(time);
  const { interval } = options;
  const month = interval >= 28 * DAY && interval <= 31 * DAY;
  return month ? 12 : YEAR / interval;
}

function medianBarsPerDay(time: Float64Array): number {
  const counts: number[] = [];
  let day = Number.NaN;
  for (const ms of time) {
    const today = Math.floor(ms / DAY);
    if (today === day) counts[counts.length - 1]++;
    else counts.push(1);
    day = today;
  }
  if (counts.length === 0) return 1;
  counts.sort((a, b) => a - b);
  const middle = counts.length >>> 1;
  return counts.length % 2 === 1 ? counts[middle] : (counts[middle - 1] + counts[middle]) / 2;
}
