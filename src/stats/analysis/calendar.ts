/** Calendar periods, in UTC. */
export type PeriodUnit = "day" | "month" | "year";

/** A stretch of consecutive bars in one calendar period. */
export interface Period {
  /** Such as 2024, 2024-03 or 2024-03-31. */
  readonly name: string;
  /** Index of its first bar, and the one after its last. */
  readonly from: number;
  readonly to: number;
}

const NAME_LENGTH: Readonly<Record<PeriodUnit, number>> = { year: 4, month: 7, day: 10 };

/** The calendar periods that bars fall into, in order; periods without a bar are not there. */
export function periodsOf(time: Float64Array, unit: PeriodUnit): Period[] {
  const periods: Period[] = [];
  for (let from = 0; from < time.length; ) {
    const end = endOf(time[from], unit);
    const to = firstAtOrAfter(time, end, from + 1);
    periods.push({ name: nameOf(time[from], unit), from, to });
    from = to;
  }
  return periods;
}

/** Start of the next period in epoch ms. */
function endOf(ms: number, unit: PeriodUnit): number {
  const at = new Date(ms);
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  const next = new Date(0);
  if (unit === "year") next.setUTCFullYear(year + 1, 0, 1);
  else if (unit === "month") next.setUTCFullYear(year, month + 1, 1);
  else next.setUTCFullYear(year, month, day + 1);
  return next.getTime();
}

function nameOf(ms: number, unit: PeriodUnit): string {
  return new Date(ms).toISOString().slice(0, NAME_LENGTH[unit]);
}

/** By galloping, so that short periods in long columns stay cheap. */
function firstAtOrAfter(time: Float64Array, ms: number, from: number): number {
  let step = 1;
  while (from + step < time.length && time[from + step] < ms) step *= 2;
  let low = from;
  let high = Math.min(time.length, from + step);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (time[middle] < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
