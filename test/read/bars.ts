import type { BarColumns } from "../../src/data/columns.ts";
import { generator } from "../kernels/cases.ts";

/** Random bars at the given times. */
export function barsAt(times: readonly number[], seed = 1): BarColumns {
  const random = generator(seed);
  const column = () => new Float64Array(times.length);
  const bars = {
    time: Float64Array.from(times),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
  for (let i = 0; i < times.length; i++) {
    const [open, close] = [100 + random(), 100 + random()];
    bars.open[i] = open;
    bars.close[i] = close;
    bars.high[i] = Math.max(open, close) + random();
    bars.low[i] = Math.min(open, close) - random();
    bars.volume[i] = 1000 * random();
  }
  return bars;
}

/** Rows of columns, for comparing. */
export function rowsOf(columns: Readonly<Record<string, Float64Array>>): Record<string, number>[] {
  return Array.from(columns["time"], (_, i) =>
    Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[i]])),
  );
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
