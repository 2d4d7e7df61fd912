/**
 * Numbers in fixed point with 384 binary places: doubles of 1e-60 and more are exact, and what a division, root or
 * logarithm drops is some 80 digits behind any price. null is na.
 */
export type Exact = bigint | null;

const PLACES = 384;
const SHIFT = BigInt(PLACES);
export const ONE = 1n << SHIFT;

/** The number without any rounding. */
export function exact(value: number): Exact {
  if (!Number.isFinite(value)) return null;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const word = view.getBigUint64(0);
  const exponent = Number((word >> 52n) & 0x7ffn);
  const fraction = word & 0xfffffffffffffn;
  const mantissa = exponent === 0 ? fraction : fraction | (1n << 52n);
  const power = Math.max(1, exponent) - 1075 + PLACES;
  const magnitude = power >= 0 ? mantissa << BigInt(power) : mantissa >> BigInt(-power);
  return value < 0 ? -magnitude : magnitude;
}

export const times = (a: bigint, b: bigint): bigint => (a * b) >> SHIFT;

/** x / 0 is na. */
export const over = (a: bigint, b: bigint): Exact => (b === 0n ? null : (a << SHIFT) / b);

export const abs = (a: bigint): bigint => (a < 0n ? -a : a);

export const bits = (a: bigint): number => abs(a).toString(2).length;

export function root(a: bigint): bigint {
  const value = a << SHIFT;
  if (value < 2n) return value;
  let guess = 1n << BigInt((bits(value) + 1) >> 1);
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}

/** The natural logarithm of a positive number: m · 2^k gives k · ln 2 + 2 · artanh((m - 1) / (m + 1)). */
export function logarithm(a: bigint): bigint {
  const k = bits(a) - PLACES - 1;
  const m = k >= 0 ? a >> BigInt(k) : a << BigInt(-k);
  return BigInt(k) * LN2 + artanhTwice(((m - ONE) << SHIFT) / (m + ONE));
}

function artanhTwice(z: bigint): bigint {
  const square = times(z, z);
  let power = z;
  let sum = 0n;
  for (let n = 1n; power !== 0n && power !== -1n; n += 2n) {
    sum += power / n;
    power = times(power, square);
  }
  return 2n * sum;
}

const LN2 = artanhTwice(ONE / 3n);

export function exponential(a: bigint): bigint {
  const halvings = 16n;
  const small = a >> halvings;
  let term = ONE;
  let sum = ONE;
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    term = times(term, small) / n;
    sum += term;
  }
  for (let i = 0n; i < halvings; i++) sum = times(sum, sum);
  return sum;
}
