import { type Bars, COLUMNS } from "../../vector/columns.ts";

/** The same bars in memory that threads share. */
export function sharedBars(bars: Bars): Bars {
  const length = bars.time.length;
  const names = ["time", ...COLUMNS.filter((name) => name !== ("time" as string))] as const;
  const memory = new SharedArrayBuffer(names.length * length * 8);
  const columns = names.map((name, k) => {
    const column = new Float64Array(memory, k * length * 8, length);
    column.set(bars[name as keyof Bars]);
    return [name, column];
  });
  return Object.fromEntries(columns) as Bars;
}
