const SQRT_TWO_PI = 2.5066282746310007;
/** Beyond it the tail's continued fraction converges in fewer terms than the centre's series. */
const CENTRE = 2.5;
const MAX_TERMS = 500;

/** Density of the standard normal. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / SQRT_TWO_PI;
}

/**
 * P(Z ≤ z) of the standard normal, relative error below 1e-13 wherever it is a normal number (z > -37.5).
 * A series of positive terms in the centre and Laplace's continued fraction in the tails
 * (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.11 and 26.2.14). na gives na.
 */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) return z;
  if (z < -CENTRE) return upperTail(-z);
  if (z > CENTRE) return 1 - upperTail(z);
  return 0.5 + central(z);
}

/** P(Z > z), accurate where the cdf rounds to 1. */
export function normalSurvival(z: number): number {
  return normalCdf(-z);
}

/** P(0 < Z ≤ z): density · (z + z³/3 + z⁵/15 + …). */
function central(z: number): number {
  let term = z;
  let sum = z;
  for (let k = 3; k < MAX_TERMS && Math.abs(term) > 1e-18 * Math.abs(sum); k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return normalDensity(z) * sum;
}

/** P(Z > z), z > 0: density / (z + 1/(z + 2/(z + 3/…))), by the method of Lentz. */
function upperTail(z: number): number {
  if (z === Number.POSITIVE_INFINITY) return 0;
  let value = z;
  let c = z;
  let d = 0;
  for (let k = 1; k < MAX_TERMS; k++) {
    d = 1 / (z + k * d);
    c = z + k / c;
    const step = c * d;
    value *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return normalDensity(z) / value;
}

/**
 * The z with P(Z ≤ z) = p, to about 1e-15: algorithm AS 241, PPND16 (Wichura, Applied Statistics 37, 1988).
 * Outside of [0, 1] na; at the ends ∓Infinity.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(0.180625 - q * q, NEAR);
  const tail = q < 0 ? p : 1 - p;
  if (tail === 0) return q < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const r = Math.sqrt(-Math.log(tail));
  return Math.sign(q) * (r <= 5 ? ratio(r - 1.6, MIDDLE) : ratio(r - 5, FAR));
}

interface Rational {
  /** Coefficients of the highest power first. */
  readonly numerator: readonly number[];
  readonly denominator: readonly number[];
}

function ratio(x: number, { numerator, denominator }: Rational): number {
  return polynomial(x, numerator) / polynomial(x, denominator);
}

function polynomial(x: number, coefficients: readonly number[]): number {
  let value = 0;
  for (const coefficient of coefficients) value = value * x + coefficient;
  return value;
}

const NEAR: Rational = {
  numerator: [
    2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
    1971.5909503065513, 133.14166789178438, 3.3871328727963665,
  ],
  denominator: [
    5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
    687.1870074920579, 42.31333070160091, 1,
  ],
};

const MIDDLE: Rational = {
  numerator: [
    0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684,
    3.6478483247632045, 5.769497221460691, 4.630337846156546, 1.4234371107496835,
  ],
  denominator: [
    1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008,
    0.6897673349851, 1.6763848301838038, 2.053191626637759, 1,
  ],
};

const FAR: Rational = {
  numerator: [
    2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124,
    0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
  ],
  denominator: [
    2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133,
    0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
  ],
};
