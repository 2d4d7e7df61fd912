/** From here on Stirling's series has all its digits. */
const LARGE = 15;
const HALF_LOG_TWO_PI = 0.9189385332046728;
const EULER = 0.5772156649015329;

/**
 * ln Γ(x) for x > 0, relative error below 1e-13, also beside its roots 1 and 2. Na for other x.
 * Stirling's series from 15 on; below, the recurrence leads to the Taylor series about 2
 * (Abramowitz and Stegun, Handbook of Mathematical Functions, 6.1.33 and 6.1.41).
 */
export function logGamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  if (x >= LARGE) return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingSeries(x);
  if (x < 0.5) return logGamma(x + 1) - Math.log(x);
  if (x < 1.5) return aboutTwo(x - 1) - Math.log1p(x - 1);
  let product = 1;
  let rest = x;
  while (rest > 2.5) {
    rest -= 1;
    product *= rest;
  }
  return Math.log(product) + aboutTwo(rest - 2);
}

/** ln Γ(x + 1) - (x + ½) ln x + x - ½ ln 2π for x > 0: what Stirling's formula leaves out. */
export function stirlingError(x: number): number {
  if (x >= LARGE) return stirlingSeries(x);
  return logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - HALF_LOG_TWO_PI;
}

/** Σ B(2k) / (2k (2k - 1) x^(2k - 1)) */
function stirlingSeries(x: number): number {
  const y = 1 / (x * x);
  let sum = 0;
  for (const coefficient of STIRLING) sum = sum * y + coefficient;
  return sum / x;
}

const STIRLING = [
  -3617 / 122400,
  1 / 156,
  -691 / 360360,
  1 / 1188,
  -1 / 1680,
  1 / 1260,
  -1 / 360,
  1 / 12,
] as const;

/** ln Γ(2 + z) for |z| ≤ ½: (1 - γ) z + Σ (-z)^k (ζ(k) - 1) / k. */
function aboutTwo(z: number): number {
  let sum = 0;
  for (let k = ZETA_MINUS_ONE.length + 1; k >= 2; k--) {
    sum = (sum + ZETA_MINUS_ONE[k - 2] / k) * -z;
  }
  return z * (1 - EULER - sum);
}

/** ζ(k) - 1 from k = 2 on (ibid., table 23.3). */
const ZETA_MINUS_ONE = [
  0.6449340668482264, 0.2020569031595943, 0.08232323371113819, 0.03692775514336993,
  0.01734306198444914, 0.008349277381922827, 0.00407735619794434, 0.0020083928260822143,
  0.0009945751278180853, 0.0004941886041194645, 0.0002460865533080483, 0.00012271334757848915,
  6.124813505870483e-5, 3.058823630702049e-5, 1.528225940865187e-5, 7.637197637899763e-6,
  3.81729326499984e-6, 1.908212716553939e-6, 9.539620338727962e-7, 4.769329867878064e-7,
  2.38450502727733e-7, 1.1921992596531106e-7, 5.960818905125948e-8, 2.980350351465228e-8,
  1.490155482836504e-8, 7.45071178983543e-9, 3.725334024788457e-9, 1.862659723513049e-9,
] as const;
