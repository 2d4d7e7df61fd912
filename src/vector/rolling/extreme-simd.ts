import { extremeBytes } from "./generated/extreme-simd.ts";
import { openSimd, type Simd } from "./open-simd.ts";

/** Longest window that is joined so: each fourfold one costs a pass. */
export const LONGEST = 512;
/** Fewer values are not worth the start. */
export const FEWEST = 2048;
/** Values a call, which stay in the processor's first cache with the window before them. */
const PIECE = 2048;
/** Where they begin. */
const FRONT = 2;

interface Extremes {
  extremes(values: number, count: number, period: number, sign: number): number;
}

let simd: Simd<Extremes> | null | undefined;

/**
 * `rollingExtreme` with its bits by comparing two values at a time, where the host runs WebAssembly with SIMD and it pays;
 * undefined elsewhere.
 */
export function simdExtreme(
  source: Float64Array,
  from: number,
  period: number,
  sign: 1 | -1,
  out: Float64Array,
): number | undefined {
  if (period < 2 || period > LONGEST || source.length - from < FEWEST) return undefined;
  if (simd === undefined) simd = openSimd(extremeBytes);
  if (simd === null) return undefined;
  const { cells } = simd;
  const back = period - 1;
  let zero = 0;
  for (let at = from + back; at < source.length; at += PIECE) {
    const end = Math.min(source.length, at + PIECE);
    const count = end - at + back;
    cells.set(source.subarray(at - back, end), FRONT);
    cells[FRONT + count] = 0;
    zero += simd.extremes(8 * FRONT, count, period, sign);
    out.set(cells.subarray(FRONT + back, FRONT + count), at);
  }
  return zero;
}
