import { isNa, type StreamForm } from "../../vector/rolling/index.ts";
import { ExtremeQueue } from "./extreme-queue.ts";

/** Pivot highs bar by bar. */
export function pivothighStream(): StreamForm {
  return pivotStream(1);
}

/** Pivot lows bar by bar. */
export function pivotlowStream(): StreamForm {
  return pivotStream(-1);
}

/** `pivots` bar by bar. */
function pivotStream(sign: 1 | -1): StreamForm {
  return (memory, [left, right]) => {
    const queue = new ExtremeQueue(memory, left + right + 1, "drop");
    /** Bars since the first value, that one included. */
    const bars = memory.register(1);
    return (inputs) => {
      const { registers } = memory;
      const value = sign * inputs[0];
      const missing = isNa(value);
      registers[0] = Number.NaN;
      if (missing && registers[bars] === 0) return;
      const bar = ++registers[bars];
      queue.expire(bar - left - right - 1);
      if (missing) return;
      queue.push(value, bar, bar);
      if (bar > left + right && queue.bar === bar - right) registers[0] = sign * queue.value;
    };
  };
}
