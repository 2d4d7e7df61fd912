/** Exact arithmetic on doubles: every finite double is a whole multiple of 2^-1074. */
const UNIT = 1074;

function scaled(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const word = view.getBigUint64(0);
  const exponent = Number((word >> 52n) & 0x7ffn);
  const fraction = word & 0xfffffffffffffn;
  const mantissa = exponent === 0 ? fraction : fraction | (1n << 52n);
  const magnitude = mantissa << BigInt(Math.max(0, exponent - 1));
  return word >> 63n === 1n ? -magnitude : magnitude;
}

/** The double nearest to `numerator` · 2^-`shift`. */
function toDouble(numerator: bigint, shift: number): number {
  const negative = numerator < 0n;
  const magnitude = negative ? -numerator : numerator;
  // 1,000 bits are kept, then the power of two is applied in steps that neither overflow nor round.
  const drop = Math.max(0, magnitude.toString(2).length - 1000);
  const sticky = magnitude & ((1n << BigInt(drop)) - 1n) ? 1n : 0n;
  let value = Number((magnitude >> BigInt(drop)) | sticky);
  let power = drop - shift;
  for (; power < -1000; power += 1000) value *= 2 ** -1000;
  value *= 2 ** power;
  return negative ? -value : value;
}

/** The correctly rounded sum. */
export function exactSum(window: ArrayLike<number>): number {
  let sum = 0n;
  for (let i = 0; i < window.length; i++) sum += scaled(window[i]);
  return toDouble(sum, UNIT);
}

/** The population's standard deviation, to far more digits than a double has before the last rounding. */
export function exactDeviation(window: ArrayLike<number>): number {
  const n = BigInt(window.length);
  let sum = 0n;
  let squares = 0n;
  for (let i = 0; i < window.length; i++) {
    const value = scaled(window[i]);
    sum += value;
    squares += value * value;
  }
  const spread = n * squares - sum * sum;
  return toDouble(squareRoot(spread << 128n) / n, UNIT + 64);
}

function squareRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
