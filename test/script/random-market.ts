import type { Bars } from "../../src/vector/columns.ts";
import { generator } from "../kernels/cases.ts";

/** Bars on a grid of ticks, with gaps and bars without a range. */
export function marketOf(from: number, length: number, tick: number): Bars {
  const random = generator(from);
  const bars = {
    time: Float64Array.from({ length }, (_, i) => Date.UTC(2024, 0, 1) + 3_600_000 * i),
    open: new Float64Array(length),
    high: new Float64Array(length),
    low: new Float64Array(length),
    close: new Float64Array(length),
    volume: new Float64Array(length).fill(1),
  };
  const perUnit = Math.round(1 / tick);
  let last = 100 * perUnit;
  const step = (size: number) => Math.round((random() - 0.5) * size);
  for (let i = 0; i < length; i++) {
    const open = last + (random() < 0.5 ? 0 : step(20));
    const close = open + step(40);
    bars.open[i] = open / perUnit;
    bars.close[i] = close / perUnit;
    bars.high[i] = (Math.max(open, close) + Math.round(random() * 15)) / perUnit;
    bars.low[i] = (Math.min(open, close) - Math.round(random() * 15)) / perUnit;
    last = close;
  }
  return bars;
}
