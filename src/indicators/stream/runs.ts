import { isNa, type StreamForm } from "../../vector/rolling/index.ts";
import { TOLERANCE } from "../conventions.ts";
import { finite } from "../finite.ts";

/** Rising bar by bar. */
export function risingStream(): StreamForm {
  return runStream(1);
}

/** Falling bar by bar. */
export function fallingStream(): StreamForm {
  return runStream(-1);
}

/** `runs` bar by bar. */
function runStream(sign: 1 | -1): StreamForm {
  return (memory, [period]) => {
    const last = memory.register(1, Number.NaN);
    const run = memory.register(1);
    /** Bars since the first value, -1 before it. */
    const since = memory.register(1, -1);
    return (inputs) => {
      const { registers } = memory;
      const x = inputs[0];
      const change = finite(x - registers[last]);
      registers[last] = x;
      if (registers[since] >= 0 || !isNa(x)) registers[since]++;
      registers[run] = sign * change > TOLERANCE ? registers[run] + 1 : 0;
      const unknown = isNa(x) || registers[since] < period;
      registers[0] = unknown ? Number.NaN : Number(registers[run] >= period);
    };
  };
}
