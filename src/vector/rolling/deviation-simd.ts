import { deviationBytes } from "./generated/deviation-simd.ts";
import { openSimd, type Simd } from "./open-simd.ts";

/** Longest window that is joined so, and fewest values: others are not worth it. */
export const LONGEST = 512;
export const FEWEST = 2048;
/** Windows a call, about: their values stay in the processor's first cache. */
const PIECE = 1024;

/** How a deviation ends, for a period: see `DeviationForm`. */
export interface Ending {
  readonly divisor: number;
  readonly floor: number;
  readonly below: 0 | 1;
  readonly rooted: boolean;
}

interface Deviations {
  deviations(
    values: number,
    tails: number,
    count: number,
    period: number,
    divisor: number,
    floor: number,
    below: number,
    rooted: number,
  ): number;
}

let simd: Simd<Deviations> | null | undefined;

/** `rollingDeviation` with its bits where the host runs WebAssembly with SIMD and it pays; undefined elsewhere. */
export function simdDeviation(
  source: Float64Array,
  from: number,
  period: number,
  out: Float64Array,
  { divisor, floor, below, rooted }: Ending,
): number | undefined {
  if (period < 2 || period > LONGEST || source.length - from < FEWEST) return undefined;
  if (simd === undefined) simd = openSimd(deviationBytes);
  if (simd === null) return undefined;
  const { cells } = simd;
  const values = 2 * period;
  const span = Math.ceil(PIECE / period) * period;
  let zero = 0;
  for (let start = from + period; start <= source.length; start += span) {
    const first = start - period;
    const count = Math.min(source.length, start + span - 1) - first;
    cells.set(source.subarray(first, first + count), values);
    zero += simd.deviations(8 * values, 0, count, period, divisor, floor, below, rooted ? 1 : 0);
    out.set(cells.subarray(values, values + count - period + 1), start - 1);
  }
  return zero;
}
