import { isNa, type StreamMemory, type StreamStep } from "../../vector/rolling/index.ts";
import { finite } from "../finite.ts";

/** `weightedMean` bar by bar, with its bits: without a gap the weights add up to exactly 1. */
export function weightedMeanStep(
  memory: StreamMemory,
  alpha: number,
  minPeriods: number,
): StreamStep {
  const seen = memory.register(1);
  const mean = memory.register(1);
  const weight = memory.register(1, 1);
  const keep = 1 - alpha;
  return (inputs) => {
    const { registers } = memory;
    const x = inputs[0];
    if (isNa(x)) {
      if (registers[seen] > 0) registers[weight] *= keep;
      return;
    }
    const count = registers[seen] + 1;
    if (count === 1) registers[mean] = x;
    else if (registers[weight] < 1) {
      registers[mean] = blend(registers[mean], registers[weight] * keep, x, alpha);
    } else if (x !== registers[mean]) registers[mean] = keep * registers[mean] + alpha * x;
    registers[weight] = 1;
    registers[seen] = count;
    registers[0] = count >= minPeriods ? finite(registers[mean]) : Number.NaN;
  };
}

/** pandas' step of `ewm(adjust=False)`: a value equal to the mean leaves its bits alone. */
export function blend(mean: number, weight: number, value: number, alpha: number): number {
  return value === mean ? mean : (weight * mean + alpha * value) / (weight + alpha);
}
