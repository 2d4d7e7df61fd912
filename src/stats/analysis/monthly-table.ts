import { periodsOf } from "./calendar.ts";
import { returnsByPeriod } from "./returns-by-period.ts";

/** A row of the table of monthly returns. */
export interface MonthlyRow {
  readonly year: number;
  /** January to December; null where the run has no bar in the month, or equity was gone. */
  readonly months: readonly (number | null)[];
  /** The months' returns compounded. */
  readonly total: number | null;
}

/** Monthly returns by year, in UTC, the first month against `cash`. */
export function monthlyReturns(
  equity: Float64Array,
  cash: number,
  time: Float64Array,
): MonthlyRow[] {
  const returns = returnsByPeriod(equity, cash, time, "month");
  const rows = new Map<number, (number | null)[]>();
  periodsOf(time, "month").forEach(({ name }, k) => {
    const year = Number(name.slice(0, 4));
    const months = rows.get(year) ?? new Array<number | null>(12).fill(null);
    months[Number(name.slice(5)) - 1] = Number.isNaN(returns[k]) ? null : returns[k];
    rows.set(year, months);
  });
  return [...rows].map(([year, months]) => ({ year, months, total: compounded(months) }));
}

function compounded(months: readonly (number | null)[]): number | null {
  const known = months.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((product, r) => product * (1 + r), 1) - 1;
}
