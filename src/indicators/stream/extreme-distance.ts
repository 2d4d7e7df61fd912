import { innerStream, isNa, type StreamForm } from "../../vector/rolling/index.ts";
import { ExtremeQueue } from "./extreme-queue.ts";

/** Distance of the highest value bar by bar. */
export function highestbarsStream(): StreamForm {
  return extremeDistanceStream(1);
}

/** Distance of the lowest value bar by bar. */
export function lowestbarsStream(): StreamForm {
  return extremeDistanceStream(-1);
}

/** Aroon bar by bar. */
export function aroonStream(): StreamForm {
  return (memory, [period]) => {
    const highest = innerStream(memory, extremeDistanceStream(1), [period + 1]);
    const lowest = innerStream(memory, extremeDistanceStream(-1), [period + 1]);
    return (inputs) => {
      memory.registers[0] = (100 * (highest.push(inputs[0]) + period)) / period;
      memory.registers[1] = (100 * (lowest.push(inputs[1]) + period)) / period;
    };
  };
}

/** `extremeDistance` bar by bar. */
function extremeDistanceStream(sign: 1 | -1): StreamForm {
  return (memory, [period]) => {
    const queue = new ExtremeQueue(memory, period, "keep");
    const bars = memory.register(1);
    const seen = memory.register(1);
    return (inputs) => {
      const { registers } = memory;
      const value = sign * inputs[0];
      const bar = ++registers[bars];
      if (!isNa(value)) {
        const rank = ++registers[seen];
        queue.expire(rank - period);
        queue.push(value, bar, rank);
      }
      registers[0] = registers[seen] >= period ? queue.bar - bar : Number.NaN;
    };
  };
}
