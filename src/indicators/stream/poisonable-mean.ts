import {
  isNa,
  SeedStream,
  type StreamMemory,
  type StreamStep,
} from "../../vector/rolling/index.ts";

/** backtrader's averages: from the mean of the first values on, the newest weighs `alpha`; na after a value poisons. */
export function poisonableMeanStep(
  memory: StreamMemory,
  period: number,
  alpha: number,
): StreamStep {
  const seed = new SeedStream(memory, period);
  const poisoned = memory.register(1);
  const keep = 1 - alpha;
  return (inputs) => {
    const { registers } = memory;
    const x = inputs[0];
    if (registers[poisoned] === 1) return;
    if (isNa(x)) {
      if (seed.taken > 0) registers[poisoned] = 1;
      registers[0] = Number.NaN;
      return;
    }
    if (seed.taken < period) registers[0] = seed.push(x);
    else registers[0] = registers[0] * keep + x * alpha;
  };
}
