import type { Member } from "./portfolio.ts";

export interface Rows {
  readonly time: Float64Array;
  /** The first on which a symbol acts. */
  readonly start: number;
}

/** The times on which any symbol acts, each once, in order; of a single symbol its bars, warm-up included. */
export function rowsOf(members: readonly Pick<Member, "bars" | "start">[]): Rows {
  const [only, ...others] = members;
  if (others.length === 0) {
    const { time } = only!.bars;
    return { time, start: Math.min(only!.start, time.length) };
  }
  return { time: union(members.map(({ bars, start }) => bars.time.subarray(start))), start: 0 };
}

/** When each bar is known: at its close, or at the next bar's open where that is sooner. */
export function closeTimes(time: Float64Array, closeOf: (open: number) => number): Float64Array {
  const closes = new Float64Array(time.length);
  const last = time.length - 1;
  for (let i = 0; i < last; i++) closes[i] = Math.min(closeOf(time[i]!), time[i + 1]!);
  if (last >= 0) closes[last] = closeOf(time[last]!);
  return closes;
}

function union(columns: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(columns.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const column of columns) {
    all.set(column, at);
    at += column.length;
  }
  all.sort();
  let kept = 0;
  for (const time of all) if (kept === 0 || time !== all[kept - 1]) all[kept++] = time;
  return all.slice(0, kept);
}
