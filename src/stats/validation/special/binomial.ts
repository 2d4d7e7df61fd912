import { betaTails, deviance } from "./incomplete-beta.ts";
import { stirlingError } from "./log-gamma.ts";

/** P(X = k) of n trials that succeed with probability p (Loader 2000). */
export function binomialPmf(k: number, n: number, p: number): number {
  if (p === 0 || p === 1) return k === n * p ? 1 : 0;
  if (k === 0) return Math.exp(n * Math.log1p(-p));
  if (k === n) return Math.exp(n * Math.log(p));
  const error = stirlingError(n) - stirlingError(k) - stirlingError(n - k);
  const distance = deviance(k, n * p) + deviance(n - k, n * (1 - p));
  return Math.sqrt(n / (2 * Math.PI * k * (n - k))) * Math.exp(error - distance);
}

/** P(X ≤ k). */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  return k >= n ? 1 : betaTails(k + 1, n - k, p).upper;
}

/** P(X ≥ k). */
export function binomialSurvival(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  return k > n ? 0 : betaTails(k, n - k + 1, p).lower;
}
