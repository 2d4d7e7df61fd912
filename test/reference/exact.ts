/** Doubles as exact integers over one power of two: `value[i] = integers[i] / denominator`. */
export interface ExactColumn {
  /** 0n stands for na: look at the doubles to tell. */
  readonly integers: readonly bigint[];
  readonly denominator: bigint;
}

/** Every finite double is an integer times a power of two; this finds a power that serves a whole column. */
export function exactColumn(values: readonly number[]): ExactColumn {
  const parts = values.map((value) => (Number.isFinite(value) ? dyadic(value) : null));
  const lowest = parts.reduce((least, part) => Math.min(least, part?.exponent ?? 0), 0);
  return {
    integers: parts.map((part) =>
      part === null ? 0n : part.mantissa << BigInt(part.exponent - lowest),
    ),
    denominator: 1n << BigInt(-lowest),
  };
}

/** The double nearest to `numerator / denominator` (ties to even). */
export function nearest(numerator: bigint, denominator: bigint): number {
  if (numerator < 0n) return -nearest(-numerator, denominator);
  if (numerator === 0n) return 0;
  const shift = 70 - (bitLength(numerator) - bitLength(denominator));
  const n = shift > 0 ? numerator << BigInt(shift) : numerator;
  const d = shift > 0 ? denominator : denominator << BigInt(-shift);
  const quotient = n / d;
  const sticky = quotient * d === n ? quotient : quotient | 1n;
  const half = Math.trunc(-shift / 2);
  return Number(sticky) * 2 ** half * 2 ** (-shift - half);
}

/** The double nearest to the square root of `numerator / denominator`. */
export function nearestRoot(numerator: bigint, denominator: bigint): number {
  if (numerator <= 0n) return 0;
  // √(n/d) = √(n·d)/d, with 2^160 below the root for guard bits.
  const root = integerRoot((numerator * denominator) << 160n);
  return nearest(root, denominator << 80n);
}

function dyadic(value: number): { mantissa: bigint; exponent: number } {
  const bits = new BigUint64Array(new Float64Array([value]).buffer)[0];
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const magnitude = biased === 0 ? fraction : fraction | (1n << 52n);
  return { mantissa: value < 0 ? -magnitude : magnitude, exponent: Math.max(biased, 1) - 1075 };
}

function integerRoot(n: bigint): bigint {
  let guess = 1n << BigInt((bitLength(n) + 1) >> 1);
  for (;;) {
    const next = (guess + n / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}

function bitLength(n: bigint): number {
  const hex = n.toString(16);
  return (hex.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hex[0], 16)));
}
