import { isNa, type StreamMemory, type StreamStep } from "../../vector/rolling/index.ts";

/** `weightedMean` bar by bar, with its bits: without a gap the weights add up to exactly 1. */
export function weightedMeanStep(
  memory: StreamMemory,
  alpha: number,
  minPeriods: number,
): StreamStep {
  const seen = memory.register(1);
  const mean = memory.register(1);
  const weight = memory.register(1, 1);
  return (inputs) => {
    const { registers } = memory;
    const x = inputs[0];
    const count = registers[seen];
    if (isNa(x)) {
      if (count > 0) registers[weight] *= 1 - alpha;
      return;
    }
    registers[mean] =
      count === 0 ? x : blend(registers[mean], registers[weight] * (1 - alpha), x, alpha);
    registers[weight] = 1;
    registers[seen] = count + 1;
    const next = registers[mean];
    registers[0] = count + 1 >= minPeriods && !isNa(next) ? next : Number.NaN;
  };
}

/** pandas' step of `ewm(adjust=False)`: a value equal to the mean leaves its bits alone. */
export function blend(mean: number, weight: number, value: number, alpha: number): number {
  return value === mean ? mean : (weight * mean + alpha * value) / (weight + alpha);
}
