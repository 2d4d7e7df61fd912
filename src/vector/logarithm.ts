/** Natural logarithm of 2 in two parts: the first has so few bits that its multiples by exponents are exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
/** Of the series of 2·artanh(s) / s - 2, by powers of s². */
const TERMS = [2 / 21, 2 / 19, 2 / 17, 2 / 15, 2 / 13, 2 / 11, 2 / 9, 2 / 7, 2 / 5, 2 / 3];
const SMALLEST_NORMAL = 2 ** -1022;

const number = new Float64Array(1);
const words = new Uint32Array(number.buffer);
number[0] = 1;
/** Which of the two words has the exponent. */
const HIGH = words[1] === 0 ? 0 : 1;

/**
 * Natural logarithm, to a unit in the last place, with the same bits in every engine: `Math.log` may differ in its last
 * bit. x = 2^k · (1 + d), with 1 + d between √½ and √2, and log(1 + d) = 2·artanh(d / (2 + d)).
 *
 * @returns NaN below 0 and for NaN, -Infinity for 0
 */
export function logarithm(x: number): number {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x < 0 ? Number.NaN : x;
  const isSubnormal = x < SMALLEST_NORMAL;
  number[0] = isSubnormal ? x * 2 ** 54 : x;
  const high = words[HIGH];
  let k = (high >>> 20) - (isSubnormal ? 1077 : 1023);
  words[HIGH] = (high & 0xfffff) | 0x3ff00000;
  let m = number[0];
  if (m > Math.SQRT2) {
    m *= 0.5;
    k++;
  }
  const d = m - 1;
  const s = d / (2 + d);
  const z = s * s;
  let series = 0;
  for (let i = 0; i < TERMS.length; i++) series = z * (TERMS[i] + series);
  // d - d²/2 + s·(d²/2 + series): the largest part is exact.
  const half = 0.5 * d * d;
  return k * LN2_HIGH - (half - (s * (half + series) + k * LN2_LOW) - d);
}
