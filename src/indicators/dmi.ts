import { DIALECTS, type Kernel } from "../vector/kernel.ts";
import { CHUNK, inChunks, isNa, meanSeed } from "../vector/rolling/index.ts";
import { MAX_PERIOD, TOLERANCE } from "./conventions.ts";
import type { IndicatorDefinition } from "./definition.ts";
import { columnLike, quotients } from "./elementwise.ts";
import { finite } from "./finite.ts";
import { rmaKernel } from "./rma.ts";
import { dmiStream } from "./stream/dmi.ts";
import { trKernel } from "./tr.ts";

/**
 * Directional movement: plus and minus are the directional indicators (DI), adx the average of their relative difference, all
 * 0 to 100. Movements that differ by at most 1e-10 are equal. Warm-up n + s - 1 bars for adx, n for the others; na as in
 * `rma` (tv); na where there is no range. All dialects.
 */
export function dmiKernel(): Kernel {
  return (sources, params, outputs) => {
    if (isStill(sources)) {
      for (const out of outputs) out.fill(Number.NaN);
    } else if (!inOnePass(sources, params, outputs)) dmi(sources, params, outputs);
  };
}

/** Whether all prices are one, so that no bar has a range. */
function isStill(columns: readonly Float64Array[]): boolean {
  const price = columns[0][0];
  return columns.every((column) => {
    let i = 0;
    while (i < column.length && column[i] === price) i++;
    return i === column.length;
  });
}

/** The way without columns in between; returns whether nothing was na, else results are meaningless. */
function inOnePass(
  [high, low, close]: readonly Float64Array[],
  [period, smoothing]: readonly number[],
  [plus, minus, adx]: readonly Float64Array[],
): boolean {
  const bars = close.length;
  if (bars <= period) return false;
  const head = (column: Float64Array) => column.subarray(0, period + 1);
  const [range, rises, falls] = [head(adx), head(plus), head(minus)];
  trKernel()([high, low, close].map(head), [0], [range]);
  movements(head(high), head(low), rises, falls);
  const averages = Float64Array.from(
    [range, rises, falls],
    (x) => meanSeed(x, period, "skip").value,
  );
  const [size, rise, fall] = averages;
  for (const out of [plus, minus, adx]) out.fill(Number.NaN, 0, period);
  plus[period] = (100 * rise) / size;
  minus[period] = (100 * fall) / size;
  const sum = plus[period] + minus[period];
  adx[period] = Math.abs(plus[period] - minus[period]) / (sum === 0 ? 1 : sum);
  for (let from = period + 1; from < bars; from += CHUNK) {
    const to = Math.min(bars, from + CHUNK);
    if (steps(high, low, close, from, to, period, averages, plus, minus, adx) !== 0) return false;
  }
  if (isNa(adx[period])) return false;
  rmaKernel("tv")([adx], [smoothing], [adx]);
  inChunks(period + smoothing - 1, bars, (from, to) => scale(adx, from, to));
  return bars < period + smoothing || !isNa(adx[bars - 1]);
}

/** Returns 0, or not where something is na or a high below its low. */
function steps(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  from: number,
  to: number,
  period: number,
  averages: Float64Array,
  plus: Float64Array,
  minus: Float64Array,
  strength: Float64Array,
): number {
  const rest = period - 1;
  let [size, rise, fall] = averages;
  let zero = 0;
  for (let i = from; i < to; i++) {
    const last = close[i - 1];
    const above = high[i] - last;
    const below = last - low[i];
    let range = high[i] - low[i];
    if (range < 0) return 1;
    if (above < 0) range = below;
    else if (below < 0) range = above;
    size = (size * rest + range) / period;
    const up = high[i] - high[i - 1];
    const down = low[i - 1] - low[i];
    const more = up - down;
    rise = (rise * rest + (Number(more > TOLERANCE) & Number(up > TOLERANCE)) * up) / period;
    fall = (fall * rest + (Number(more < -TOLERANCE) & Number(down > TOLERANCE)) * down) / period;
    const p = (100 * rise) / size;
    const m = (100 * fall) / size;
    const sum = p + m;
    const difference = Math.abs(p - m) / (sum === 0 ? 1 : sum);
    zero += difference - difference + (more - more);
    plus[i] = p;
    minus[i] = m;
    strength[i] = difference;
  }
  averages[0] = size;
  averages[1] = rise;
  averages[2] = fall;
  return zero;
}

function scale(out: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) out[i] = 100 * out[i];
}

function dmi(
  [high, low, close]: readonly Float64Array[],
  [period, smoothing]: readonly number[],
  [plus, minus, adx]: readonly Float64Array[],
): void {
  const rma = rmaKernel("tv");
  const range = columnLike(close);
  const rises = columnLike(close);
  const falls = columnLike(close);
  trKernel()([high, low, close], [0], [adx]);
  rma([adx], [period], [range]);
  movements(high, low, rises, falls);
  rma([rises], [period], [adx]);
  quotients(adx, range, 100, plus);
  rma([falls], [period], [adx]);
  quotients(adx, range, 100, minus);
  inChunks(0, range.length, (start, end) => {
    for (let i = start; i < end; i++) {
      const sum = plus[i] + minus[i];
      range[i] = finite(Math.abs(plus[i] - minus[i]) / (sum === 0 ? 1 : sum));
    }
  });
  rma([range], [smoothing], [adx]);
  inChunks(0, adx.length, (start, end) => {
    for (let i = start; i < end; i++) adx[i] = finite(100 * adx[i]);
  });
}

/** Of a rise of the high and a fall of the low, only the larger counts, and only where it is positive. */
function movements(
  high: Float64Array,
  low: Float64Array,
  rises: Float64Array,
  falls: Float64Array,
): void {
  rises.fill(Number.NaN, 0, 1);
  falls.fill(Number.NaN, 0, 1);
  inChunks(1, high.length, (start, end) => {
    for (let i = start; i < end; i++) {
      const up = finite(high[i] - high[i - 1]);
      const down = finite(low[i - 1] - low[i]);
      const none = 0 * (up - down);
      rises[i] = finite(up - down > TOLERANCE && up > TOLERANCE ? up : none);
      falls[i] = finite(down - up > TOLERANCE && down > TOLERANCE ? down : none);
    }
  });
}

export const dmiDefinition: IndicatorDefinition = {
  name: "dmi",
  title: "Directional movement index",
  sources: ["high", "low", "close"],
  params: [
    {
      name: "period",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 14,
      doc: "Number of bars that the movements are averaged over.",
    },
    {
      name: "smoothing",
      type: "int",
      min: 1,
      max: MAX_PERIOD,
      default: 14,
      doc: "Number of bars that adx averages.",
    },
  ],
  outputs: ["plus", "minus", "adx"],
  warmup: ([period, smoothing]) => period + smoothing - 1,
  dialects: DIALECTS,
  apart: {
    talib:
      "TA-Lib starts its averages with sums of n - 1 bars, so that values differ until that is forgotten",
  },
  kernel: dmiKernel,
  stream: dmiStream,
  formula:
    "DI = 100 · rma(movement, n) / rma(tr, n), adx = 100 · rma(abs(DI+ - DI-) / (DI+ + DI-), s)",
  citation:
    "TradingView, Pine Script reference manual, ta.dmi; J. Welles Wilder, New Concepts in Technical Trading Systems (1978)",
};
