import { optimalBlockLength } from "./block-length.ts";
import type { Random } from "./random.ts";

/**
 * `stationary`: blocks of geometric length (Politis and Romano, The Stationary Bootstrap, JASA 89, 1994).
 * `block`: blocks of one length (Politis and Romano, A Circular Block-Resampling Procedure, 1992). Both wrap around
 * the end of the series.
 */
export type BootstrapScheme = "stationary" | "block";

export interface BlockOptions {
  readonly scheme?: BootstrapScheme;
  /** Mean length, from 1 up; chosen from the series by `optimalBlockLength` unless given. */
  readonly blockLength?: number;
}

/** Draws the length of the next block, or what is left to fill if that is less. */
export type BlockDraw = (random: Random, left: number) => number;

/** @throws RangeError where the length is below 1 or not finite */
export function blockLengthOf(
  options: BlockOptions,
  series: () => Float64Array,
  n: number,
): number {
  const { scheme = "stationary", blockLength } = options;
  if (blockLength === undefined) {
    const { stationary, circular } = optimalBlockLength(series());
    return scheme === "stationary" ? stationary : Math.max(1, Math.round(circular));
  }
  const whole = scheme === "stationary" || Number.isInteger(blockLength);
  if (!(blockLength >= 1 && Number.isFinite(blockLength) && whole)) {
    throw new RangeError(`a block of ${blockLength} bars cannot be drawn by scheme ${scheme}`);
  }
  return Math.min(blockLength, n);
}

export function blockDraw(scheme: BootstrapScheme, length: number): BlockDraw {
  if (length === 1 || scheme === "block") return (_, left) => Math.min(left, length);
  const rate = 1 / Math.log1p(-1 / length);
  return (random, left) => Math.min(left, 1 + Math.floor(Math.log(random.uniform()) * rate));
}
