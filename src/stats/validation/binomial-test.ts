import { binomialCdf, binomialPmf, binomialSurvival } from "./special/binomial.ts";
import { checkCounts } from "./wilson.ts";

export type Alternative = "two_sided" | "greater" | "less";

/** Outcomes as likely as the observed one up to rounding count as such, as in R and scipy. */
const TIE = 1 + 1e-7;

/**
 * Exact probability of a count of successes at least as far from `p` (Clopper and Pearson, Biometrika 26, 1934).
 * `two_sided` adds up all outcomes that are no more likely than the observed one, as R's binom.test does.
 * 1 without a trial.
 * @throws RangeError for counts that are none, or p outside of [0, 1]
 */
export function binomialTest(
  successes: number,
  trials: number,
  p = 0.5,
  alternative: Alternative = "two_sided",
): number {
  checkCounts(successes, trials);
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability lies in [0, 1], not at ${p}`);
  if (alternative === "greater") return binomialSurvival(successes, trials, p);
  if (alternative === "less") return binomialCdf(successes, trials, p);
  return twoSided(successes, trials, p);
}

function twoSided(k: number, n: number, p: number): number {
  const expected = n * p;
  if (k === expected) return 1;
  const limit = binomialPmf(k, n, p) * TIE;
  const likely = (j: number) => binomialPmf(j, n, p) > limit;
  if (k < expected) {
    const other = firstWhere(Math.ceil(expected), n + 1, (j) => !likely(j));
    return Math.min(1, binomialCdf(k, n, p) + binomialSurvival(other, n, p));
  }
  const other = firstWhere(0, Math.floor(expected) + 1, likely) - 1;
  return Math.min(1, binomialCdf(other, n, p) + binomialSurvival(k, n, p));
}

/** Smallest whole number in [from, to) of which `holds`, where it holds of all larger ones; else `to`. */
function firstWhere(from: number, to: number, holds: (value: number) => boolean): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
