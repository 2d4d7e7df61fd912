import type { Bars } from "../../vector/columns.ts";
import { periodClose, periodOpen, type Timeframe } from "../runtime/timeframe.ts";

/** Bars of a longer timeframe, one for each period that has a bar, and which of them each bar lies in. */
export interface GroupedBars {
  readonly bars: Bars;
  readonly of: Int32Array;
}

export function groupBars(bars: Bars, timeframe: Timeframe): GroupedBars {
  const n = bars.time.length;
  const of = new Int32Array(n);
  const starts: number[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < n; i++) {
    if (bars.time[i]! >= end) {
      starts.push(i);
      end = periodClose(periodOpen(bars.time[i]!, timeframe), timeframe);
    }
    of[i] = starts.length - 1;
  }
  const column = () => new Float64Array(starts.length);
  const out = {
    time: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
  starts.forEach((start, k) => {
    const last = k + 1 < starts.length ? starts[k + 1]! : n;
    out.time[k] = periodOpen(bars.time[start]!, timeframe);
    join(bars, start, last, k, out);
  });
  return { bars: out, of };
}

/** na prices are passed over; the volume is rounded once. */
function join(bars: Bars, from: number, to: number, k: number, out: Bars): void {
  let open = Number.NaN;
  let high = Number.NaN;
  let low = Number.NaN;
  let close = Number.NaN;
  let sum = 0;
  let error = 0;
  for (let i = from; i < to; i++) {
    if (Number.isNaN(open)) open = bars.open[i]!;
    if (!(bars.high[i]! <= high)) high = defined(bars.high[i]!, high);
    if (!(bars.low[i]! >= low)) low = defined(bars.low[i]!, low);
    close = defined(bars.close[i]!, close);
    const x = bars.volume[i]!;
    const next = sum + x;
    const part = next - sum;
    error += sum - (next - part) + (x - part);
    sum = next;
  }
  out.open[k] = open;
  out.high[k] = high;
  out.low[k] = low;
  out.close[k] = close;
  out.volume[k] = sum + error;
}

function defined(x: number, otherwise: number): number {
  return Number.isNaN(x) ? otherwise : x;
}
