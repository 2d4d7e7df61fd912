import { optimalBlockLength } from "./block-length.ts";
import { type Random, uniformOf } from "./random.ts";

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

/** Buckets of 32 random bits by their high ones. */
const BUCKET_BITS = 20;
const BUCKETS = 2 ** (32 - BUCKET_BITS);

/** Blocks that follow one another until all bars of a resample are filled. */
export class BlockSequence {
  count = 0;
  /** The first `count` of each are blocks; a block may reach beyond the end of the series, which goes around. */
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
  /** The geometric length of each bucket of random bits, 0 where bits of the bucket give several; null: a fixed length. */
  private readonly table: Int32Array | null;
  private readonly rate: number;

  constructor(
    scheme: BootstrapScheme,
    private readonly length: number,
    private readonly bars: number,
  ) {
    this.starts = new Int32Array(bars);
    this.lengths = new Int32Array(bars);
    const fixed = length === 1 || scheme === "block";
    this.rate = fixed ? 0 : 1 / Math.log1p(-1 / length);
    this.table = fixed ? null : lengthTable(this.rate);
  }

  /** Draws all blocks anew: of each its length, then its first bar. */
  draw(random: Random): void {
    const { starts, lengths, bars, table } = this;
    let count = 0;
    for (let left = bars; left > 0; count++) {
      const length = Math.min(left, table === null ? this.length : this.geometric(random, table));
      lengths[count] = length;
      starts[count] = random.below(bars);
      left -= length;
    }
    this.count = count;
  }

  private geometric(random: Random, table: Int32Array): number {
    const bits = random.bits();
    const known = table[bits >>> BUCKET_BITS];
    return known === 0 ? geometricLength(bits, this.rate) : known;
  }
}

/** A geometric length by inversion: it falls as the bits rise. */
function geometricLength(bits: number, rate: number): number {
  return 1 + Math.floor(Math.log(uniformOf(bits)) * rate);
}

/** Spares nearly all draws their logarithm: both ends of a bucket have the length of all that is between them. */
function lengthTable(rate: number): Int32Array {
  const last = 2 ** BUCKET_BITS - 1;
  return Int32Array.from({ length: BUCKETS }, (_, bucket) => {
    const first = bucket * 2 ** BUCKET_BITS;
    const length = geometricLength(first, rate);
    return length === geometricLength(first + last, rate) ? length : 0;
  });
}
