import { stirlingError } from "./log-gamma.ts";

const MAX_TERMS = 100_000;
const TINY = 1e-300;

/** Both parts of the beta distribution at a point, each with its own relative accuracy. */
export interface BetaTails {
  /** I_x(a, b) = P(X ≤ x) */
  readonly lower: number;
  /** I_(1-x)(b, a) = P(X > x) */
  readonly upper: number;
}

/**
 * The regularised incomplete beta function for a, b > 0 and 0 ≤ x ≤ 1, relative error below 1e-12 of the lesser part
 * (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.5.8, by the method of Lentz).
 * @param complement 1 - x, where the caller has it exactly
 */
export function betaTails(a: number, b: number, x: number, complement = 1 - x): BetaTails {
  if (!(a > 0 && b > 0 && x >= 0 && complement >= 0)) {
    return { lower: Number.NaN, upper: Number.NaN };
  }
  if (x === 0) return { lower: 0, upper: 1 };
  if (complement === 0) return { lower: 1, upper: 0 };
  if (x * (a + b + 2) > a + 1) {
    const upper = smallerTail(b, a, complement, x);
    return { lower: 1 - upper, upper };
  }
  const lower = smallerTail(a, b, x, complement);
  return { lower, upper: 1 - lower };
}

/** I_x(a, b) = x^a (1-x)^b / (a B(a, b)) · 1/(1 + d₁/(1 + d₂/…)), for x on the left of the mean. */
function smallerTail(a: number, b: number, x: number, complement: number): number {
  let value = 1;
  let c = 1;
  let d = 0;
  for (let k = 1; k < MAX_TERMS; k++) {
    const term = coefficient(k, a, b) * x;
    d = 1 / notZero(1 + term * d);
    c = notZero(1 + term / c);
    const step = c * d;
    value *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return betaPower(a, b, x, complement) / (a * value);
}

function coefficient(k: number, a: number, b: number): number {
  const m = k >>> 1;
  if (k % 2 === 0) return (m * (b - m)) / ((a + k - 1) * (a + k));
  return (-(a + m) * (a + b + m)) / ((a + k - 1) * (a + k));
}

function notZero(x: number): number {
  return x === 0 ? TINY : x;
}

/**
 * x^a (1-x)^b / B(a, b) without the cancellation of large logarithms, by the saddle point of the binomial
 * (Loader, Fast and Accurate Computation of Binomial Probabilities, 2000).
 */
export function betaPower(a: number, b: number, x: number, complement: number): number {
  if (a < 1) return (betaPower(a + 1, b, x, complement) * a) / ((a + b) * x);
  if (b < 1) return (betaPower(a, b + 1, x, complement) * b) / ((a + b) * complement);
  const n = a + b;
  const error = stirlingError(n) - stirlingError(a) - stirlingError(b);
  const distance = deviance(a, n * x) + deviance(b, n * complement);
  return Math.sqrt((a * b) / (2 * Math.PI * n)) * Math.exp(error - distance);
}

/** k ln(k / m) + m - k, which is small beside its terms where k is near m (Loader's bd0). */
export function deviance(k: number, m: number): number {
  if (Math.abs(k - m) >= 0.1 * (k + m)) return k * Math.log(k / m) + m - k;
  const v = (k - m) / (k + m);
  let sum = (k - m) * v;
  let power = 2 * k * v;
  for (let j = 1; j < 1000; j++) {
    power *= v * v;
    const next = sum + power / (2 * j + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}
