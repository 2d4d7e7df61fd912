/** Bits of the mantissa of a float32 that are dropped. */
const DROPPED = 7;

const floats = new Float32Array(1);
const bits = new Int32Array(floats.buffer);

/**
 * Numbers of any size as whole ones that keep their order and at least 4 digits (relative error at most 2^-17), for `pack`:
 * a float32 whose bits are put in order, the lowest rounded away. na stays na.
 */
export function compactFloat(value: number): number {
  if (Number.isNaN(value)) return Number.NaN;
  floats[0] = value;
  const code = bits[0]!;
  const size = code & 0x7fffffff;
  const rounded = Math.floor((size + (1 << (DROPPED - 1))) / (1 << DROPPED));
  return code < 0 ? -rounded : rounded;
}

/** The number that a whole one stands for. */
export function fromCompactFloat(code: number): number {
  if (Number.isNaN(code)) return Number.NaN;
  bits[0] = Math.abs(code) << DROPPED;
  return code < 0 ? -floats[0]! : floats[0]!;
}
