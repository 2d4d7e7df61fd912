import { isNa, type StreamMemory, type StreamStep } from "../../vector/rolling/index.ts";

/** `weightedMean` bar by bar, with its bits: without a gap the weights add up to exactly 1. */
export function weightedMeanStep(
  memory: StreamMemory,
  alpha: number,
  minPeriods: number,
): StreamStep {
  const seen = memory.take(1);
  const mean = memory.take(1);
  const weight = memory.take(1, 1);
  return (inputs) => {
    const m = memory.values;
    const x = inputs[0];
    const count = m[seen];
    if (isNa(x)) {
      if (count > 0) memory.set(weight, m[weight] * (1 - alpha));
      return;
    }
    memory.set(mean, count === 0 ? x : blend(m[mean], m[weight] * (1 - alpha), x, alpha));
    memory.set(weight, 1);
    memory.set(seen, count + 1);
    const next = m[mean];
    memory.set(0, count + 1 >= minPeriods && !isNa(next) ? next : Number.NaN);
  };
}

/** pandas' step of `ewm(adjust=False)`: a value equal to the mean leaves its bits alone. */
export function blend(mean: number, weight: number, value: number, alpha: number): number {
  return value === mean ? mean : (weight * mean + alpha * value) / (weight + alpha);
}
