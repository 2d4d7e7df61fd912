/** The place, from 0 on, of the smallest of n sorted values that at least `percentage` % of them do not exceed. */
export function nearestRank(period: number, percentage: number): number {
  return Math.max(1, Math.ceil((percentage * period) / 100)) - 1;
}

/** The place, from 0 on and not whole, of a percentile between the two nearest ranks of n sorted values. */
export function interpolatedRank(period: number, percentage: number): number {
  return Math.min(period, Math.max(1, (percentage * period) / 100 + 0.5)) - 1;
}
