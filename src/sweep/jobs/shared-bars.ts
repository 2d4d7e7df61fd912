import { type Bars, COLUMNS } from "../../vector/columns.ts";

/** The same bars in memory that threads share; themselves where they are there already. */
export function sharedBars(bars: Bars): Bars {
  const names = ["time", ...COLUMNS.filter((name) => name !== ("time" as string))] as const;
  const columns = names.map((name) => bars[name as keyof Bars]);
  if (columns.every(({ buffer }) => buffer instanceof SharedArrayBuffer)) return bars;
  const length = bars.time.length;
  const memory = new SharedArrayBuffer(names.length * length * 8);
  const shared = columns.map((column, k) => {
    const copy = new Float64Array(memory, k * length * 8, length);
    copy.set(column);
    return [names[k], copy];
  });
  return Object.fromEntries(shared) as Bars;
}
