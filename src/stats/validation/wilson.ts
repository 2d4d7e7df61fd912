import { checkConfidence } from "./resampling.ts";
import { normalQuantile } from "./special/normal.ts";

/** An interval of a probability. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * The score interval of a proportion, such as of the win rate; null without a trial
 * (Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22, 1927; without correction
 * for continuity).
 * @throws RangeError unless 0 ≤ successes ≤ trials are whole numbers
 */
export function wilsonInterval(
  successes: number,
  trials: number,
  confidence = 0.95,
): Interval | null {
  checkCounts(successes, trials);
  checkConfidence(confidence);
  if (trials === 0) return null;
  const z = normalQuantile(0.5 + confidence / 2);
  const p = successes / trials;
  const scale = 1 + (z * z) / trials;
  const centre = p + (z * z) / (2 * trials);
  const spread = z * Math.sqrt((p * (1 - p)) / trials + (z * z) / (4 * trials * trials));
  return {
    low: successes === 0 ? 0 : (centre - spread) / scale,
    high: successes === trials ? 1 : (centre + spread) / scale,
  };
}

/** @throws RangeError unless 0 ≤ successes ≤ trials are whole numbers */
export function checkCounts(successes: number, trials: number): void {
  const whole = Number.isSafeInteger(successes) && Number.isSafeInteger(trials);
  if (!(whole && successes >= 0 && successes <= trials)) {
    throw new RangeError(`${successes} of ${trials} is no count of successes`);
  }
}
