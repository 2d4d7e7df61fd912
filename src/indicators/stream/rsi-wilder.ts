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
  const last = memory.take(1, Number.NaN);
  const up = memory.take(1);
  const down = memory.take(1);
  const poisoned = memory.take(1);
  const rises = new SeedStream(memory, period);
  const falls = new SeedStream(memory, period);
  const rest = period - 1;
  const alpha = 1 / period;
  const keep = 1 - alpha;
  return (inputs) => {
    const m = memory.values;
    const x = inputs[0];
    const before = m[last];
    const change = x - before;
    memory.set(last, x);
    if (isNa(change)) {
      if (blend && !isNa(before)) memory.set(poisoned, 1);
      memory.set(0, Number.NaN);
      return;
    }
    if (m[poisoned] === 1) return;
    const size = Math.abs(change);
    const rise = 0.5 * (size + change);
    const fall = 0.5 * (size - change);
    if (rises.taken < period) {
      memory.set(up, rises.push(rise));
      memory.set(down, falls.push(fall));
      memory.set(0, rises.taken < period ? Number.NaN : strength(m[up], m[down], flat));
      return;
    }
    memory.set(up, blend ? m[up] * keep + rise * alpha : (m[up] * rest + rise) / period);
    memory.set(down, blend ? m[down] * keep + fall * alpha : (m[down] * rest + fall) / period);
    memory.set(0, strength(m[up], m[down], flat));
  };
}
