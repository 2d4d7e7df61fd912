import {
  isNa,
  SeedStream,
  type StreamMemory,
  type StreamStep,
} from "../../vector/rolling/index.ts";
import { strength } from "../rsi-wilder.ts";

/** `wilderRsi` bar by bar, with its bits. */
export function wilderRsiStep(
  memory: StreamMemory,
  period: number,
  flat: number,
  blend: boolean,
): StreamStep {
  const last = memory.register(1, Number.NaN);
  const up = memory.register(1);
  const down = memory.register(1);
  const poisoned = memory.register(1);
  const rises = new SeedStream(memory, period);
  const falls = new SeedStream(memory, period);
  const rest = period - 1;
  const alpha = 1 / period;
  const keep = 1 - alpha;
  return (inputs) => {
    const { registers } = memory;
    const x = inputs[0];
    const before = registers[last];
    const change = x - before;
    registers[last] = x;
    if (isNa(change)) {
      if (blend && !isNa(before)) registers[poisoned] = 1;
      registers[0] = Number.NaN;
      return;
    }
    if (registers[poisoned] === 1) return;
    const size = Math.abs(change);
    const rise = 0.5 * (size + change);
    const fall = 0.5 * (size - change);
    if (rises.taken < period) {
      registers[up] = rises.push(rise);
      registers[down] = falls.push(fall);
      registers[0] =
        rises.taken < period ? Number.NaN : strength(registers[up], registers[down], flat);
      return;
    }
    registers[up] = blend
      ? registers[up] * keep + rise * alpha
      : (registers[up] * rest + rise) / period;
    registers[down] = blend
      ? registers[down] * keep + fall * alpha
      : (registers[down] * rest + fall) / period;
    registers[0] = strength(registers[up], registers[down], flat);
  };
}
